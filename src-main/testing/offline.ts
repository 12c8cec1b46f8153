import { AppError } from '../platform/error.ts';
import type { Ports } from '../platform/ports.ts';
import { testTimers } from './follow.ts';

/** Ports of a machine with no network, no keyring and timers the test moves. */
export function offline(): Pick<Ports, 'network' | 'timers' | 'keySlots'> {
  return {
    network: {
      open: () => async () => {
        throw new AppError('NETWORK', 'This test has no network.');
      },
    },
    timers: testTimers(),
    keySlots: [],
  };
}
