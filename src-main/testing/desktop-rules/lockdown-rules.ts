import {
  bundle,
  demand,
  electronBundle,
  forbid,
  host,
  ourCode,
  page,
  type Rule,
  type Subject,
  where,
} from './subject.ts';

const permissions = [
  /setPermissionRequestHandler\(/,
  /setPermissionCheckHandler\(/,
  /setDevicePermissionHandler\(/,
  /onBeforeRequest\(/,
];
const places = [
  ...['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'].map(
    (name) => new RegExp(`on\\(["']${name}["'],\\s*\\(event\\) => event\\.preventDefault\\(\\)`),
  ),
  /setWindowOpenHandler\(/,
  /["']web-contents-created["']/,
];

/** In the source and, once there is one, in the bundle. */
function demandBoth({ sources, built }: Subject, patterns: readonly RegExp[]): readonly string[] {
  return [
    ...demand(sources, `${host}/security.ts`, patterns),
    ...(built.size > 0 ? demand(built, electronBundle, patterns) : []),
  ];
}

/** Where a page may go and what it may ask for. */
export const lockdownRules: readonly Rule[] = [
  {
    id: 'S7',
    title: 'permissions, devices and requests are answered by us',
    check: (subject) => [
      ...demandBoth(subject, permissions),
      ...demand(subject.sources, `${host}/desktop.ts`, [/hardenSession\(session\.defaultSession\)/]),
    ],
  },
  {
    id: 'S8',
    title: 'no page leaves its place, holds a webview or opens a window',
    check: (subject) => [
      ...demandBoth(subject, places),
      ...demand(subject.sources, `${host}/index.ts`, [/hardenContents\(app\)/]),
    ],
  },
  {
    id: 'S9',
    title: 'one module hands addresses to the system',
    check: ({ sources }) =>
      forbid(
        where(sources, ourCode).filter(([path]) => path !== `${host}/external.ts`),
        /\bopenExternal\s*\(|\bopenPath\s*\(|shell\.showItemInFolder/,
      ),
  },
  {
    id: 'S10',
    title: 'nothing is loaded from file addresses',
    check: ({ sources, built }) =>
      forbid(
        [...where(sources, /hosts\/electron\/|^src-renderer\//), ...where(built, page)],
        /file:\/\/|\bloadFile\s*\(/,
      ),
  },
  {
    id: 'S21',
    title: 'code is only loaded by a name that is written down',
    check: ({ sources, built }) =>
      forbid(
        [...where(sources, /^src-(main|preload)\//), ...where(built, bundle)],
        /\bimport\(\s*(?!['"])[^)]*\)|\brequire\(\s*(?!['"])[^)]*\)/,
      ),
  },
];
