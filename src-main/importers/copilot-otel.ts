import type {
  LineReader,
  LogEnvironment,
  LogFileKind,
  LogImporter,
  LogLocation,
  RowOutcome,
} from '../platform/importer.ts';
import { copilotCall, copilotSpanKeys, modelCall } from './dialects/copilot-span.ts';
import {
  type FieldReader,
  type Fields,
  fieldsOf,
  notJson,
  openFields,
  parseFields,
  textOf,
} from './dialects/json-fields.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

const provider = 'github-copilot';

/**
 * Spans GitHub Copilot writes into a file when it is told to (OpenTelemetry, 2026). The same calls are in the command
 * line's session store or in the editor's own store of spans, which share no id or are not always there; so the file
 * counts like an estimate, only on days neither of them knows, although its tokens are exact.
 */
export const copilotOtel = {
  spec: 1,
  kind: 'log',
  id: 'copilot-otel',
  label: 'GitHub Copilot telemetry file',
  vendor: provider,
  vendorLabel: 'GitHub Copilot',
  anyVendor: true,
  evidence: 'estimated',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'plan',
  merge: 'first',
  keyScope: 'global',
  keySpace: copilotSpanKeys,
  holdsPrompts: true,
  accuracy:
    'Tokens are as the API reported them. The same calls are in Copilot’s other records, so this file counts only on days on which those have none.',
  howToGet:
    'Found by itself in ~/.copilot/otel or where COPILOT_OTEL_FILE_EXPORTER_PATH says; or drop the file (.jsonl).',
  hosts: [],
  settings: [],
  locations,
  fileKind: (relativePath): LogFileKind | null => (/\.jsonl$/.test(relativePath) ? 'lines' : null),
  recognises: (head) =>
    head.trimStart().startsWith('{') && head.includes('"gen_ai.operation.name"') && head.includes('"spanId"'),
  needles: ['"gen_ai.operation.name"'],
  openLines,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { home, join, named } = toolFolders(environment);
  const why = 'COPILOT_OTEL_FILE_EXPORTER_PATH';
  const homes = named('COPILOT_HOME');
  return [
    ...locationsOf(why, ...named(why)),
    ...(homes.length > 0
      ? locationsOf('COPILOT_HOME', ...homes.map((path) => join(path, 'otel')))
      : locationsOf('default', home('.copilot', 'otel'))),
  ];
}

const notCall: RowOutcome = { kind: 'skip', reason: 'not a call to a model' };

function openLines(): LineReader {
  const fields = openFields();
  return {
    line(text) {
      const span = parseFields(text);
      if (span === null) return notJson;
      const attributes = fieldsOf(span.attributes) ?? {};
      if (attributes['gen_ai.operation.name'] !== modelCall) return notCall;
      const context = fieldsOf(span.spanContext) ?? span;
      return fields.read(() => {
        const record = copilotCall(
          {
            traceId: textOf(context.traceId),
            spanId: textOf(context.spanId),
            at: endOf(span, fields),
            attributes,
          },
          provider,
          fields,
        );
        // The call itself is exact; only which of its witnesses counts is left to the others.
        return record === null ? notCall : { kind: 'record', record: { ...record, evidence: 'recorded' } };
      });
    },
    state: () => null,
  };
}

/** The end as seconds and nanoseconds, or as one number of ms. */
function endOf(span: Fields, fields: FieldReader): number {
  const time = span.endTime ?? span.startTime;
  if (!Array.isArray(time)) return fields.epochMs(time);
  const [seconds, nanos]: unknown[] = time;
  const isPair = typeof seconds === 'number' && typeof nanos === 'number';
  return fields.epochMs(isPair ? seconds * 1000 + Math.trunc(nanos / 1e6) : Number.NaN);
}
