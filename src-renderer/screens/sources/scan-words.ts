import type { RouteOutput } from '../../../src-preload/contract/index.ts';
import { plural } from '../../ui/numbers.ts';

type Scanned = RouteOutput<'scan.run'>['tools'];

/** How a scan ended, in one sentence: what came in, and what was refused. */
export function scanSentence(tools: Scanned): string {
  const accepted = tools.reduce((sum, tool) => sum + tool.accepted, 0);
  const refused = tools.reduce((sum, tool) => sum + tool.refused, 0);
  const rest = refused > 0 ? ` ${plural(refused, 'line')} refused, kept with reasons.` : '';
  if (accepted === 0) return `Nothing new in the logs.${rest}`;
  const from = tools.filter((tool) => tool.accepted > 0).length;
  return `${plural(accepted, 'new record')} from ${plural(from, 'tool')}.${rest}`;
}
