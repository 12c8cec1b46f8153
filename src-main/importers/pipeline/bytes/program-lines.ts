import { found, needle, places } from './layout.ts';
import * as w from './wasm.ts';

const newline = w.sixteen(0x0a);

/**
 * `nextLine(from, to)`: the next whole line with a needle, searched from the start of a line on. Answers 1 and notes where
 * the line starts and ends; else 0 and where the last line starts, which has no newline yet. Counts the lines it passes.
 */
export function defineLines(module: w.ModuleWriter): void {
  const isNeedle = defineIsNeedle(module);
  const lineEnd = defineLineEnd(module);
  const [passForOne, passForMany] = [
    definePass(module, isNewlineOrNeedle),
    definePass(module, isNewlineOrAny),
  ];
  const nextLine = module.function(2, 'nextLine');
  const [from, to] = nextLine.parameters as [w.Variable, w.Variable];
  const [at, start, newlines, hits, lines] = [1, 2, 3, 4, 5].map(() => nextLine.local()) as Five;
  const [one, other] = [nextLine.local('v128'), nextLine.local('v128')];
  const bit = w.trailingZeros(hits.get);

  const note = (mask: w.Code): w.Code =>
    w.when(mask, [
      lines.set(w.plus(lines.get, w.ones(mask))),
      start.set(w.plus(at.get, w.minus(w.int(32), w.leadingZeros(mask)))),
    ]);
  const within = (mask: w.Variable): w.Code =>
    mask.set(w.both(mask.get, w.minus(w.shiftLeft(w.int(1), w.minus(to.get, at.get)), w.int(1))));
  const put = (offset: number, value: w.Code): w.Code => w.putInt(places.found + offset, w.int(0), value);

  nextLine.define([
    at.set(from.get),
    start.set(from.get),
    lines.set(w.intAt(places.found + found.lines, w.int(0))),
    w.whilst(w.less(at.get, to.get), [
      w.when(
        w.same(w.intAt(places.needleCount, w.int(0)), w.int(1)),
        [at.set(passForOne.call(at.get, to.get))],
        [at.set(passForMany.call(at.get, to.get))],
      ),
      one.set(w.vectorAt(0, at.get)),
      other.set(w.vectorAt(1, at.get)),
      newlines.set(w.firstBits(w.sameBytes(one.get, newline))),
      hits.set(w.firstBits(w.differentBytes(couldHold(one.get, other.get), w.sixteen(0)))),
      w.when(w.less(w.minus(to.get, at.get), w.int(16)), [within(newlines), within(hits)]),
      w.whilst(hits.get, [
        w.when(isNeedle.call(w.plus(at.get, bit), from.get, to.get), [
          // Newlines before the needle end other lines.
          newlines.set(w.both(newlines.get, w.minus(w.shiftLeft(w.int(1), bit), w.int(1)))),
          note(newlines.get),
          put(found.start, start.get),
          at.set(lineEnd.call(w.plus(at.get, bit), to.get)),
          put(found.end, at.get),
          put(found.lines, w.plus(lines.get, w.less(at.get, to.get))),
          w.answer(w.less(at.get, to.get)),
        ]),
        hits.set(w.both(hits.get, w.minus(hits.get, w.int(1)))),
      ]),
      note(newlines.get),
      at.set(w.plus(at.get, w.int(16))),
    ]),
    put(found.start, start.get),
    put(found.lines, lines.get),
    w.int(0),
  ]);
}

/** Not zero where a newline is or the two bytes could be that a needle is found by. */
function isNewlineOrAny(one: w.Code, other: w.Code): w.Code {
  return w.eitherBits(w.sameBytes(one, newline), couldHold(one, other));
}

/** The same for a single needle, in fewer steps. */
function isNewlineOrNeedle(one: w.Code, other: w.Code): w.Code {
  const probe = w.intAt(places.needles + needle.probe, w.int(0));
  const byte = (index: number): w.Code => w.sixteenOf(w.byteAt(places.needles + index, probe));
  return w.eitherBits(
    w.sameBytes(one, newline),
    w.bothBits(w.sameBytes(one, byte(0)), w.sameBytes(other, byte(1))),
  );
}

