/**
 * How well a command fits what was typed, 0 (not at all) to 1. Every typed word must begin a word of the label or of
 * the keywords; the label counts for more, its beginning most. No guessing at letters: a near miss must not run a command.
 */
export function scoreOf(label: string, keywords: string, query: string): number {
  const typed = wordsOf(query);
  if (typed.length === 0) return 1;
  if (label.toLowerCase().startsWith(query.trim().toLowerCase())) return 1;
  const own = wordsOf(label);
  const others = wordsOf(keywords);
  const begins = (words: readonly string[], part: string) => words.some((word) => word.startsWith(part));
  if (typed.every((part) => begins(own, part))) return 0.8;
  if (label.toLowerCase().includes(query.trim().toLowerCase())) return 0.6;
  return typed.every((part) => begins(own, part) || begins(others, part)) ? 0.4 : 0;
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[\s:/_.,-]+/)
    .filter((word) => word !== '');
}
