import type { Network } from '../ports.ts';

/** Reaches servers over the machine's own network. */
export const nodeNetwork: Network = {
  open: () => globalThis.fetch,
};
