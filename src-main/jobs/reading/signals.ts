/** What the writer and its readers see of each other while both are busy: whole numbers in shared memory. */
const cells = { nextFile: 0, appliedFiles: 1, posted: 2, stop: 3, beat: 4, answered: 5, held: 6 } as const;

/** Files a reader may be ahead of the writer, and about how much of what it found may wait there. */
const filesAhead = 1_024;
const kilobytesAhead = 24 * 1024;
const waitMs = 250;

export type Signals = Int32Array<SharedArrayBuffer>;

/** The writer reads as well: its number is that of the readers. */
export function createSignals(readers: number): Signals {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * (cells.held + readers + 1)));
}

export function isStopped(signals: Signals): boolean {
  return Atomics.load(signals, cells.stop) === 1;
}

export function stopReaders(signals: Signals): void {
  Atomics.store(signals, cells.stop, 1);
  for (let cell = 0; cell < signals.length; cell++) Atomics.notify(signals, cell);
}

/** Index of the next file nobody reads yet. Waits while its turn is too far off. */
export function nextFile(signals: Signals): number {
  const index = Atomics.add(signals, cells.nextFile, 1);
  for (;;) {
    const applied = Atomics.load(signals, cells.appliedFiles);
    if (index < applied + filesAhead || isStopped(signals)) return index;
    Atomics.wait(signals, cells.appliedFiles, applied, waitMs);
  }
}

/** As `nextFile` for the writer, who does not wait: null where the file is not wanted, or its turn too far off. */
export function claimFile(signals: Signals, isWanted: (index: number) => boolean): number | null {
  const index = Atomics.load(signals, cells.nextFile);
  if (index >= Atomics.load(signals, cells.appliedFiles) + filesAhead || !isWanted(index)) return null;
  return Atomics.compareExchange(signals, cells.nextFile, index, index + 1) === index ? index : null;
}

export function fileApplied(signals: Signals): void {
  Atomics.add(signals, cells.appliedFiles, 1);
  Atomics.notify(signals, cells.appliedFiles);
}

/** Whoever reads says that it does. */
export function beat(signals: Signals): void {
  Atomics.add(signals, cells.beat, 1);
}

/** What changes for as long as anybody reads. */
export function signOfLife(signals: Signals): number {
  return Atomics.load(signals, cells.beat) + Atomics.load(signals, cells.posted);
}

/** A reader posted something. */
export function posted(signals: Signals): void {
  Atomics.add(signals, cells.posted, 1);
  Atomics.notify(signals, cells.posted);
}

export function postedSoFar(signals: Signals): number {
  return Atomics.load(signals, cells.posted);
}

/** Waits until more was posted than `seen`, a quarter of a second at most. */
export function waitForPost(signals: Signals, seen: number): void {
  Atomics.wait(signals, cells.posted, seen, waitMs);
}

/** A part of this size waits to be applied. */
export function partHeld(signals: Signals, reader: number, kilobytes: number): void {
  Atomics.add(signals, cells.held + reader, kilobytes);
}

export function partApplied(signals: Signals, reader: number, kilobytes: number): void {
  Atomics.sub(signals, cells.held + reader, kilobytes);
  Atomics.notify(signals, cells.held + reader);
}

/** Whether too much of what a reader posted is not applied yet. */
export function holdsMuch(signals: Signals, reader: number): boolean {
  return Atomics.load(signals, cells.held + reader) >= kilobytesAhead;
}

export function waitForRoom(signals: Signals, reader: number): void {
  for (;;) {
    const held = Atomics.load(signals, cells.held + reader);
    if (held < kilobytesAhead || isStopped(signals)) return;
    Atomics.wait(signals, cells.held + reader, held, waitMs);
  }
}

export function answersSoFar(signals: Signals): number {
  return Atomics.load(signals, cells.answered);
}

/** The writer answered a reader. */
export function answered(signals: Signals): void {
  Atomics.add(signals, cells.answered, 1);
  Atomics.notify(signals, cells.answered);
}

/** Waits until there are more answers than `seen`, a quarter of a second at most. */
export function waitForAnswer(signals: Signals, seen: number): void {
  Atomics.wait(signals, cells.answered, seen, waitMs);
}
