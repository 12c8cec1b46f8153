import type { ConnectionCheck } from '../../../src-preload/contract/connections.ts';
import { capabilityLabel, list } from './capability-words.ts';

/** Uses of a key that were answered alike. */
export interface CheckGroup {
  readonly state: ConnectionCheck['state'];
  /** `Calls, models and balance` */
  readonly label: string;
  readonly message: string;
}

/** What a test found, each answer once: a key that is refused is refused for everything, in the same words. */
export function checkGroups(checks: readonly ConnectionCheck[]): readonly CheckGroup[] {
  const groups = Map.groupBy(checks, ({ state, message }) => `${state} ${message}`);
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = group;
    if (!first) return [];
    const labels = others.map(({ capability }) => capabilityLabel(capability).toLowerCase());
    return [
      {
        ...{ state: first.state, message: first.message },
        label: list([capabilityLabel(first.capability), ...labels]),
      },
    ];
  });
}

/** `It works`, `1 of 3 failed`, `Nothing works` */
export function checkSummary(checks: readonly ConnectionCheck[]): string {
  const failed = checks.filter((check) => check.state === 'failed').length;
  if (checks.length === 0) return 'The vendor answered';
  if (failed === 0)
    return checks.some((check) => check.state === 'ok') ? 'It works' : 'Nothing was found out';
  return failed === checks.length ? 'Nothing works' : `${failed} of ${checks.length} failed`;
}
