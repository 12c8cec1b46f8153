import type { Importer } from '../platform/importer.ts';
import { mergeRecords } from '../platform/merge.ts';
import { type Content, contentText } from './content.ts';

function allTokens(content: Content): number {
  const { tokens: t } = content;
  return t.input + t.cacheRead + t.cacheWrite5m + t.cacheWrite1h + t.cacheWriteUnknown + t.output;
}

/** Sorts two sayings about one bucket: the one that saw more of it last. Exports overlap and may be imported in any order. */
function sawMore(a: Content, b: Content): Content {
  const difference =
    a.requests - b.requests ||
    allTokens(a) - allTokens(b) ||
    Number(a.amount?.value ?? 0) - Number(b.amount?.value ?? 0);
  if (difference !== 0) return difference > 0 ? a : b;
  return contentText(a) >= contentText(b) ? a : b;
}

/** What two sayings about one record come to, by its format's rule. A bucket still growing keeps its larger slice. */
export function mergeContents(rule: Importer['merge'], earlier: Content, later: Content): Content {
  if (rule === 'last' && later.grain !== 'instant') return sawMore(earlier, later);
  const merged = mergeRecords(rule, earlier, later);
  return { ...merged, evidence: merged.evidence ?? earlier.evidence };
}
