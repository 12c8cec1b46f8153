import { z } from 'zod';
import { errorCode } from './errors.ts';
import { route } from './route.ts';
import { accountKind, count, evidence, id, nanoUsd, utcMs } from './values.ts';

export const capability = z.enum(['calls', 'costs', 'models', 'balance']);
export type Capability = z.infer<typeof capability>;

const credentialField = z.object({
  name: z.string(),
  label: z.string(),
  kind: z.enum(['text', 'url', 'number', 'choice', 'json']),
  /** Goes in, never comes out. */
  secret: z.boolean(),
  required: z.boolean(),
  help: z.string(),
  /** How it usually begins: a hint, never a check. */
  prefix: z.string().nullable(),
  choices: z.array(z.object({ value: z.string(), label: z.string() })),
  /** Empty where everything needs it. */
  neededFor: z.array(capability),
  /** Asked for only where another field says this; null for always. */
  onlyWhen: z.object({ field: z.string(), is: z.string() }).nullable(),
});
export type CredentialField = z.infer<typeof credentialField>;

const provider = z.object({
  id: z.string(),
  label: z.string(),
  /** Id its records and prices stand under in the ledger. */
  vendor: z.string(),
  kind: z.enum(['vendor', 'cloud', 'gateway', 'local']),
  docUrl: z.string(),
  keyUrl: z.string().nullable(),
  accountKind,
  /** Base of the calls; null where only the user knows it. */
  baseUrl: z.string().nullable(),
  hasOwnBase: z.boolean(),
  fields: z.array(credentialField),
  offers: z.array(capability),
  /** What it reports of an account. */
  reports: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      evidence,
      needs: z.array(z.string()),
      everyMinutes: count,
      lookBackDays: count,
      accuracy: z.string(),
    }),
  ),
  missing: z.array(z.object({ capability, why: z.string(), instead: z.string() })),
  connections: count,
});
export type ProviderInfo = z.infer<typeof provider>;

const check = z.object({ capability, state: z.enum(['ok', 'failed', 'unknown']), message: z.string() });
export type ConnectionCheck = z.infer<typeof check>;

const failure = z.object({ code: errorCode, message: z.string() });

/** One report of one connection: how far it has been read, and when again. */
const syncState = z.object({
  report: z.string(),
  label: z.string(),
  evidence: evidence.nullable(),
  /** Null where a credential it needs is missing; `missing` names it. */
  nextAt: utcMs.nullable(),
  missing: z.array(z.string()),
  /** Name of another connection that reads the same account in its place. */
  readBy: z.string().optional(),
  everyMinutes: count,
  isRunning: z.boolean(),
  /** Until when the vendor asked to wait, while it is being read. It then goes on by itself. */
  waitsUntil: utcMs.nullable(),
  /** Days read so far and days to read, while its past is being filled in. */
  backfill: z.object({ done: count, total: count }).nullable(),
  lastSuccessAt: utcMs.nullable(),
  lastAttemptAt: utcMs.nullable(),
  /** Everything up to this moment is in the ledger, as the vendor says or the last reading found. */
  asOf: utcMs.nullable(),
  /** What went wrong last time, with what to do; null when it went well. */
  error: failure.nullable(),
});
export type SyncState = z.infer<typeof syncState>;

const balance = z.object({
  at: utcMs,
  currency: z.string(),
  /** Decimal string in that currency; negative where money is owed. */
  available: z.string(),
  nanoUsd: nanoUsd.nullable(),
  parts: z.array(z.object({ label: z.string(), amount: z.string(), currency: z.string() })),
});
export type Balance = z.infer<typeof balance>;

const breaker = z.object({
  /** `open`: requests fail at once until `until`; `half-open`: the next one is a trial. */
  state: z.enum(['closed', 'open', 'half-open']),
  until: utcMs.nullable(),
});

const connection = z.object({
  id,
  provider: z.string(),
  name: z.string(),
  accountId: id,
  account: z.string(),
  /** The user's own base; null for the provider's. */
  baseUrl: z.string().nullable(),
  /** The user said that its server is on their own machine or network: only then private addresses and plain http. */
  isLocal: z.boolean(),
  fields: z.record(z.string(), z.string()),
  /** Which secrets are kept and how they end. */
  secrets: z.array(
    z.object({
      field: z.string(),
      endsWith: z.string(),
      origin: z.string(),
      savedAt: utcMs,
      isSessionOnly: z.boolean(),
    }),
  ),
  requestsPerMinute: count.nullable(),
  tokensPerMinute: count.nullable(),
  paused: z.boolean(),
  createdAt: utcMs,
  testedAt: utcMs.nullable(),
  checks: z.array(check),
  reports: z.array(syncState),
  balances: z.array(balance),
  models: count,
  breaker,
});
export type Connection = z.infer<typeof connection>;

