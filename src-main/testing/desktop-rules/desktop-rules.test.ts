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

const preload = (text: string) => built('out/preload/index.cjs', text);
const script = (text: string) => built('out/renderer/assets/a.js', text);
const html = (text: string) => built('out/renderer/index.html', text);
const bundled = (text: string) => built('out/main/electron.js', text);

const bad: readonly (readonly [string, string, Subject])[] = [
  ['S1', 'a page outside the sandbox', inHost('window.ts', 'sandbox: true', 'sandbox: false')],
  ['S1', 'Node in the page', inHost('window.ts', 'nodeIntegration: false', 'nodeIntegration: true')],
  ['S1', 'a webview', added('const a = { webviewTag: true };')],
  [
    'S1',
    'one world for page and preload',
    inHost('window.ts', 'contextIsolation: true', 'contextIsolation: false'),
  ],
  ['S1', 'pages that read each other', inHost('window.ts', 'webSecurity: true', 'webSecurity: false')],
  ['S1', 'Node in workers', inHost('window.ts', 'nodeIntegrationInWorker: false', '')],
  ['S1', 'a build that lost its preferences', bundled('new BrowserWindow({})')],
  ['S2', 'no sandbox at the start', inHost('index.ts', 'app.enableSandbox();', '')],
  ['S2', 'a sandbox that comes too late', bundled('app.whenReady(); app.enableSandbox();')],
  ['S3', 'a second window', added('new BrowserWindow({});')],
  ['S3', 'a view beside the window', source(`${host}/x.ts`, 'new WebContentsView();')],
  ['S4', 'a second answerer', source(`${host}/x.ts`, "ipcMain.on('a', f);")],
  ['S4', 'an answerer of one frame', source(`${host}/x.ts`, "contents.ipc.handle('a', f);")],
  ['S5', 'another channel', source(`${host}/x.ts`, "send('llmlab:more');")],
  ['S5', 'no sender check', inHost('ipc.ts', /isTrustedSender\(/g, 'anybody(')],
  ['S5', 'input that nothing checks', inHost('ipc.ts', /\.safeParse\(/g, '.take(')],
  [
    'S5',
    'a third channel in the table',
    edited('sources', 'src-preload/contract/channels.ts', /$/, "'llmlab:x'"),
  ],
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
  ['S6', 'a preload that exposes two things', preload('exposeInMainWorld("a"); exposeInMainWorld("b")')],
  ['S6', 'a preload in the wrong format', built('out/preload/index.mjs', 'exposeInMainWorld("a")')],
  ['S7', 'permissions nobody answers', inHost('security.ts', 'setPermissionCheckHandler', 'other')],
  ['S7', 'a session left open', inHost('desktop.ts', 'hardenSession(session.defaultSession)', '')],
  ['S7', 'devices nobody answers for', inHost('security.ts', 'setDevicePermissionHandler', 'other')],
  ['S7', 'requests nobody looks at', inHost('security.ts', 'onBeforeRequest', 'other')],
  ['S7', 'a build without the handlers', bundled('session.defaultSession')],
  ['S8', 'navigation nobody stops', inHost('security.ts', "'will-redirect'", "'other'")],
  [
    'S8',
    'navigation that is watched only',
    inHost(
      'security.ts',
      "'will-navigate', (event) => event.preventDefault()",
      "'will-navigate', (event) => note(event)",
    ),
  ],
  ['S8', 'frames that go elsewhere', inHost('security.ts', "'will-frame-navigate'", "'other'")],
  ['S8', 'webviews that are attached', inHost('security.ts', "'will-attach-webview'", "'other'")],
  ['S8', 'windows that open by themselves', inHost('security.ts', 'setWindowOpenHandler', 'other')],
  ['S8', 'contents nobody hardens', inHost('index.ts', 'hardenContents(app);', '')],
  ['S9', 'an address handed out elsewhere', source(`${host}/x.ts`, 'shell.openExternal(url);')],
  ['S9', 'a file handed out elsewhere', source('src-main/jobs/x.ts', 'shell.openPath(path);')],
  ['S10', 'a page from a file', source(`${host}/x.ts`, "window.loadFile('a.html');")],
  ['S10', 'a picture from a file', html('<img src="file:///a.png">')],
  ['S11', 'a wider policy', inHost('protocol.ts', `script-src 'self'`, `script-src 'self' 'unsafe-inline'`)],
  [
    'S11',
    'a directive less in the browser',
    edited('sources', 'src-main/hosts/web/reply.ts', `  "base-uri 'none'",\n`, ''),
  ],
  [
    'S11',
    'answers without the policy',
    inHost('protocol.ts', "'content-security-policy': contentSecurityPolicy,", ''),
  ],
  [
    'S11',
    'a policy in the page',
    html('<meta http-equiv="Content-Security-Policy" content="default-src *">'),
  ],
  ['S12', 'a script in the page', built('out/renderer/index.html', '<script>1</script>')],
  ['S12', 'a handler in the page', built('out/renderer/index.html', '<body onload="f()">')],
  ['S12', 'a style in the page', html('<p style="color:red">')],
  ['S12', 'a script as an address', html('<a href="javascript:f()">')],
  ['S13', 'text that is evaluated', built('out/renderer/assets/a.js', 'new Function("return 1")')],
  ['S13', 'text that is evaluated in a source', added('eval(text);')],
  ['S14', 'HTML written as text', added('<p dangerouslySetInnerHTML={x} />')],
  ['S14', 'HTML set on an element', added('element.innerHTML = text;')],
  ['S14', 'HTML put beside an element', added("element.insertAdjacentHTML('beforeend', text);")],
  ['S14', 'a document written', added('document.write(text);')],
  ['S14', 'a frame of text', added('<iframe srcDoc={text} />')],
  ['S15', 'a style from elsewhere', built('out/renderer/a.css', '@import "https://fonts.example/a.css";')],
  ['S15', 'a call to elsewhere', built('out/renderer/a.js', 'fetch("https://example.com/x")')],
  ['S15', 'a script from elsewhere', html('<script src="//cdn.example/a.js"></script>')],
  ['S15', 'a font from elsewhere', built('out/renderer/a.css', 'src: url(https://fonts.example/a.woff2)')],
  ['S15', 'an address without encryption', script('const a = "http://example.com/x"')],
  ['S16', 'a fuse that is not blown', inBuilder('runAsNode: false', 'runAsNode: true')],
  ['S16', 'a fuse left out', inBuilder('  onlyLoadAppFromAsar: true\n', '')],
  [
    'S16',
    'a fuse nobody decided on',
    inBuilder('electronFuses:\n', 'electronFuses:\n  wasmTrapHandlers: false\n'),
  ],
  ['S17', 'a range of versions', edited('config', 'package.json', /"electron": "/, '"electron": "^')],
  ['S17', 'an old Electron', edited('config', 'package.json', /"electron": "\d+/, '"electron": "42')],
  [
    'S17',
    'another one in the lock file',
    edited('config', 'package-lock.json', /("node_modules\/electron": \{\s*"version": ")\d+/, '$144'),
  ],
  ['S18', 'certificates that do not matter', source(`${host}/x.ts`, "app.on('certificate-error', f);")],
  ['S18', 'certificates checked by nobody', source(`${host}/x.ts`, 'session.setCertificateVerifyProc(f);')],
  ['S18', 'the remote module', source(`${host}/x.ts`, "import '@electron/remote';")],
  [
    'S19',
    'no sandbox by a switch',
    edited('config', 'scripts/start.mjs', '[root,', "['--no-sandbox', root,"),
  ],
  ['S19', 'warnings switched off', source(`${host}/x.ts`, 'env.ELECTRON_DISABLE_SECURITY_WARNINGS = 1;')],
  ['S19', 'a door for debuggers', bundled("app.commandLine.appendSwitch('--remote-debugging-port')")],
  ['S20', 'a source map', built('out/main/electron.js.map', '{}')],
  ['S20', 'a map named in a bundle', bundled('//# sourceMappingURL=electron.js.map')],
  ['S20', 'a key in a bundle', script('const key = "sk-ant-api03-x"')],
  ['S20', 'a test in the build', built('out/main/x.test.js', '')],
  ['S20', 'notes and maps of packages', inBuilder("  - '!**/*.{md,map,ts}'\n", '')],
  ['S20', 'another folder', inBuilder('  - out/**\n', '  - out/**\n  - e2e/**\n')],
  ['S21', 'code by a name that is computed', source('src-main/jobs/x.ts', 'await import(name);')],
  ['S21', 'a package by a name that is computed', bundled('require(name)')],
  ['S22', 'Node in the page', built('out/renderer/assets/a.js', 'import"node:fs"')],
  ['S22', 'Electron in the page', script('require("electron")')],
  [
    'S23',
    'a scheme around the policy',
    inHost('protocol.ts', 'secure: true', 'secure: true, bypassCSP: true'),
  ],
  [
    'S23',
    'a scheme others may read',
    inHost('protocol.ts', 'secure: true', 'secure: true, corsEnabled: true'),
  ],
  ['S23', 'a scheme without an origin', inHost('protocol.ts', 'standard: true, ', '')],
  ['S23', 'a build with another scheme', bundled('privileges: { standard: true }')],
  ['S24', 'a message to anybody', added("parent.postMessage(secret, '*');")],
  ['S24', 'a message to anybody in a bundle', script('top.postMessage({a:1},"*")')],
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
