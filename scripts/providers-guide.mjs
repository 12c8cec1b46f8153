import { writeFileSync } from 'node:fs';
import { providers } from '../src-main/providers/index.ts';
import { inRoot, isMain } from './root.mjs';

export const guideFile = inRoot('docs', 'guides', 'providers.md');

const kinds = [
  ['vendor', 'Vendors of models'],
  ['cloud', 'Clouds'],
  ['gateway', 'Gateways'],
  ['local', 'On your own machines'],
];

/** The guide to every vendor, drawn from the rows of the providers. */
export function providersGuide() {
  const text = [
    '<!-- Drawn from the providers by `npm run docs`: change their rows, not this file. -->',
    '# Vendors',
    `LLMLab talks to ${providers.length} vendors, gateways and local servers. Add a key on the page Providers, or with \`llmlab keys set PROVIDER\`; it is kept in the [vault](data-safety.md), sent to that vendor and nobody else, and never shown again. What a vendor does not offer stands under its name, with what to do instead.`,
    table(),
    ...kinds.flatMap(([kind, title]) => {
      const rows = byLabel(providers.filter((one) => one.kind === kind));
      return rows.length === 0 ? [] : [`## ${title}`, ...rows.map(section)];
    }),
  ];
  return `${text.join('\n\n')}\n`;
}

function byLabel(rows) {
  return [...rows].sort((a, b) => a.label.localeCompare(b.label, 'en', { sensitivity: 'base' }));
}

function table() {
  const mark = (is) => (is ? 'yes' : '–');
  const rows = byLabel(providers).map((one) => {
    const best = (one.costs ?? []).map(({ evidence }) => evidence)[0];
    return `| ${one.label} | ${best ?? '–'} | ${mark(one.balance)} | ${mark(one.models)} | ${mark(one.complete)} | \`${one.id}\` |`;
  });
  return ['| vendor | spend | balance | models | calls | id |', '|---|---|---|---|---|---|', ...rows].join(
    '\n',
  );
}

function section(provider) {
  const { label, id, keyUrl, docUrl, baseUrl, hasOwnBase, hosts, fields, costs = [], missing } = provider;
  const facts = [
    ['Id', `\`${id}\``],
    keyUrl && ['Keys are made at', keyUrl],
    ['Its own documentation', docUrl],
    ['Talks to', placesOf({ baseUrl, hasOwnBase, hosts })],
    ...fields.map((field) => fieldLine(field, fields)),
    ...costs.map(reportLine),
    provider.balance && ['Balance', 'read, and kept as a series'],
    provider.models && ['Models', 'listed, with prices where the vendor states them'],
    provider.complete && ['Calls', provider.stream ? 'whole or streamed' : 'whole'],
    ...missing.map(({ capability, why, instead }) => [`No ${capability}`, `${sentence(why)} ${instead}`]),
  ].filter(Boolean);
  // What looks like a tag would not be shown.
  const lines = facts.map(([name, text]) => `- ${name}: ${text.replaceAll('<', '&lt;')}`);
  return `### ${label}\n\n${lines.join('\n')}`;
}

function placesOf({ baseUrl, hasOwnBase, hosts }) {
  const own = hasOwnBase ? [baseUrl === null ? 'the server you name' : 'or the server you name'] : [];
  return [
    ...new Set([...(baseUrl === null ? [] : [`\`${baseUrl}\``]), ...hosts.map((host) => `\`${host}\``)]),
    ...own,
  ].join(', ');
}

function fieldLine({ label, required, secret, help, prefix, env = [], neededFor, onlyWhen }, fields) {
  const words = [
    secret ? 'secret' : null,
    required ? 'required' : 'optional',
    neededFor.length > 0 ? `for ${neededFor.join(', ')}` : null,
    onlyWhen ? `where ${conditionWords(onlyWhen, fields)}` : null,
    prefix ? `usually begins with \`${prefix}\`` : null,
    env.length > 0 ? `offered from ${env.map((name) => `\`${name}\``).join(', ')}` : null,
  ].filter(Boolean);
  return [`**${label}** (${words.join('; ')})`, help];
}

function conditionWords({ field, is }, fields) {
  const decisive = fields.find(({ name }) => name === field);
  const chosen = decisive.choices.find(({ value }) => value === is);
  return `“${decisive.label}” is “${chosen.label}”`;
}

function reportLine({ label, evidence, needs, lookBackDays, trailingDays, accuracy, id }) {
  const needed = needs.length > 0 ? `; needs ${needs.map((name) => `\`${name}\``).join(', ')}` : '';
  return [
    `Report \`${id}\``,
    `${label}: ${evidence}, ${lookBackDays} days back, the last ${trailingDays} read again each time${needed}. ${accuracy}`,
  ];
}

const sentence = (text) => (/[.!?]$/.test(text) ? text : `${text}.`);

if (isMain(import.meta.url)) {
  writeFileSync(guideFile, providersGuide());
  process.stdout.write(`${guideFile} is drawn anew\n`);
}
