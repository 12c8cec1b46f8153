const longest = 2000;

/**
 * The page a link such as `llmlab://activity?from=2026-07-01` asks for, as a hash route; null for anything else.
 * Anybody can make such a link: all it ever does is show a page, and its query is written anew.
 */
export function routeOfLink(link: string): string | null {
  const match = link.length > longest ? null : /^llmlab:\/\/([a-z-]{0,30})\/?(?:\?([^#]*))?$/i.exec(link);
  if (!match) return null;
  const [, page = '', query = ''] = match;
  const kept = new URLSearchParams(query).toString();
  return `/${page.toLowerCase()}${kept && `?${kept}`}`;
}
