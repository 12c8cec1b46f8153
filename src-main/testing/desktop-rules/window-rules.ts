import {
  bundle,
  countIn,
  demand,
  electronBundle,
  forbid,
  host,
  ourCode,
  type Rule,
  where,
} from './subject.ts';

const on = ['sandbox', 'contextIsolation', 'webSecurity'];
const off = ['nodeIntegration', 'nodeIntegrationInWorker', 'nodeIntegrationInSubFrames'];
const never = /\b(experimentalFeatures|enableBlinkFeatures|allowRunningInsecureContent|webviewTag)\b/;

/** How the one window is made, and what its process may do. */
export const windowRules: readonly Rule[] = [
  {
    id: 'S1',
    title: 'the window’s preferences keep its page in the sandbox',
    check: ({ sources, built }) => [
      ...preferences([
        ...where(sources, /hosts\/electron\/window\.ts$/),
        ...where(built, /main\/electron\.js$/),
      ]),
      ...forbid([...where(sources, ourCode), ...where(built, bundle)], never),
    ],
  },
  {
    id: 'S2',
    title: 'the sandbox is on for every page before the app is ready',
    check: ({ sources, built }) =>
      [...where(sources, /hosts\/electron\/index\.ts$/), ...where(built, /main\/electron\.js$/)].flatMap(
        ([path, text]) => {
          const [sandbox, ready] = [
            text.lastIndexOf('app.enableSandbox()'),
            text.lastIndexOf('app.whenReady()'),
          ];
          return sandbox >= 0 && sandbox < ready
            ? []
            : [`${path} does not enable the sandbox before it is ready`];
        },
      ),
  },
  {
    id: 'S3',
    title: 'one place makes windows',
    check: ({ sources }) => {
      const count = countIn(where(sources, ourCode), /new\s+(BrowserWindow|WebContentsView|BrowserView)\b/g);
      return count === 1 ? [] : [`${count} places make a window`];
    },
  },
  {
    id: 'S18',
    title: 'no remote module, no accepted bad certificate',
    check: ({ sources, built }) =>
      forbid(
        [...where(sources, ourCode), ...where(built, bundle)],
        /@electron\/remote|enableRemoteModule|nodeIntegrationInSubFrames:\s*true|certificate-error|setCertificateVerifyProc/,
      ),
  },
  {
    id: 'S19',
    title: 'no switch turns protection off',
    check: ({ sources, built, config }) =>
      forbid(
        // The icon drawer starts a browser on our own picture, as root in a container.
        [...sources, ...where(built, bundle), ...config].filter(([path]) => path !== 'scripts/icons.mjs'),
        /ELECTRON_DISABLE_SECURITY_WARNINGS|--no-sandbox|ignore-certificate-errors|--disable-web-security|--remote-debugging/,
      ),
  },
  {
    id: 'S23',
    title: 'the scheme has an origin and no way around its policy',
    check: ({ sources, built }) => [
      ...demand(sources, `${host}/protocol.ts`, [flags]),
      ...(built.size > 0 ? demand(built, electronBundle, [flags]) : []),
    ],
  },
];

const flags =
  /privileges:\s*\{\s*standard:\s*true,\s*secure:\s*true,\s*supportFetchAPI:\s*true,\s*codeCache:\s*true,?\s*\}/;

function preferences(texts: readonly (readonly [string, string])[]): readonly string[] {
  return texts.flatMap(([path, text]) => {
    const block = /webPreferences:\s*\{([^}]*)\}/.exec(text)?.[1] ?? '';
    const wanted = [...on.map((name) => `${name}: true`), ...off.map((name) => `${name}: false`)];
    return wanted
      .filter((setting) => !new RegExp(`\\b${setting.replace(': ', ':\\s*')}\\b`).test(block))
      .map((setting) => `${path}: webPreferences lacks ${setting}`);
  });
}
