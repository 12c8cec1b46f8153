import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import type { RouteInput, RouteOutput } from '../../../../src-preload/contract/index.ts';
import { promptTokens } from '../../../platform/record.ts';
import type { Outcome, Run } from '../command.ts';
import { exitCodes, UsageError } from '../failure.ts';
import { number, plain, usd } from '../text.ts';

interface AskOptions {
  readonly stream?: boolean;
  readonly system?: string;
  readonly temperature?: string;
  readonly maxTokens?: string;
  readonly image?: readonly string[];
  readonly jsonReply?: boolean;
  readonly schema?: string;
  readonly param?: readonly string[];
}

type Input = RouteInput<'calls.ask'>;
type Reply = RouteOutput<'calls.ask'>;

/** `llmlab ask MODEL PROMPT`: one call, kept in the ledger; `-` reads the prompt from standard input. */
export async function ask(run: Run, options: AskOptions, model: string, prompt: string): Outcome {
  const ref = randomUUID();
  const input: Input = {
    model,
    messages: messagesOf(run, options, prompt === '-' ? readFileSync(0, 'utf8') : prompt),
    ...optionsOf(run, options),
    ...(options.stream ? { ref } : {}),
  };
  const reply = await run.withCore(async ({ ask: call, core }) => {
    let wrote = false;
    const silence = core.events.listen((event) => {
      if (run.json || event.kind !== 'call.text' || event.ref !== ref) return;
      wrote = true;
      run.io.stdout.write(shown(event.text));
    });
    const release = run.io.onInterrupt(() => void call('calls.cancel', { ref }));
    try {
      return { ...(await call('calls.ask', { ...input, ref })), wrote };
    } finally {
      silence();
      release();
    }
  });
  const { wrote, ...answer } = reply;
  if (wrote && !run.json) run.io.stdout.write('\n');
  else run.print(answer, () => shown(answer.text));
  run.hint(footer(answer));
  return answer.finish === 'cancelled' ? exitCodes.interrupted : undefined;
}

/** Lines stay lines; what could steer a terminal is shown, not obeyed. */
function shown(text: string): string {
  return text
    .split(/(\n|\t)/)
    .map((part) => (part === '\n' || part === '\t' ? part : plain(part)))
    .join('');
}

function footer({ connection, model, tokens, costNanoUsd, costFrom, ms }: Reply): string {
  const used =
    tokens === null ? 'usage not stated' : `${number(promptTokens(tokens))} in, ${number(tokens.output)} out`;
  const cost = costNanoUsd === null ? `cost unknown (${costFrom})` : `${usd(costNanoUsd)} (${costFrom})`;
  return `${plain(model)} through ${plain(connection)}: ${used}, ${cost}, ${(ms / 1000).toFixed(1)} s`;
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
};

function messagesOf(run: Run, { system, image = [] }: AskOptions, prompt: string): Input['messages'] {
  if (prompt.trim() === '') throw new UsageError('The prompt is empty.');
  const images = image.map((path) => {
    const mediaType = mediaTypes[extname(path).toLowerCase()];
    if (mediaType === undefined)
      throw new UsageError(`${path} is no image LLMLab can send. It takes PNG, JPEG, WebP and GIF.`);
    return { kind: 'image' as const, mediaType, data: read(run, path).toString('base64') };
  });
  const user = images.length === 0 ? prompt : [{ kind: 'text' as const, text: prompt }, ...images];
  return [
    ...(system === undefined ? [] : [{ role: 'system' as const, content: system }]),
    { role: 'user' as const, content: user },
  ];
}

function optionsOf(run: Run, options: AskOptions): Partial<Input> {
  const { temperature, maxTokens, jsonReply, schema, param = [] } = options;
  return {
    ...(temperature === undefined ? {} : { temperature: numberOf(temperature, '--temperature') }),
    ...(maxTokens === undefined ? {} : { maxOutputTokens: numberOf(maxTokens, '--max-tokens') }),
    ...(schema === undefined ? {} : { output: { schema: schemaIn(run, schema) } }),
    ...(schema === undefined && jsonReply ? { output: 'json' as const } : {}),
    ...(param.length === 0 ? {} : { parameters: Object.fromEntries(param.map(parameterOf)) }),
  };
}

function numberOf(text: string, flag: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new UsageError(`${flag} ${text} is not a number.`);
  return value;
}

function schemaIn(run: Run, path: string): Record<string, unknown> {
  const text = read(run, path).toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Said below, as for any other JSON.
  }
  throw new UsageError(`${path} holds no JSON Schema.`);
}

/** `name=value`, the value as JSON where it is some. */
function parameterOf(pair: string): [string, unknown] {
  const equals = pair.indexOf('=');
  if (equals <= 0) throw new UsageError(`--param ${pair} is not of the form name=value.`);
  const value = pair.slice(equals + 1);
  try {
    return [pair.slice(0, equals), JSON.parse(value)];
  } catch {
    return [pair.slice(0, equals), value];
  }
}

function read(run: Run, path: string): Buffer {
  try {
    return readFileSync(resolve(run.io.cwd, path));
  } catch {
    throw new UsageError(`${path} cannot be read.`);
  }
}
