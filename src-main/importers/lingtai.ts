import type { LineReader, LogFile, LogImporter, RowOutcome } from '../platform/importer.ts';
import { firstKeys } from './dialects/first-keys.ts';
import {
  type FieldReader,
  type Fields,
  notJson,
  openFields,
  parseFields,
  textOf,
} from './dialects/json-fields.ts';
import { makerOf } from './dialects/model-maker.ts';
import { bucketsInside, isEmpty } from './dialects/token-buckets.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

/** Token ledgers of LingTai's agents (2026), one line a call. What daemons keep is a mirror of it and is not read. */
export const lingtai = {
  spec: 1,
  kind: 'log',
  id: 'lingtai',
  label: 'LingTai',
  vendor: 'lingtai',
  vendorLabel: 'LingTai',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'api',
  merge: 'first',
  keyScope: 'global',
  accuracy:
    'Tokens are as the vendors reported them. The ledger does not say who served a call: its model stands for its maker. Calls of older versions name no model and have no price.',
  howToGet: 'Found by itself in ~/.lingtai; or drop a token_ledger.jsonl.',
  hosts: [],
  settings: [],
  locations: (environment) => locationsOf('default', toolFolders(environment).home('.lingtai')),
  fileKind: (relativePath) =>
    /^(?:(?:[^/]+\/)?logs\/)?token_ledger\.jsonl$/.test(relativePath) ? 'lines' : null,
  recognises: (head) =>
    ['ts', 'input', 'output', 'thinking', 'cached'].every((name) => firstKeys(head).has(name)),
  needles: ['"ts"'],
  openLines,
} as const satisfies LogImporter;

function openLines(file: LogFile): LineReader {
  const fields = openFields();
  const agent = /^([^/]+)\/logs\//.exec(file.relativePath)?.[1] ?? null;
  return {
    line(text) {
      const entry = parseFields(text);
      return entry === null ? notJson : fields.read(() => outcomeOf(entry, agent, fields));
    },
    state: () => null,
  };
}

function outcomeOf(entry: Fields, agent: string | null, fields: FieldReader): RowOutcome {
  const tokens = bucketsInside({
    input: fields.count(entry, 'input'),
    cacheRead: fields.count(entry, 'cached'),
    output: fields.count(entry, 'output'),
    reasoning: fields.count(entry, 'thinking'),
  });
  if (isEmpty(tokens)) return { kind: 'skip', reason: 'no tokens' };
  const model = textOf(entry.model);
  const at = fields.moment(entry.ts);
  return {
    kind: 'record',
    record: {
      // Lines have no id; without the agent, so that a copied ledger adds nothing.
      key: `${at}:${model}:${Object.values(tokens).join(',')}`,
      at,
      grain: 'instant',
      provider: makerOf(model) || 'lingtai',
      model: model ?? null,
      project: agent,
      requests: 1,
      tokens,
    },
  };
}
