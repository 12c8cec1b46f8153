import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A made-up key that looks unlike a real one, with characters every encoding changes. */
export const canary = (n: number): string =>
  ['canary', String(n).padStart(2, '0'), `a"b\\c+d/e=${'zyxwvuts'.slice(n % 5)}${n * 7919}`, 'end'].join('~');

const base64Forms = (text: string): string[] =>
  // Inside a longer text the same bytes are written in three ways, by where they begin.
  [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    // The letters at both ends belong to what stands beside it, too.
    const inner = (form: string): string => form.replace(/=+$/, '').slice(before === 0 ? 0 : 4, -4);
    return [inner(bytes.toString('base64')), inner(bytes.toString('base64url'))];
  });

/** Every way a key may have been written somewhere: T2.3's list. */
export function spellingsOf(key: string): ReadonlyMap<string, string> {
  const middle = key.length >> 1;
  const [first, second] = [key.slice(0, middle), key.slice(middle)];
  const forms: [string, string][] = [
    ['raw', key],
    ['hex', Buffer.from(key).toString('hex')],
    ['hex in capitals', Buffer.from(key).toString('hex').toUpperCase()],
    ['URL-encoded', encodeURIComponent(key)],
    ['form-encoded', new URLSearchParams({ k: key }).toString().slice(2)],
    ['JSON-escaped', JSON.stringify(key).slice(1, -1)],
    ['JSON-escaped twice', JSON.stringify(JSON.stringify(key)).slice(3, -3)],
    ['reversed', [...key].reverse().join('')],
    ['UTF-16', Buffer.from(key, 'utf16le').toString('latin1')],
    ['UTF-16 big-endian', Buffer.from(key, 'utf16le').swap16().toString('latin1')],
    ['first half', first],
    ['second half', second],
    ...base64Forms(key).map((form, i): [string, string] => [`base64 ${i}`, form]),
  ];
  return new Map(forms);
}

/** Where a key was found, and how it was written there. */
export interface Leak {
  readonly place: string;
  readonly spelling: string;
  readonly key: number;
}

export function leaksIn(
  places: Iterable<readonly [place: string, text: string]>,
  keys: readonly string[],
): Leak[] {
  const spellings = keys.map(spellingsOf);
  const leaks: Leak[] = [];
  for (const [place, text] of places)
    for (const [key, forms] of spellings.entries())
      for (const [spelling, form] of forms) if (text.includes(form)) leaks.push({ place, spelling, key });
  return leaks;
}

/** Every file below a folder, byte for byte. */
export function* filesBelow(dir: string): Generator<readonly [string, string]> {
  for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true }))
    if (entry.isFile()) {
      const path = join(entry.parentPath, entry.name);
      yield [path, readFileSync(path).toString('latin1')];
    }
}
