const longest = 2048;

/** The address to hand to the system's browser, or null: https only, no login in it, nothing that cannot be seen. */
export function externalUrl(text: string): string | null {
  if (text.length > longest || /[\s\p{Cc}\p{Cf}\\]/u.test(text) || !/^https:\/\/[^/]/i.test(text))
    return null;
  const url = URL.parse(text);
  return url?.protocol === 'https:' && !url.username && !url.password ? url.href : null;
}
