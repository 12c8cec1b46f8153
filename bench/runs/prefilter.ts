import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { report } from '../measure/child.ts';

/**
 * The floor of any scan that looks at each line: every file read whole, its newlines found, and each line searched for the
 * bytes that a line with usage must hold. Nothing is decoded, parsed or kept.
 */
interface Work {
  readonly paths: readonly string[];
  readonly needle: string;
}
interface Found {
  readonly lines: number;
  readonly hits: number;
}

function search({ paths, needle }: Work): Found {
  const bytes = Buffer.from(needle);
  let [lines, hits] = [0, 0];
  for (const path of paths) {
    const file = readFileSync(path);
    let next = file.indexOf(bytes);
    for (let start = 0; start < file.length; ) {
      const newline = file.indexOf(10, start);
      const end = newline === -1 ? file.length : newline;
      lines++;
      if (next !== -1 && next < end) {
        hits++;
        next = file.indexOf(bytes, end);
      }
      start = end + 1;
    }
  }
  return { lines, hits };
}

/** Half of the bytes for each: the largest first, always to whoever has less. */
function halves(paths: readonly string[]): readonly [string[], string[]] {
  const parts: [string[], string[]] = [[], []];
  const sizes = [0, 0];
  const sized = paths.map((path) => ({ path, size: statSync(path).size })).sort((a, b) => b.size - a.size);
  for (const { path, size } of sized) {
    const side = (sizes[0] ?? 0) <= (sizes[1] ?? 0) ? 0 : 1;
    parts[side].push(path);
    sizes[side] = (sizes[side] ?? 0) + size;
  }
  return parts;
}

function searchInThread(work: Work): Promise<Found> {
  const { promise, resolve, reject } = Promise.withResolvers<Found>();
  new Worker(new URL(import.meta.url), { workerData: work }).once('message', resolve).once('error', reject);
  return promise;
}

if (isMainThread) {
  const [dir = '', needle = '', threads = '1'] = process.argv.slice(2);
  const begin = performance.now();
  const paths = (readdirSync(dir, { recursive: true }) as string[])
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => join(dir, name));
  const [mine, other] = threads === '2' ? halves(paths) : [paths, []];
  const there = other.length > 0 ? searchInThread({ paths: other, needle }) : null;
  const here = search({ paths: mine, needle });
  const away = (await there) ?? { lines: 0, hits: 0 };
  report({
    wallMs: performance.now() - begin,
    lines: here.lines + away.lines,
    hits: here.hits + away.hits,
  });
} else {
  parentPort?.postMessage(search(workerData as Work));
}
