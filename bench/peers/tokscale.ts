import { createRequire } from 'node:module';
import { homedir } from 'node:os';

/** Asks tokscale's native reader for the messages of one tool and adds them up by day and model. */
interface Message {
  readonly modelId: string;
  readonly date: string;
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly reasoning: number;
}
interface Core {
  parseLocalSources(options: { homeDir: string; sources: readonly string[] }): {
    readonly messages: readonly Message[];
  };
}

const [core = '', source = ''] = process.argv.slice(2);
const { parseLocalSources } = createRequire(import.meta.url)(core) as Core;
const cells: Record<
  string,
  { -readonly [K in keyof Omit<Message, 'modelId' | 'date'>]: number } & { requests: number }
> = {};
for (const message of parseLocalSources({ homeDir: homedir(), sources: [source] }).messages) {
  const key = `${message.date} ${message.modelId}`;
  const cell = cells[key] ?? { requests: 0, input: 0, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 };
  cell.requests += 1;
  cell.input += message.input;
  cell.output += message.output;
  cell.cacheRead += message.cacheRead;
  cell.cacheWrite += message.cacheWrite;
  cells[key] = cell;
}
process.stdout.write(JSON.stringify(cells));
