/** What the writer and the thread that reads rows see of each other while both are busy: whole numbers in shared memory. */
const cells = { posted: 0, applied: 1, answered: 2, stop: 3, beat: 4, ended: 5, started: 6 } as const;

/** Pieces on their way at most: each has its own part of the shared numbers. */
export const piecesAhead = 6;
const waitMs = 100;

export type Turns = Int32Array<SharedArrayBuffer>;

export function createTurns(): Turns {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * Object.keys(cells).length));
}

export function isStopped(turns: Turns): boolean {
  return Atomics.load(turns, cells.stop) === 1;
}

export function stopReading(turns: Turns): void {
  Atomics.store(turns, cells.stop, 1);
  for (let cell = 0; cell < turns.length; cell++) Atomics.notify(turns, cell);
}

/** The writer has said what to read. */
export function started(turns: Turns): void {
  Atomics.store(turns, cells.started, 1);
  Atomics.notify(turns, cells.started);
}

/** The reader waits until there is something to read. False when it was stopped. */
export function waitForStart(turns: Turns): boolean {
  while (Atomics.load(turns, cells.started) === 0) {
    if (isStopped(turns)) return false;
    Atomics.wait(turns, cells.started, 0, waitMs);
  }
  return !isStopped(turns);
}

/** The reader posted something; it waits until what it fills next is free. */
export function posted(turns: Turns): void {
  Atomics.add(turns, cells.posted, 1);
  Atomics.notify(turns, cells.posted);
  for (;;) {
    const applied = Atomics.load(turns, cells.applied);
    if (Atomics.load(turns, cells.posted) - applied < piecesAhead || isStopped(turns)) return;
    Atomics.wait(turns, cells.applied, applied, waitMs);
  }
}

export function applied(turns: Turns): void {
  Atomics.add(turns, cells.applied, 1);
  Atomics.notify(turns, cells.applied);
}

/** The reader says that it is alive. */
export function beat(turns: Turns): void {
  Atomics.add(turns, cells.beat, 1);
}

/** What changes for as long as the reader is alive. */
export function signOfLife(turns: Turns): number {
  return Atomics.load(turns, cells.beat) + Atomics.load(turns, cells.posted);
}

export function postedSoFar(turns: Turns): number {
  return Atomics.load(turns, cells.posted);
}

/** The writer waits until more was posted than `seen`, a tenth of a second at most. */
export function waitForPost(turns: Turns, seen: number): void {
  Atomics.wait(turns, cells.posted, seen, waitMs);
}

export function answersSoFar(turns: Turns): number {
  return Atomics.load(turns, cells.answered);
}

export function answered(turns: Turns): void {
  Atomics.add(turns, cells.answered, 1);
  Atomics.notify(turns, cells.answered);
}

/** The reader waits until it has more answers than `seen`. False when it was stopped. */
export function waitForAnswer(turns: Turns, seen: number): boolean {
  while (answersSoFar(turns) === seen) {
    if (isStopped(turns)) return false;
    Atomics.wait(turns, cells.answered, seen, waitMs);
  }
  return true;
}

/** The reader has closed its file, whatever came of it. */
export function ended(turns: Turns): void {
  Atomics.store(turns, cells.ended, 1);
  Atomics.notify(turns, cells.ended);
}

/** Waits until the reader has closed its file, which the caller may then remove. */
export function waitForEnd(turns: Turns, mostMs: number): void {
  if (Atomics.load(turns, cells.ended) === 0) Atomics.wait(turns, cells.ended, 0, mostMs);
}
