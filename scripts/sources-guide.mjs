import { writeFileSync } from 'node:fs';
import { logImporters, refusedExports, tableImporters } from '../src-main/importers/index.ts';
import { unusableTools } from '../src-main/importers/unusable.ts';
import { inRoot, isMain } from './root.mjs';

export const guideFile = inRoot('docs', 'guides', 'sources.md');

const systems = [
  { name: 'Linux', platform: 'linux', home: '/home/me' },
  { name: 'macOS', platform: 'darwin', home: '/Users/me' },
  { name: 'Windows', platform: 'win32', home: 'C:\\Users\\me' },
];

/** The guide to every source, drawn from the rows of the importers. */
export function sourcesGuide() {
  const tools = byLabel(logImporters.filter((importer) => pathsOf(importer)[0].paths.length > 0));
  const exports = byLabel([...tableImporters, ...logImporters].filter((one) => !tools.includes(one)));
  const text = [
    '<!-- Drawn from the importers by `npm run docs`: change their rows, not this file. -->',
    '# Sources',
    `LLMLab reads the records of ${tools.length} tools on this machine and ${exports.length} kinds of export. No key and no network are needed, nothing is written to a tool's folder, and no tool is held up.`,
    evidenceSection(),
    '## Tools on this machine',
    'They are found by themselves: the first screen and Sources list them, `llmlab scan` reads them. A folder elsewhere can be added in Sources. Most tools delete their logs after some weeks; what was read once stays in the ledger. In the places below, `*` stands for any name and `{a,b}` for either.',
    ...tools.map(toolSection),
    '## Exports',
    'Drop the file on the window, or run `llmlab import FILE`. The format is told by the content; where it can be two, LLMLab asks.',
    ...grouped(exports),
    '### Anything else',
    'Any other CSV with a date and a cost or tokens: say once which column is what, and the answer is remembered.',
    '## Exports that are refused',
    'These would count something twice, so they are turned down as a whole.',
    byLabel(refusedExports)
      .map(({ label, reason }) => `- **${label}**: ${reason}`)
      .join('\n'),
    '## Tools with nothing to read',
    'They keep something on this machine from which no usage can be told. `llmlab doctor` and Sources, Check everything, name the ones found here.',
    ...byLabel(unusableTools).map(unusableSection),
  ];
  return `${text.join('\n\n')}\n`;
}

function byLabel(rows) {
  return [...rows].sort((a, b) => a.label.localeCompare(b.label, 'en', { sensitivity: 'base' }));
}

const evidenceWords = {
  billed: 'what the vendor billed',
  metered: 'a cost the vendor stated in its reply',
  recorded: 'tokens as they were counted, priced by LLMLab, or the tool’s own estimate of the cost',
  estimated: 'counts somebody estimated',
};

function evidenceSection() {
  const rows = Object.entries(evidenceWords).map(([evidence, words]) => `| ${evidence} | ${words} |`);
  const note = 'Where several sources saw one call, the best evidence counts, once.';
  return ['| evidence | means |', '|---|---|', ...rows, '', note].join('\n');
}

function toolSection(importer) {
  const facts = [
    ['Reads', filesOf(importer)],
    ...saysOf(importer),
    ...pathsOf(importer).map(({ name, paths }) => [name, paths.join(', ')]),
    ...movedBy(importer),
    ['Accuracy', importer.accuracy],
    ['How', importer.howToGet],
    ['Format', `\`${importer.id}\``],
  ];
  return `### ${importer.label}\n\n${list(facts)}`;
}

function exportSection(importer) {
  const facts = [
    ...saysOf(importer),
    ['Accuracy', importer.accuracy],
    ['How', importer.howToGet],
    ['Format', `\`${importer.id}\``],
  ];
  return `#### ${importer.label}\n\n${list(facts)}`;
}

function grouped(importers) {
  const vendors = Map.groupBy(importers, ({ vendorLabel }) => vendorLabel);
  return [...vendors]
    .sort(([a], [b]) => a.localeCompare(b, 'en', { sensitivity: 'base' }))
    .flatMap(([vendor, rows]) => [`### ${vendor}`, ...rows.map(exportSection)]);
}

