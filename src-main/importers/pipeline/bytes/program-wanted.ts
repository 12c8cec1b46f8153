import { keptBytes, kinds, longestName, name, node, places, slot } from './layout.ts';
import type { Shared } from './program-scalars.ts';
import * as w from './wasm.ts';

const no = w.int(0);
const fail = w.answer(no);

/** The wanted name that these bytes are, or 0. */
export function defineFind(module: w.ModuleWriter): w.ModuleFunction {
  const find = module.function(3);
  const [wanted, start, length] = find.parameters as [w.Variable, w.Variable, w.Variable];
  const one = find.local();
  find.define([
    w.when(w.more(w.minus(length.get, w.int(1)), w.int(longestName - 1)), [fail]),
    one.set(w.intAt(0, w.plus(wanted.get, w.times(chainOf(start.get, length.get), w.int(4))))),
    w.whilst(one.get, [
      w.when(w.same(w.intAt(name.length, one.get), length.get), [
        w.when(w.isZero(differs(start.get, w.plus(one.get, w.int(name.bytes)), length.get)), [
          w.answer(one.get),
        ]),
      ]),
      one.set(w.intAt(name.next, one.get)),
    ]),
    no,
  ]);
  return find;

  function differs(a: w.Code, b: w.Code, size: w.Code): w.Code {
    const half = (offset: number): w.Code =>
      w.bothBits(
        w.differingBits(w.vectorAt(offset, a), w.vectorAt(offset, b)),
        w.vectorAt(offset, maskOf(size)),
      );
    return w.isAnySet(w.eitherBits(half(0), half(16)));
  }
}

/** Where the mask of the first so many bytes, of up to 32, begins. */
const maskOf = (size: w.Code): w.Code => w.minus(w.int(places.masks + 32), size);

/** The same as `chainOf` of tables.ts. */
function chainOf(start: w.Code, length: w.Code): w.Code {
  const ends = w.plus(
    w.times(w.byteAt(0, start), w.int(7)),
    w.byteAt(0, w.minus(w.plus(start, length), w.int(1))),
  );
  return w.both(w.plus(ends, w.times(length, w.int(3))), w.int(node.chains - 1));
}

/** Notes a value in its slot; 0 where the field stands there for the second time. */
export function defineNote(module: w.ModuleWriter, { kind, whole }: Shared): w.ModuleFunction {
  const note = module.function(3);
  const [at, start, end] = note.parameters as [w.Variable, w.Variable, w.Variable];
  const isKept = defineIsKept(module);
  note.define([
    w.when(w.intAt(slot.kind, at.get), [fail]),
    w.when(w.same(kind.get, w.int(kinds.text)), [
      w.when(
        w.isZero(
          isKept.call(at.get, w.plus(start.get, w.int(1)), w.minus(w.minus(end.get, start.get), w.int(2))),
        ),
        [w.putInt(slot.version, at.get, w.plus(w.intAt(slot.version, at.get), w.int(1)))],
      ),
    ]),
    w.putInt(slot.kind, at.get, kind.get),
    w.putInt(slot.start, at.get, start.get),
    w.putInt(slot.end, at.get, end.get),
    w.putNumber(slot.number, at.get, whole.get),
    w.int(1),
  ]);
  return note;
}

/** Whether a text is the one kept in a slot; another one is kept in its place. */
function defineIsKept(module: w.ModuleWriter): w.ModuleFunction {
  const isKept = module.function(3);
  const [at, start, length] = isKept.parameters as [w.Variable, w.Variable, w.Variable];
  const [kept, done, differs] = [isKept.local(), isKept.local(), isKept.local()];
  const bytes = isKept.local('v128');
  const there = w.plus(kept.get, done.get);
  const step16 = done.set(w.plus(done.get, w.int(16)));
  isKept.define([
    kept.set(w.intAt(slot.kept, at.get)),
    w.when(w.same(w.intAt(slot.keptLength, at.get), length.get), [
      w.whilst(w.less(w.plus(done.get, w.int(16)), length.get), [
        bytes.set(w.differingBits(w.vectorAt(0, w.plus(start.get, done.get)), w.vectorAt(0, there))),
        differs.set(w.either(differs.get, w.isAnySet(bytes.get))),
        step16,
      ]),
      bytes.set(w.differingBits(w.vectorAt(0, w.plus(start.get, done.get)), w.vectorAt(0, there))),
      bytes.set(w.bothBits(bytes.get, w.vectorAt(0, maskOf(w.minus(length.get, done.get))))),
      w.when(w.isZero(w.either(differs.get, w.isAnySet(bytes.get))), [w.answer(w.int(1))]),
    ]),
    w.putInt(slot.keptLength, at.get, w.int(-1)),
    w.when(w.more(length.get, w.int(keptBytes)), [fail]),
    w.putInt(slot.keptLength, at.get, length.get),
    done.set(no),
    w.whilst(w.less(done.get, length.get), [
      w.putVector(0, there, w.vectorAt(0, w.plus(start.get, done.get))),
      step16,
    ]),
    no,
  ]);
  return isKept;
}
