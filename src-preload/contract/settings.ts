import { z } from 'zod';
import { route } from './route.ts';

/** An ISO 4217 code and how many USD one unit is worth, as a decimal string, valid from a date on. */
export const fxRate = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/),
  usdPerUnit: z.string().regex(/^\d{1,9}(\.\d{1,12})?$/),
  from: z.iso.date(),
});

export const settings = z.strictObject({
  /** Display currency; figures are kept in USD and shown with the rate below. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  fxRates: z.array(fxRate),
  /** IANA zone, or `system`. */
  zone: z.string(),
  weekStart: z.enum(['monday', 'sunday']),
  theme: z.enum(['system', 'light', 'dark']),
  /** Closing the window keeps the tray icon (desktop). */
  closeToTray: z.boolean(),
  openAtLogin: z.boolean(),
  backups: z.strictObject({ enabled: z.boolean() }),
  /** Reads the logs on this machine as they are written, while LLMLab runs. */
  followLogs: z.boolean(),
  /** Extra folders to look in, per log tool. */
  logFolders: z.record(z.string(), z.array(z.string())),
  /** Common names for models: per name the id each provider knows it by. */
  modelAliases: z.record(
    z.string().trim().min(1).max(100),
    z.record(z.string().min(1).max(60), z.string().trim().min(1).max(200)),
  ),
  /** Keeps requests to vendors and their replies to look at: without texts, or with them. Never with keys. */
  debugLog: z.enum(['off', 'redacted', 'with-text']),
});
export type Settings = z.infer<typeof settings>;

export const settingsRoutes = {
  'settings.get': route({
    input: z.strictObject({}),
    output: z.object({ settings, systemZone: z.string(), zones: z.array(z.string()) }),
    effect: 'read',
  }),
  /** Changes the named settings and keeps the others. A zone or rate change recounts the ledger. */
  'settings.save': route({
    input: settings.partial(),
    output: z.object({ settings }),
    effect: 'write',
  }),
};
