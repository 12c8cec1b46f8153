import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Texts by their path from the repository's root, with `/`. */
export type Texts = ReadonlyMap<string, string>;

/** What the rules look at: what is written, what is built and what is packed. */
export interface Subject {
  /** Product sources, without tests. */
  readonly sources: Texts;
  /** Everything in `out/`. Empty before the first build. */
  readonly built: Texts;
  /** Manifest, lock file and packager configuration. */
  readonly config: Texts;
}

export interface Rule {
  readonly id: string;
  readonly title: string;
  /** One sentence per violation. */
  readonly check: (subject: Subject) => readonly string[];
}

/** Reads a checkout. Sources and scripts lose their comments: a rule is about what runs. */
export function readSubject(root: string): Subject {
  const read = (paths: readonly string[]) =>
    paths.map((path): [string, string] => {
      const text = readFileSync(join(root, path), 'utf8');
      return [path.replaceAll('\\', '/'), /\.(ts|tsx|js|cjs|mjs)$/.test(path) ? withoutComments(text) : text];
    });
  const find = (pattern: string) => globSync(pattern, { cwd: root });
  const sources = find('src-{main,preload,renderer}/**/*.{ts,tsx,html,css}').filter(
    (path) => !/\.test\.tsx?$|[\\/]testing[\\/]|[\\/]test-[\w-]+\.ts$/.test(path),
  );
  const config = ['package.json', 'package-lock.json', 'electron-builder.yml', ...find('scripts/*.mjs')];
  const built = find('out/**/*.{js,cjs,mjs,css,html,map}');
  return { sources: new Map(read(sources)), built: new Map(read(built)), config: new Map(read(config)) };
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[\s;{}(,])\/\/[^\n]*/g, '$1');
}

/** The texts whose path matches. */
export function where(texts: Texts, path: RegExp): readonly (readonly [string, string])[] {
  return [...texts].filter(([name]) => path.test(name));
}

/** A violation for each text that matches the pattern. */
export function forbid(texts: readonly (readonly [string, string])[], pattern: RegExp): readonly string[] {
  return texts.flatMap(([path, text]) => {
    const found = pattern.exec(text)?.[0];
    return found === undefined ? [] : [`${path} has ${found.trim().slice(0, 80)}`];
  });
}

/** A violation for each pattern the text lacks; one for the text when it is not there. */
export function demand(texts: Texts, path: string, patterns: readonly RegExp[]): readonly string[] {
  const text = texts.get(path);
  if (text === undefined) return [`${path} is missing`];
  return patterns
    .filter((pattern) => !pattern.test(text))
    .map((pattern) => `${path} lacks ${pattern.source}`);
}

/** How often a pattern (with the flag g) occurs over all the texts. */
export function countIn(texts: readonly (readonly [string, string])[], pattern: RegExp): number {
  return texts.reduce((sum, [, text]) => sum + [...text.matchAll(pattern)].length, 0);
}

export const host = 'src-main/hosts/electron';
export const bundle = /^out\/main\/(electron|[\w-]+-[\w-]{8})\.js$/;
export const electronBundle = 'out/main/electron.js';
export const ourCode = /^src-(main|preload|renderer)\//;
export const page = /^out\/renderer\//;
