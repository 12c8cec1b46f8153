import { type Rule, type Subject, where } from './subject.ts';

/** The newest major of Electron when this was last looked at (November 2026); three majors are supported. */
const newestElectron = 45;

const pinnedFuses: Readonly<Record<string, boolean>> = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
  resetAdHocDarwinSignature: true,
};

const packed = ['out/**', "'!out/.stamp'", 'resources/**', 'package.json', "'!**/*.{md,map,ts}'"];

/** What is shipped. */
export const packageRules: readonly Rule[] = [
  {
    id: 'S16',
    title: 'the fuses are the pinned ones',
    check: ({ config }) => {
      const fuses = block(config.get('electron-builder.yml') ?? '', 'electronFuses');
      const set = Object.fromEntries(fuses.map((line) => line.split(': ')));
      const names = new Set([...Object.keys(set), ...Object.keys(pinnedFuses)]);
      return [...names]
        .filter((name) => set[name] !== String(pinnedFuses[name]))
        .map((name) => `fuse ${name} is ${set[name] ?? 'not set'}, not ${pinnedFuses[name]}`);
    },
  },
  {
    id: 'S17',
    title: 'Electron is an exact version of a supported major, and the lock file agrees',
    check: (subject) => {
      const { wanted, locked } = electronVersions(subject);
      const major = Number(/^\d+/.exec(wanted)?.[0]);
      return [
        ...(/^\d+\.\d+\.\d+$/.test(wanted) ? [] : [`electron is ${wanted}, not an exact version`]),
        ...(wanted === locked
          ? []
          : [`electron is ${wanted} in the manifest and ${locked} in the lock file`]),
        ...(major > newestElectron - 3 ? [] : [`electron ${wanted} is no longer supported`]),
      ];
    },
  },
  {
    id: 'S20',
    title: 'only the product is packed: no source maps, tests or secrets',
    check: ({ config, built }) => {
      const files = block(config.get('electron-builder.yml') ?? '', 'files').map((line) =>
        line.replace(/^- /, ''),
      );
      const included = files.filter((file) => !file.startsWith("'!"));
      return [
        ...packed.filter((file) => !files.includes(file)).map((file) => `files lacks ${file}`),
        ...included.filter((file) => !packed.includes(file)).map((file) => `files has ${file}`),
        ...where(built, /\.map$|test|fixture|\.env|\.pem$|\.key$/i).map(
          ([path]) => `${path} would be packed`,
        ),
        ...where(built, /\.c?js$/)
          .filter(([, text]) => /sourceMappingURL=|__TEST|sk-ant-api\d\d-|AKIA[A-Z0-9]{16}/.test(text))
          .map(([path]) => `${path} has a source map, a test hook or a key in it`),
      ];
    },
  },
];

function electronVersions({ config }: Subject): { wanted: string; locked: string } {
  const manifest = JSON.parse(config.get('package.json') ?? '{}') as {
    devDependencies?: Record<string, string>;
  };
  const lock = JSON.parse(config.get('package-lock.json') ?? '{}') as {
    packages?: Record<string, { version?: string }>;
  };
  return {
    wanted: manifest.devDependencies?.electron ?? 'nothing',
    locked: lock.packages?.['node_modules/electron']?.version ?? 'nothing',
  };
}

/** The indented lines below a top-level key of the packager's YAML, trimmed. */
function block(yaml: string, key: string): readonly string[] {
  const lines = yaml.split('\n');
  const start = lines.indexOf(`${key}:`);
  if (start < 0) return [];
  const end = lines.findIndex((line, at) => at > start && /^\S/.test(line));
  return lines
    .slice(start + 1, end < 0 ? undefined : end)
    .map((line) => line.trim())
    .filter(Boolean);
}
