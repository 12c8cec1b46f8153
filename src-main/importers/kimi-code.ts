import type {
  LineReader,
  LogEnvironment,
  LogFile,
  LogImporter,
  LogLocation,
  RowOutcome,
} from '../platform/importer.ts';
import type { Json } from '../platform/json.ts';
import { withoutBlanks } from './dialects/columns.ts';
import { firstKeys } from './dialects/first-keys.ts';
import {
  type Fields,
  fieldsOf,
  listOf,
  notJson,
  openFields,
  parseFields,
  textOf,
} from './dialects/json-fields.ts';
import { bucketsBeside, isEmpty } from './dialects/token-buckets.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';
import { toolProvider } from './dialects/tool-provider.ts';

/** What Kimi Code and the Kimi desktop app keep of an agent on the wire (protocol 1.5, 2026). */
export const kimiCode = {
  spec: 1,
  kind: 'log',
  id: 'kimi-code',
  label: 'Kimi Code',
  vendor: 'moonshotai',
  vendorLabel: 'Moonshot AI',
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'plan',
  merge: 'first',
  keyScope: 'global',
  holdsPrompts: true,
  accuracy:
    'Tokens are as the API reported them; the model is the one requested under the name the log uses. Sums of a session, which stand beside its calls, are not counted.',
  howToGet: 'Found by itself in ~/.kimi-code/sessions; or drop a wire.jsonl.',
  hosts: [],
  settings: [],
  locations,
  fileKind: (relativePath) => (/(?:^|\/)wire\.jsonl$/.test(relativePath) ? 'lines' : null),
  recognises: (head) =>
    firstKeys(head).has('type') &&
    /^\{[^\n]*"type":\s*"(?:usage\.record|llm\.request|turn\.prompt)"/m.test(head),
  needles: ['usage.record', 'llm.request'],
  openLines,
} as const satisfies LogImporter;

const inDesktopApp = ['kimi-desktop', 'daimon-share', 'daimon', 'runtime', 'kimi-code', 'home', 'sessions'];

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { home, appData, join, named } = toolFolders(environment);
  const roots = named('KIMI_CODE_HOME');
  if (roots.length > 0) return locationsOf('KIMI_CODE_HOME', ...roots.map((root) => join(root, 'sessions')));
  return locationsOf('default', home('.kimi-code', 'sessions'), appData(...inDesktopApp));
}

/** What is behind a name the log uses for a model. */
interface Requested {
  readonly model: string;
  readonly provider: string;
}

const notUsage: RowOutcome = { kind: 'skip', reason: 'not a count of tokens' };
const ofSession: RowOutcome = { kind: 'skip', reason: 'a sum of the session' };

function openLines(file: LogFile, state: Json | null): LineReader {
  const fields = openFields();
  const place = placeOf(file);
  const aliases = new Map<string, Requested>();
  for (const entry of listOf(state)) {
    const [alias, model, provider] = listOf(entry).map(String);
    if (alias && model) aliases.set(alias, { model, provider: provider ?? '' });
  }

  function line(text: string): RowOutcome {
    const entry = parseFields(text);
    if (entry === null) return notJson;
    if (entry.type === 'llm.request') noteAlias(entry);
    if (entry.type !== 'usage.record') return notUsage;
    return entry.usageScope === 'session' ? ofSession : fields.read(() => recordOf(entry));
  }

  function noteAlias({ model, modelAlias, provider }: Fields): void {
    const [alias, name] = [textOf(modelAlias), textOf(model)];
    if (alias && name) aliases.set(alias, { model: name, provider: textOf(provider) ?? '' });
  }

  function recordOf(entry: Fields): RowOutcome {
    const usage = fieldsOf(entry.usage);
    const tokens = bucketsBeside({
      input: fields.count(usage, 'inputOther'),
      cacheRead: fields.count(usage, 'inputCacheRead'),
      cacheWrite: fields.count(usage, 'inputCacheCreation'),
      output: fields.count(usage, 'output'),
    });
    if (isEmpty(tokens)) return { kind: 'skip', reason: 'no tokens' };
    const alias = textOf(entry.model) ?? '';
    const requested = aliases.get(alias);
    const at = fields.epochMs(entry.time);
    return {
      kind: 'record',
      record: {
        // Without the session, so that a copy of the file, or of its start in a fork, repeats it.
        key: `${at}:${alias}:${Object.values(tokens).join(',')}`,
        at,
        grain: 'instant',
        provider: providerOf(requested),
        model: requested?.model ?? (alias || null),
        ...place,
        requests: 1,
        tokens,
        extras: withoutBlanks({ alias: requested === undefined ? '' : alias }),
      },
    };
  }

  return {
    line,
    state: () => [...aliases].map(([alias, { model, provider }]) => [alias, model, provider]),
  };
}

function providerOf(requested: Requested | undefined): string {
  const name = toolProvider(requested?.provider ?? '');
  return name === '' || name === 'kimi' || name === 'moonshot' ? 'moonshotai' : name;
}

/** `wd_<folder>_<hash>/<session>/agents/<agent>/wire.jsonl` */
function placeOf({ relativePath }: LogFile): { project: string | null; session: string | null } {
  const [, folder, session] = /(?:^|\/)(wd_[^/]+)\/([^/]+)\/agents\//.exec(relativePath) ?? [];
  const project = /^wd_(.+)_[0-9a-f]{12}$/.exec(folder ?? '')?.[1] ?? null;
  return { project, session: session ?? null };
}