/** Text fields and secrets by field name; what is left out stays as it is, an empty text removes it. */
const draft = z.strictObject({
  id: id.optional(),
  provider: z.string().min(1).max(60),
  name: z.string().trim().min(1).max(100).optional(),
  accountId: id.optional(),
  baseUrl: z.string().max(2000).nullable().optional(),
  isLocal: z.boolean().optional(),
  fields: z.record(z.string(), z.string().max(4000)).default({}),
  secrets: z.record(z.string(), z.string().max(20_000)).default({}),
  requestsPerMinute: z.int().positive().nullable().optional(),
  tokensPerMinute: z.int().positive().nullable().optional(),
});
export type ConnectionDraft = z.input<typeof draft>;

const latency = z.object({
  requests: count,
  /** By outcome, `ok` left out: error code -> number. */
  errors: z.record(z.string(), count),
  p50Ms: count.nullable(),
  p95Ms: count.nullable(),
});

const health = z.object({
  provider: z.string(),
  label: z.string(),
  sync: latency,
  calls: latency,
  /** The last stretch in which nothing but errors came back; `to` is null while it lasts. */
  lastOutage: z.object({ from: utcMs, to: utcMs.nullable(), code: z.string() }).nullable(),
  /** Per hour, oldest first: requests and how many of them failed. */
  hours: z.array(z.object({ at: utcMs, requests: count, failed: count })),
  breakers: z.array(breaker.extend({ connectionId: id, name: z.string() })),
});
export type Health = z.infer<typeof health>;

export const connectionsRoutes = {
  'providers.list': route({
    input: z.strictObject({}),
    output: z.object({ providers: z.array(provider) }),
    effect: 'read',
  }),
  'connections.list': route({
    input: z.strictObject({}),
    output: z.object({ connections: z.array(connection), isPaused: z.boolean() }),
    effect: 'read',
  }),
  /** Adds or changes a connection. A key is bound to its origin: another base needs the key again. */
  'connections.save': route({ input: draft, output: z.object({ id }), effect: 'write' }),
  /** Forgets a connection and its keys. What it brought into the ledger stays. */
  'connections.remove': route({ input: z.strictObject({ id }), output: z.object({}), effect: 'write' }),
  /** Asks the vendor what the credentials may do, saved or as typed. Nothing is saved but the outcome. */
  'connections.test': route({
    input: z.union([z.strictObject({ id }), z.strictObject({ draft })]),
    output: z.object({ checks: z.array(check), ms: count }),
    effect: 'write',
  }),
  /** Keys found in environment variables: offered, never taken in silence. */
  'connections.offers': route({
    input: z.strictObject({}),
    output: z.object({
      offers: z.array(
        z.object({ provider: z.string(), field: z.string(), variable: z.string(), endsWith: z.string() }),
      ),
    }),
    effect: 'read',
  }),
  /** Saves the value of an offered environment variable as a key of a new connection. */
  'connections.adopt': route({
    input: z.strictObject({ provider: z.string(), variable: z.string() }),
    output: z.object({ id }),
    effect: 'write',
  }),
  'connections.pause': route({
    input: z.strictObject({ id: id.nullable(), paused: z.boolean() }),
    output: z.object({}),
    effect: 'write',
  }),
  /** How often a report is read; null for the usual. */
  'connections.setInterval': route({
    input: z.strictObject({ id, report: z.string(), everyMinutes: z.int().min(5).max(10_080).nullable() }),
    output: z.object({}),
    effect: 'write',
  }),
  /** Reads now what is due or not: all connections, one of them, one report of it. */
  'sync.run': route({
    input: z.strictObject({ connectionId: id.optional(), report: z.string().optional() }),
    output: z.object({
      results: z.array(
        z.object({
          connectionId: id,
          connection: z.string(),
          provider: z.string(),
          report: z.string(),
          state: z.enum(['ok', 'failed', 'skipped']),
          accepted: count,
          updated: count,
          duplicate: count,
          refused: count,
          withdrawn: count,
          error: failure.nullable(),
          ms: count,
        }),
      ),
    }),
    effect: 'write',
  }),
  /** Money at a vendor over time, with what its falls and rises say. */
  'balances.series': route({
    input: z.strictObject({ connectionId: id }),
    output: z.object({
      series: z.array(balance),
      /** A fall is spend, a rise a top-up; between two readings, in the balance's currency. */
      changes: z.array(
        z.object({
          from: utcMs,
          to: utcMs,
          currency: z.string(),
          amount: z.string(),
          kind: z.enum(['spend', 'top-up']),
        }),
      ),
    }),
    effect: 'read',
  }),
  'health.list': route({
    input: z.strictObject({ days: z.int().min(1).max(90).default(7) }),
    output: z.object({ providers: z.array(health) }),
    effect: 'read',
  }),
};