function unusableSection(tool) {
  const facts = [
    ...pathsOf(tool).map(({ name, paths }) => [name, paths.join(', ')]),
    ['Why not', tool.reason],
    ['Instead', tool.instead],
  ];
  return `### ${tool.label}\n\n${list(facts)}`;
}

function list(facts) {
  // What looks like a tag would not be shown.
  return facts.map(([name, text]) => `- ${name}: ${text.replaceAll('<', '&lt;')}`).join('\n');
}

const usageWords = {
  calls: 'single calls',
  buckets: 'usage summed by period, with the number of calls',
  tokens: 'sums of tokens, without the number of calls',
  none: 'money without tokens',
};

function saysOf({ evidence, usage, coverage }) {
  const whose = coverage === 'account' ? 'every call of the account' : 'only the calls that went through it';
  return [['Says', `${usageWords[usage]}; ${whose}; ${evidence}`]];
}

function filesOf(importer) {
  const kinds = [
    importer.readDatabase && 'an SQLite database (a copy of it, never the file itself)',
    importer.openLines && 'lines as they are appended',
    importer.readDocument && 'JSON documents',
  ];
  return kinds.filter(Boolean).join(', or ');
}

/** Where its data lies on each system, as a person would write it; systems that agree share a line. */
function pathsOf(row) {
  const lines = systems.map(({ name, platform, home }) => {
    const found = row.locations({ platform, home, env: {} });
    return { name, paths: braced(found.map((location) => shown(location, home))) };
  });
  const [linux, mac, windows] = lines;
  if (String(linux.paths) !== String(mac.paths)) return lines;
  return [{ name: 'Linux and macOS', paths: linux.paths }, windows];
}

function shown({ path, leadsTo }, home) {
  const windows = [
    [`${home}\\AppData\\Roaming`, '%APPDATA%'],
    [`${home}\\AppData\\Local`, '%LOCALAPPDATA%'],
    [home, '%USERPROFILE%'],
  ];
  const [start, word] = windows.find(([folder]) => path.startsWith(folder)) ?? ['', ''];
  const short = home.includes('\\') ? word + path.slice(start.length) : path.replace(home, '~');
  return { path: short, note: leadsTo ? ' and the places it lists' : '' };
}

/** Paths that differ in one segment are written as one. */
function braced(places) {
  const groups = [];
  for (const { path, note } of places) {
    const segments = path.split(/[\\/]/);
    const alike = groups.find((group) => group.note === note && differsIn(group, segments) !== null);
    if (alike === undefined)
      groups.push({ separator: path.includes('\\') ? '\\' : '/', segments, at: null, note, others: [] });
    else {
      alike.at = differsIn(alike, segments);
      alike.others.push(segments[alike.at]);
    }
  }
  return groups.map(({ segments, separator, at, others, note }) => {
    const written = segments.map((segment, i) =>
      i === at ? `{${[segment, ...others].join(',')}}` : segment,
    );
    return `\`${written.join(separator)}\`${note}`;
  });
}

/** Where a path differs from those of a group, when that is in one segment and the same one as theirs. */
function differsIn(group, segments) {
  if (segments.length !== group.segments.length) return null;
  const places = segments.flatMap((segment, i) => (segment === group.segments[i] ? [] : [i]));
  const [at] = places;
  return places.length === 1 && at > 0 && (group.at === null || group.at === at) ? at : null;
}

/** Variables every program obeys. */
const systemWide = new Set(['APPDATA', 'LOCALAPPDATA']);

/** The environment variables its places depend on, told by which ones it asks for. */
function movedBy({ locations }) {
  const asked = new Set();
  const env = new Proxy({}, { get: (_, name) => void asked.add(name) });
  for (const { platform, home } of systems) locations({ platform, home, env });
  const names = [...asked].filter((name) => typeof name === 'string' && !systemWide.has(name));
  return names.length > 0 ? [['Moved by', names.map((name) => `\`${name}\``).join(', ')]] : [];
}

if (isMain(import.meta.url)) {
  writeFileSync(guideFile, sourcesGuide());
  process.stdout.write(`${guideFile} is drawn anew\n`);
}
