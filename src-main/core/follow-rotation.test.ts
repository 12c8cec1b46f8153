import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestCore, type TestCore } from '../testing/core.ts';
import { testFollowing, until } from '../testing/follow.ts';

let test: TestCore;
let folder: string;
beforeEach(async () => {
  test = await startTestCore({ heavyWork: 'thread' });
  folder = join(test.home, '.claude', 'projects', '-home-dev-shop');
  mkdirSync(folder, { recursive: true });
});
afterEach(() => test[Symbol.asyncDispose]());

/** Numbers from 0 to below `end`, the same in every run (mulberry32). */
function seeded(seed: number): (end: number) => number {
  let state = seed;
  return (end) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  };
}

/** One log that is written to and mistreated, and the number of lines that were written. */
class MistreatedLog {
  written = 0;
  #turns = 0;
  readonly path = join(folder, 'session.jsonl');
  readonly #below: (end: number) => number;

  constructor(below: (end: number) => number) {
    this.#below = below;
    writeFileSync(this.path, '');
  }

  lines(): string {
    return Array.from({ length: 1 + this.#below(4) }, () => this.#line()).join('');
  }

  #line(): string {
    const id = String(++this.written).padStart(8, '0');
    const usage = { input_tokens: 7, output_tokens: 3 };
    const message = { id: `msg_${id}`, role: 'assistant', model: 'claude-sonnet-4-5-20250929', usage };
    const facts = { type: 'assistant', sessionId: 's1', timestamp: '2026-11-20T10:00:00.000Z' };
    // Lines of many lengths, so that a new file does not look like the old one by chance.
    const text = 'x'.repeat(this.#below(300));
    return `${JSON.stringify({ ...facts, requestId: `req_${id}`, uuid: id, text, message })}\n`;
  }

  append(): void {
    appendFileSync(this.path, this.lines());
  }

  /** A line that comes in two pieces. */
  begin(): string {
    const line = this.#line();
    const cut = 1 + this.#below(line.length - 2);
    appendFileSync(this.path, line.slice(0, cut));
    return line.slice(cut);
  }

  /** Turns the log over in one of many ways in which no line is lost that was ever whole. */
  turn(): void {
    const turn = ++this.#turns;
    const ways = [
      () => this.#rename(`${this.path}.${turn}`),
      () => this.#rename(join(folder, `session-${turn}.jsonl`)),
      () => this.#copyAndTruncate(`${this.path}.${turn}`),
      () => this.#copyAndTruncate(join(folder, `copy-${turn}.jsonl`)),
      () => this.#swapInode(),
      () => this.#swapLink(turn),
    ];
    ways[this.#below(ways.length)]?.();
  }

  #rename(to: string): void {
    renameSync(this.path, to);
    writeFileSync(this.path, this.lines());
  }

  #copyAndTruncate(to: string): void {
    copyFileSync(this.path, to);
    truncateSync(this.path, 0);
    this.append();
  }

  /** Editors and sync programs write a new file and move it over the old one. */
  #swapInode(): void {
    const beside = join(folder, 'beside.tmp');
    writeFileSync(beside, readFileSync(this.path, 'utf8') + this.lines());
    renameSync(beside, this.path);
  }

  /** The log becomes a link to a file elsewhere; what it was stays under another name. */
  #swapLink(turn: number): void {
    const target = join(test.dir, `target-${turn}.jsonl`);
    writeFileSync(target, this.lines());
    symlinkSync(target, `${this.path}.link`);
    renameSync(this.path, join(folder, `before-${turn}.jsonl`));
    renameSync(`${this.path}.link`, this.path);
  }

  /** Takes lines away for good: only ones that were read are missed by no one. */
  drop(how: number): void {
    const { size } = statSync(this.path);
    if (how === 0) rmSync(this.path);
    else truncateSync(this.path, 0);
    // A writer that keeps its place goes on behind where it was: zeros stand before its next line.
    if (how === 2) truncateSync(this.path, size);
    this.append();
  }
}

async function counts() {
  const { imports } = await test.call('imports.list', {});
  const sum = (pick: (row: (typeof imports)[number]) => number) =>
    imports.reduce((total, row) => total + pick(row), 0);
  return {
    accepted: sum(({ counts }) => counts.accepted),
    updated: sum(({ counts }) => counts.updated),
    refused: sum(({ counts }) => counts.refused),
  };
}

const records = async () => (await test.call('app.info', {})).records;

it('500 rotations, copies, cuts, swaps and deletions of a log lose no line and double none', {
  timeout: 120_000,
}, async () => {
  const below = seeded(20_261_121);
  const log = new MistreatedLog(below);
  test.core.follow(testFollowing());
  const allRead = () => until(test.core, async () => (await records()) >= log.written, counts);
  for (let i = 0; i < 500; i++) {
    const rest = below(5) === 0 ? log.begin() : '';
    // What is read of a line without its end must not be taken for one.
    if (rest !== '' && below(2) === 0) await new Promise(setImmediate);
    if (rest !== '') appendFileSync(log.path, rest);
    log.append();
    if (i % 8 === 7) {
      await allRead();
      log.drop(below(3));
    } else {
      log.turn();
      // Lets events and looks come in between some turns, and not between others.
      if (below(3) === 0) await new Promise(setImmediate);
    }
  }
  await allRead();
  expect(await counts()).toEqual({ accepted: log.written, updated: 0, refused: 0 });
  const { sources } = await test.call('sources.list', {});
  const report = await test.call('report.run', { by: ['model'], filters: {} });
  expect(sources.map((source) => source.records)).toEqual([log.written]);
  expect(report.rows.map(({ tokens }) => [tokens.input, tokens.output])).toEqual([
    [7 * log.written, 3 * log.written],
  ]);
});