/** `pass(at, to)`: goes on, 32 bytes at a time, to the 16 bytes where something is or fewer than 32 are left. */
function definePass(
  module: w.ModuleWriter,
  isSomething: (one: w.Code, other: w.Code) => w.Code,
): w.ModuleFunction {
  const pass = module.function(2);
  const [at, to] = pass.parameters as [w.Variable, w.Variable];
  const [here, behind] = [pass.local('v128'), pass.local('v128')];
  const test = (offset: number): w.Code =>
    isSomething(w.vectorAt(offset, at.get), w.vectorAt(offset + 1, at.get));
  pass.define([
    w.forever([
      w.when(w.more(w.plus(at.get, w.int(32)), to.get), [w.answer(at.get)]),
      here.set(test(0)),
      behind.set(test(16)),
      w.when(w.isAnySet(w.eitherBits(here.get, behind.get)), [
        w.when(w.isAnySet(here.get), [w.answer(at.get)]),
        w.answer(w.plus(at.get, w.int(16))),
      ]),
      at.set(w.plus(at.get, w.int(32))),
    ]),
  ]);
  return pass;
}

function couldHold(one: w.Code, other: w.Code): w.Code {
  return w.bothBits(
    w.bothBits(couldBe(one, 0), couldBe(other, 2)),
    w.bothBits(couldBe(one, 1), couldBe(other, 3)),
  );
}

type Five = [w.Variable, w.Variable, w.Variable, w.Variable, w.Variable];

/** Of each byte the needles it could stand in, one bit each. Tables 0 and 2 go by its lower half, 1 and 3 by its upper. */
function couldBe(vector: w.Code, table: 0 | 1 | 2 | 3): w.Code {
  const half = table % 2 === 0 ? w.bothBits(vector, w.sixteen(0x0f)) : w.shiftBytesRight(vector, w.int(4));
  return w.look(w.vectorAt(places.needleTables + table * 16, w.int(0)), half);
}

/** `isNeedle(at, from, to)`: whether a needle lies between the two that has its probe at `at`. */
function defineIsNeedle(module: w.ModuleWriter): w.ModuleFunction {
  const isNeedle = module.function(3);
  const [at, from, to] = isNeedle.parameters as [w.Variable, w.Variable, w.Variable];
  const [one, last, start] = [isNeedle.local(), isNeedle.local(), isNeedle.local()];
  const end = w.plus(start.get, w.intAt(places.needles + needle.length, one.get));
  const difference = w.bothBits(
    w.differingBits(w.vectorAt(0, start.get), w.vectorAt(places.needles, one.get)),
    w.vectorAt(places.needles + needle.mask, one.get),
  );
  isNeedle.define([
    last.set(w.times(w.intAt(places.needleCount, w.int(0)), w.int(needle.size))),
    w.whilst(w.less(one.get, last.get), [
      start.set(w.minus(at.get, w.intAt(places.needles + needle.probe, one.get))),
      w.when(w.both(w.atLeast(start.get, from.get), w.atMost(end, to.get)), [
        w.when(w.isZero(w.isAnySet(difference)), [w.answer(w.int(1))]),
      ]),
      one.set(w.plus(one.get, w.int(needle.size))),
    ]),
    w.int(0),
  ]);
  return isNeedle;
}

/** The next newline from `at` on, or `to`. */
function defineLineEnd(module: w.ModuleWriter): w.ModuleFunction {
  const lineEnd = module.function(2);
  const [at, to] = lineEnd.parameters as [w.Variable, w.Variable];
  const mask = lineEnd.local();
  lineEnd.define([
    w.whilst(w.less(at.get, to.get), [
      mask.set(w.firstBits(w.sameBytes(w.vectorAt(0, at.get), newline))),
      w.when(mask.get, [
        at.set(w.plus(at.get, w.trailingZeros(mask.get))),
        w.when(w.less(at.get, to.get), [w.answer(at.get)]),
        w.answer(to.get),
      ]),
      at.set(w.plus(at.get, w.int(16))),
    ]),
    to.get,
  ]);
  return lineEnd;
}
