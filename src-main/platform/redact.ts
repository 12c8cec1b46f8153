const hidden = '[redacted]';

/** Names of facts whose text is never written, whatever it looks like. */
const secretName =
  /token$|^t$|secret|password|passphrase|authorization|cookie|credential|api[-_]?key|private[-_]?key|session[-_]?id/i;

/** Shapes of keys and tokens as vendors issue them, and the parts of URLs that can carry one. */
const secretShapes: readonly (readonly [RegExp, string])[] = [
  [/\b(?:sk|pk|rk|xai|gsk|key|whsec|glpat|hf|r8|tvly|csk|fw)[-_][A-Za-z0-9_-]{12,}/g, hidden],
  [/\bAIza[A-Za-z0-9_-]{20,}/g, hidden],
  [/\bgh[pousr]_[A-Za-z0-9]{20,}/g, hidden],
  [/\bgithub_pat_[A-Za-z0-9_]{20,}/g, hidden],
  [/\bxox[a-z]-[A-Za-z0-9-]{10,}/g, hidden],
  [/\bA(?:KIA|SIA)[A-Z0-9]{16}\b/g, hidden],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)?/g, hidden],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{8,}/gi, `$1 ${hidden}`],
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/@?#]+@/gi, `$1${hidden}@`],
  [/([a-z][a-z0-9+.-]*:\/\/[^\s?#"']*)[?#][^\s"']*/gi, `$1?${hidden}`],
];

/** Text without anything that looks like a key, a token, or the query, fragment or login of a URL. */
export function redactText(text: string): string {
  return secretShapes.reduce((clean, [shape, replacement]) => clean.replace(shape, replacement), text);
}

/** Facts of a log line as plain, redacted JSON: errors become name, code, message, stack and cause. */
export function redactFacts(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= 6) return '…';
  if (value instanceof Error) return redactFacts(plainError(value), depth);
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => redactFacts(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      typeof item === 'string' && secretName.test(name) ? hidden : redactFacts(item, depth + 1),
    ]),
  );
}

function plainError(error: Error): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? error.code : undefined;
  return { name, code, message, stack, ...(cause === undefined ? {} : { cause }) };
}
