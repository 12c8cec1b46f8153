import { demand, electronBundle, forbid, host, ourCode, page, type Rule, where } from './subject.ts';

/** The policy of DESIGN's loopback and desktop pages, word for word. */
export const pinnedPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
] as const;

/** The directives of a policy as they stand in a list of string literals, in order. */
function policyIn(text: string): readonly string[] {
  return [...text.matchAll(/"((?:[a-z]+-src|base-uri|form-action|frame-ancestors) [^"]*)"/g)].flatMap(
    ([, directive]) => directive ?? [],
  );
}

/** What the page is made of. */
export const pageRules: readonly Rule[] = [
  {
    id: 'S11',
    title: 'the content security policy is the pinned one',
    check: ({ sources, built }) => {
      const texts = [
        ...where(sources, /hosts\/(electron\/protocol|web\/reply)\.ts$/),
        ...where(built, /main\/electron\.js$/),
      ];
      const other = texts.filter(([, text]) => policyIn(text).join() !== pinnedPolicy.join());
      return [
        ...other.map(([path]) => `${path} has another policy`),
        ...demand(sources, `${host}/protocol.ts`, [/'content-security-policy': contentSecurityPolicy/]),
        ...forbid([...where(sources, /\.html$/), ...where(built, /\.html$/)], /http-equiv/i),
      ];
    },
  },
  {
    id: 'S12',
    title: 'the page has no script, style or handler in it',
    check: ({ built }) =>
      forbid(
        where(built, /^out\/renderer\/.*\.html$/),
        /<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=|\son[a-z]+=|javascript:/i,
      ),
  },
  {
    id: 'S13',
    title: 'the page evaluates no text',
    check: ({ sources, built }) =>
      forbid(
        [...where(sources, /^src-renderer\//), ...where(built, page)],
        /\beval\s*\(|\bnew\s+Function\s*\(|unsafe-eval/,
      ),
  },
  {
    id: 'S14',
    title: 'the page is never written as HTML text',
    check: ({ sources }) =>
      forbid(
        where(sources, /^src-renderer\//),
        /dangerouslySetInnerHTML|\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write|srcdoc|createContextualFragment/i,
      ),
  },
  {
    id: 'S15',
    title: 'the page names nothing on a network to load',
    check: ({ built }) => [
      ...forbid(
        where(built, /^out\/renderer\/.*\.(html|css)$/),
        /(?:src|href)=["']?(?:https?:)?\/\/|url\(["']?(?:https?:)?\/\/|@import/i,
      ),
      ...forbid(
        where(built, page),
        /\b(?:fetch|import|importScripts|WebSocket|EventSource)\(\s*["'`](?:https?|wss?):/,
      ),
      ...forbid(
        where(built, /^out\/renderer\/.*\.js$/),
        /http:\/\/(?!www\.w3\.org\/|json-schema\.org\/|127\.0\.0\.1|localhost)[\w.-]+/,
      ),
    ],
  },
  {
    id: 'S22',
    title: 'the page has no part of Node',
    check: ({ sources, built }) =>
      forbid(
        [...where(sources, /^src-renderer\//), ...where(built, page)],
        /["'`]node:[a-z_/]+["'`]|\brequire\(["'](?:fs|path|child_process|electron)["']\)/,
      ),
  },
  {
    id: 'S24',
    title: 'no message goes to any origin',
    check: ({ sources, built }) =>
      forbid(
        [
          ...where(sources, ourCode),
          ...where(built, /^out\/(renderer|preload)\//),
          ...where(built, new RegExp(electronBundle)),
        ],
        /postMessage\([^;]{0,200}["'`]\*["'`]/,
      ),
  },
];
