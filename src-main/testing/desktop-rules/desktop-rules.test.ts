import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { desktopRules, findProblems } from './index.ts';
import { host, readSubject, type Subject, type Texts } from './subject.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
/** Whatever lies in `out/` now may be older than the sources; the check after a build looks at it. */
const good: Subject = { ...readSubject(root), built: new Map() };

it('finds nothing in the sources and the configuration', () => {
  expect(findProblems(good)).toEqual([]);
});

const withText = (texts: Texts, path: string, text: string): Texts => new Map([...texts, [path, text]]);
const source = (path: string, text: string): Subject => ({
  ...good,
  sources: withText(good.sources, path, text),
});
const built = (path: string, text: string): Subject => ({ ...good, built: new Map([[path, text]]) });
const added = (text: string) => source('src-renderer/screens/x.tsx', text);

/** A file of the checkout with one thing in it changed; the change must be possible. */
function edited(kind: 'sources' | 'config', path: string, from: string | RegExp, to: string): Subject {
  const text = good[kind].get(path) ?? '';
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${path} has no ${from}`);
  return { ...good, [kind]: withText(good[kind], path, changed) };
}
const inHost = (file: string, from: string | RegExp, to: string) =>
  edited('sources', `${host}/${file}`, from, to);
const inBuilder = (from: string | RegExp, to: string) => edited('config', 'electron-builder.yml', from, to);

const bad: readonly (readonly [string, string, Subject])[] = [
  ['S1', 'a page outside the sandbox', inHost('window.ts', 'sandbox: true', 'sandbox: false')],
  ['S1', 'Node in the page', inHost('window.ts', 'nodeIntegration: false', 'nodeIntegration: true')],
  ['S1', 'a webview', added('const a = { webviewTag: true };')],
  ['S2', 'no sandbox at the start', inHost('index.ts', 'app.enableSandbox();', '')],
  ['S3', 'a second window', added('new BrowserWindow({});')],
  ['S4', 'a second answerer', source(`${host}/x.ts`, "ipcMain.on('a', f);")],
  ['S5', 'another channel', source(`${host}/x.ts`, "send('llmlab:more');")],
  ['S5', 'no sender check', inHost('ipc.ts', /isTrustedSender\(/g, 'anybody(')],
  ['S6', 'a preload that needs Node', built('out/preload/index.cjs', 'require("fs"); exposeInMainWorld(1)')],
  [
    'S6',
    'a preload that hands out Electron',
    built('out/preload/index.cjs', 'exposeInMainWorld("x", ipcRenderer)'),
  ],
  [
    'S6',
    'a preload that hands out events',
    built('out/preload/index.cjs', 'ipcRenderer.on(channel, listener)'),
  ],
  ['S7', 'permissions nobody answers', inHost('security.ts', 'setPermissionCheckHandler', 'other')],
  ['S7', 'a session left open', inHost('desktop.ts', 'hardenSession(session.defaultSession)', '')],
  ['S8', 'navigation nobody stops', inHost('security.ts', "'will-redirect'", "'other'")],
  ['S9', 'an address handed out elsewhere', source(`${host}/x.ts`, 'shell.openExternal(url);')],
  ['S10', 'a page from a file', source(`${host}/x.ts`, "window.loadFile('a.html');")],
  ['S11', 'a wider policy', inHost('protocol.ts', `script-src 'self'`, `script-src 'self' 'unsafe-inline'`)],
  ['S12', 'a script in the page', built('out/renderer/index.html', '<script>1</script>')],
  ['S12', 'a handler in the page', built('out/renderer/index.html', '<body onload="f()">')],
  ['S13', 'text that is evaluated', built('out/renderer/assets/a.js', 'new Function("return 1")')],
  ['S14', 'HTML written as text', added('<p dangerouslySetInnerHTML={x} />')],
  ['S15', 'a style from elsewhere', built('out/renderer/a.css', '@import "https://fonts.example/a.css";')],
  ['S15', 'a call to elsewhere', built('out/renderer/a.js', 'fetch("https://example.com/x")')],
  ['S16', 'a fuse that is not blown', inBuilder('runAsNode: false', 'runAsNode: true')],
  ['S16', 'a fuse left out', inBuilder('  onlyLoadAppFromAsar: true\n', '')],
  ['S17', 'a range of versions', edited('config', 'package.json', /"electron": "/, '"electron": "^')],
  ['S17', 'an old Electron', edited('config', 'package.json', /"electron": "\d+/, '"electron": "42')],
  ['S18', 'certificates that do not matter', source(`${host}/x.ts`, "app.on('certificate-error', f);")],
  [
    'S19',
    'no sandbox by a switch',
    edited('config', 'scripts/start.mjs', '[root,', "['--no-sandbox', root,"),
  ],
  ['S20', 'a source map', built('out/main/electron.js.map', '{}')],
  ['S20', 'another folder', inBuilder('  - out/**\n', '  - out/**\n  - e2e/**\n')],
  ['S21', 'code by a name that is computed', source('src-main/jobs/x.ts', 'await import(name);')],
  ['S22', 'Node in the page', built('out/renderer/assets/a.js', 'import"node:fs"')],
  [
    'S23',
    'a scheme around the policy',
    inHost('protocol.ts', 'secure: true', 'secure: true, bypassCSP: true'),
  ],
  ['S24', 'a message to anybody', added("parent.postMessage(secret, '*');")],
];

describe('the rules catch', () => {
  it.each(bad)('%s: %s', (id, _what, subject) => {
    expect(findProblems(subject).map((finding) => finding.id)).toContain(id);
  });

  it('something each, with nothing left out from S1 to S24', () => {
    const ids = Array.from({ length: 24 }, (_, at) => `S${at + 1}`);
    expect(desktopRules.map(({ id }) => id)).toEqual(ids);
    expect(new Set(bad.map(([id]) => id))).toEqual(new Set(ids));
  });
});
