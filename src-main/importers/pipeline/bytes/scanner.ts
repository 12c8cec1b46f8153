import type { LineFields } from '../../../platform/importer.ts';
import { type ProgramMemory, startProgram } from './host.ts';
import { found, kinds, padding, places, slot } from './layout.ts';
import { scannerProgram } from './program.ts';
import { canSearch, type Wanted, wantedTree, writeClasses, writeNeedles, writeWanted } from './tables.ts';

/** A part of a log in memory, searched by the program. */
export interface Scanner {
  /** Where to put bytes; another one after `resize`. A byte past its end can be written by `end`. */
  readonly block: Buffer;
  resize(bytes: number): void;
  /** The next whole line with a needle in these bytes of the block, or null; counts in `lines` what it passed. */
  nextLine(from: number, to: number): { readonly start: number; readonly end: number } | null;
  /** Where the line starts that has no newline yet: right once `nextLine` found no more. */
  readonly rest: number;
  lines: number;
  /** Ends the last line where no newline does. */
  end(at: number): void;
  /** The wanted fields of a line; null where it has to be parsed to know. */
  fields(start: number, end: number): LineFields | null;
}

interface Program {
  readonly memory: ProgramMemory;
  nextLine(from: number, to: number): number;
  fields(start: number, end: number, slotsEnd: number): number;
}

const pageBytes = 65_536;
/** Undefined until it is asked for, null where the machine cannot run it. */
let program: Program | null | undefined;

function load(): Program | null {
  try {
    const { memory, exports } = startProgram(scannerProgram());
    writeClasses(new DataView(memory.buffer));
    // The program's own functions: their types are not known to the compiler.
    return { memory, ...(exports as unknown as Omit<Program, 'memory'>) };
  } catch {
    return null;
  }
}

let isTaken = false;

/** What the program's tables are written for. */
interface Written {
  readonly needles: readonly string[];
  readonly fields: readonly string[];
  readonly tree: ReturnType<typeof wantedTree>;
}
let written: Written | null = null;

function writeTables(memory: DataView, needles: readonly string[], fields: readonly string[]): Written {
  if (written?.needles === needles && written.fields === fields) return written;
  const tree = wantedTree(fields);
  writeNeedles(memory, needles);
  writeWanted(memory, tree.roots, tree.slots);
  written = { needles, fields, tree };
  return written;
}

/**
 * Lends the one scanner of this thread, for as long as `use` runs; null where its program cannot search these needles,
 * cannot be run on this machine or is lent already.
 */
export function withScanner<T>(
  needles: readonly string[],
  fields: readonly string[],
  use: (scanner: Scanner | null) => T,
): T {
  if (isTaken || !canSearch(needles)) return use(null);
  program ??= program === undefined ? load() : null;
  if (program === null) return use(null);
  isTaken = true;
  try {
    return use(openScanner(program, needles, fields));
  } finally {
    isTaken = false;
  }
}

function openScanner(using: Program, needles: readonly string[], fields: readonly string[]): Scanner {
  const { memory } = using;
  const { roots, slots } = writeTables(new DataView(memory.buffer), needles, fields).tree;
  const slotsEnd = places.slots + slots * slot.size;
  let size = 0;
  let block = Buffer.alloc(0);
  let ints = new Int32Array(memory.buffer);
  let reader = openFields(memory, roots, slots);

  const put = (at: number, value: number): void => {
    ints[at >> 2] = value;
  };
  const at = (place: number): number => ints[place >> 2] ?? 0;

  return {
    get block() {
      return block;
    },
    resize(bytes) {
      size = bytes;
      const missing = places.block + size + padding - memory.buffer.byteLength;
      if (missing > 0) {
        memory.grow(Math.ceil(missing / pageBytes));
        ints = new Int32Array(memory.buffer);
        reader = openFields(memory, roots, slots);
      }
      block = Buffer.from(memory.buffer, places.block, size);
    },
    nextLine(from, to) {
      if (using.nextLine(places.block + from, places.block + to) === 0) return null;
      return {
        start: at(places.found + found.start) - places.block,
        end: at(places.found + found.end) - places.block,
      };
    },
    get rest() {
      return at(places.found + found.start) - places.block;
    },
    get lines() {
      return at(places.found + found.lines);
    },
    set lines(count) {
      put(places.found + found.lines, count);
    },
    end(position) {
      new Uint8Array(memory.buffer)[places.block + position] = 0x0a;
    },
    fields(start, end) {
      return using.fields(places.block + start, places.block + end, slotsEnd) === 1 ? reader : null;
    },
  };
}

/** Makes values of what the slots say. A text that stands there again is not made again. */
function openFields(memory: ProgramMemory, roots: readonly Wanted[], slots: number): LineFields {
  const ints = new Int32Array(memory.buffer, places.slots, (slots * slot.size) / 4);
  const numbers = new Float64Array(memory.buffer, places.slots, (slots * slot.size) / 8);
  const bytes = Buffer.from(memory.buffer);
  const texts = Array<string>(slots).fill('');
  const versions = Array<number>(slots).fill(Number.NaN);

  function int(index: number, offset: number): number {
    return ints[(index * slot.size + offset) / 4] ?? 0;
  }

  function textIn(index: number): string {
    const version = int(index, slot.version);
    if (versions[index] !== version) {
      texts[index] = bytes.toString('utf8', int(index, slot.start) + 1, int(index, slot.end) - 1);
      versions[index] = version;
    }
    return texts[index] ?? '';
  }

  function value(index: number): unknown {
    switch (int(index, slot.kind)) {
      case kinds.text:
        return textIn(index);
      case kinds.whole:
        return numbers[(index * slot.size + slot.number) / 8];
      case kinds.true:
        return true;
      case kinds.false:
        return false;
      case kinds.null:
        return null;
      case kinds.json:
        return JSON.parse(bytes.toString('utf8', int(index, slot.start), int(index, slot.end)));
      default:
        return undefined;
    }
  }

  function build(wanted: readonly Wanted[]): { [name: string]: unknown } {
    const object: { [name: string]: unknown } = {};
    for (const { name, slot: index, inside } of wanted) {
      const kind = int(index, slot.kind);
      if (kind === kinds.absent) continue;
      object[name] = kind === kinds.object ? build(inside) : value(index);
    }
    return object;
  }

  return { value, entry: () => build(roots) };
}
