import type { LineFields } from '../../platform/importer.ts';
import { type Scanner, withScanner } from './bytes/scanner.ts';
import { limits } from './limits.ts';

const blockBytes = 512 * 1024;
const smallestBlockBytes = 4096;
const newline = 0x0a;

/** Where a read starts or ended: the byte after the last whole line, and how many lines lie before it. */
export interface LineMark {
  readonly offset: number;
  readonly line: number;
}

export interface LineSource {
  /** Fills `into` from `position` of the file on and answers with the number of bytes; 0 at the end. */
  read(into: Buffer, position: number): number;
  /** About how many bytes there are: most appends are small, and a block need not be larger. */
  readonly expectedBytes: number;
  readonly needles: readonly string[];
  /** Paths of the fields that are looked for in a line before it is made a text. */
  readonly fields: readonly string[];
  /** Takes a last line that has no newline yet. */
  readonly final: boolean;
  readonly stop: () => boolean;
}

/** A line that holds a needle, until the next one is found. */
export interface FoundLine {
  text(): string;
  /** Its wanted fields; null where it takes parsing the line to know them. */
  fields(): LineFields | null;
}

export interface LineSink {
  /** Its number is 1-based. */
  line(found: FoundLine, line: number): void;
  /** A line that holds a needle but is longer than the cap; it was not kept. */
  tooLong(line: number): void;
  bytes(read: number): void;
}

/**
 * Reads whole lines in blocks. Only lines that hold a needle are decoded: most bytes of a log are prompts and tool
 * output, and are only looked at for newlines. Bytes that are no UTF-8 become U+FFFD, so that one broken character
 * in a prompt does not lose the usage beside it.
 */
export function scanLines(source: LineSource, start: LineMark, sink: LineSink): LineMark {
  return withScanner(source.needles, source.fields, (scanner) => scanBlocks(source, start, sink, scanner));
}

function scanBlocks(source: LineSource, start: LineMark, sink: LineSink, scanner: Scanner | null): LineMark {
  let buffer = resized(Buffer.alloc(0), firstBlock(source.expectedBytes), scanner);
  let { offset, line } = start;
  // Bytes read but not used yet, a line without its newline, stand at the front of the buffer.
  let held = 0;
  /** A line over the cap that is being passed over. */
  let long: LongLine | null = null;
  const overlap = Math.max(0, ...source.needles.map((needle) => needle.length - 1));

  function use(bytes: number): void {
    buffer.copyWithin(0, bytes, held);
    offset += bytes;
    held -= bytes;
  }

  function takeFound(by: Scanner): void {
    let from = 0;
    by.lines = line;
    for (let found = by.nextLine(from, held); found !== null; found = by.nextLine(from, held)) {
      line = by.lines;
      sink.line(foundLine(buffer, found.start, found.end, by), line);
      from = found.end + 1;
    }
    line = by.lines;
    use(by.rest);
  }

  function takeLines(): void {
    const view = buffer.subarray(0, held);
    const hits = openNeedles(view, source.needles);
    let from = 0;
    for (let end = view.indexOf(newline); end !== -1; end = view.indexOf(newline, from)) {
      line++;
      if (hits(from, end)) sink.line(foundLine(view, from, end, null), line);
      from = end + 1;
    }
    use(from);
  }

  /** Zeros where a line should start are a hole: a writer went on behind the place where its file was cut. */
  function passHole(): void {
    let zeros = 0;
    while (zeros < held && buffer[zeros] === 0) zeros++;
    if (zeros > 0) use(zeros);
  }

  /** Lets go of the bytes of a line over the cap; null once it has ended. */
  function passOver({ at, hit }: LongLine, ended: boolean): LongLine | null {
    const view = buffer.subarray(0, held);
    const newlineAt = view.indexOf(newline);
    const end = newlineAt === -1 ? held : newlineAt;
    const isHit = hit || openNeedles(view, source.needles)(0, end);
    if (newlineAt === -1 && !ended) {
      use(Math.max(0, held - overlap));
      return { at, hit: isHit };
    }
    use(Math.min(end + 1, held));
    line++;
    if (isHit) sink.tooLong(line);
    return null;
  }

  while (!source.stop()) {
    const read = source.read(buffer.subarray(held), offset + held);
    if (read === 0) break;
    sink.bytes(read);
    held += read;
    if (long !== null) long = passOver(long, false);
    if (long !== null) continue;
    if (scanner === null) takeLines();
    else takeFound(scanner);
    passHole();
    if (held < buffer.length) continue;
    if (held < limits.lineChars)
      buffer = resized(buffer, Math.min(buffer.length * 2, limits.lineChars), scanner);
    else long = passOver({ at: offset, hit: false }, false);
  }
  if (!source.final || source.stop()) return { offset: long?.at ?? offset, line };
  if (long !== null) passOver(long, true);
  else if (held > 0) takeLast();
  return { offset, line };

  function takeLast(): void {
    const view = buffer.subarray(0, held);
    line++;
    if (openNeedles(view, source.needles)(0, held)) sink.line(foundLine(view, 0, held, null), line);
    use(held);
  }
}

/** A larger block that begins with the same bytes. */
function resized(buffer: Buffer, bytes: number, scanner: Scanner | null): Buffer {
  if (scanner === null) return Buffer.concat([buffer], bytes);
  scanner.resize(bytes);
  return scanner.block;
}

function firstBlock(expectedBytes: number): number {
  return Math.min(blockBytes, Math.max(smallestBlockBytes, expectedBytes + 1));
}

interface LongLine {
  /** Where the line starts in the file. */
  readonly at: number;
  readonly hit: boolean;
}

/** Whether a needle begins in a range, asked for ranges in rising order: each needle is searched once per block. */
function openNeedles(view: Buffer, needles: readonly string[]): (from: number, end: number) => boolean {
  const next = needles.map(() => -1);
  return (from, end) => {
    let found = false;
    for (let index = 0; index < needles.length; index++) {
      let at = next[index] ?? 0;
      if (at < from) {
        at = view.indexOf(needles[index] ?? '', from, 'latin1');
        if (at === -1) at = Number.POSITIVE_INFINITY;
        next[index] = at;
      }
      found ||= at < end;
    }
    return found;
  };
}

/** The line without a byte order mark, a carriage return, and the zeros a crash leaves in place of bytes. */
function foundLine(view: Buffer, start: number, stop: number, scanner: Scanner | null): FoundLine {
  let from = start;
  let end = stop;
  while (end > from && (view[end - 1] === 0x0d || view[end - 1] === 0)) end--;
  while (from < end && view[from] === 0) from++;
  if (view[from] === 0xef && view[from + 1] === 0xbb && view[from + 2] === 0xbf) from += 3;
  return {
    text: () => view.toString('utf8', from, end),
    fields: () => (scanner === null ? null : scanner.fields(from, end)),
  };
}
