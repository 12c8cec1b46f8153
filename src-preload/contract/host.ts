import { z } from 'zod';
import { route } from './route.ts';

/** What a desktop window asks of its own host; everything else it asks of the core. */
export const hostRoutes = {
  /** The window follows requests (`navigate`, `import.requested`) from now on; those that waited are sent. */
  'host.ready': route({ input: z.strictObject({}), output: z.object({}), effect: 'read' }),
  /** Asks where to keep a finished export and moves it there. */
  'host.saveExport': route({
    input: z.strictObject({ exportId: z.string().min(1).max(100) }),
    output: z.object({ saved: z.boolean() }),
    effect: 'write',
  }),
};

export type HostRoutes = typeof hostRoutes;
