import { deepest, kinds, name, places, slot } from './layout.ts';
import { defineNumber, defineString, type Shared, step } from './program-scalars.ts';
import { defineFind, defineNote } from './program-wanted.ts';
import * as w from './wasm.ts';

const [blank, quote, colon, comma] = [0x20, 0x22, 0x3a, 0x2c].map(w.int) as Codes;
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d].map(w.int) as Codes;
type Codes = [w.Code, w.Code, w.Code, w.Code];
const no = w.int(0);
const fail = w.answer(no);

/**
 * `fields(start, end)`: whether these bytes are one JSON object, with its wanted fields noted in their slots. Functions
 * take the place of a value's first byte and answer with the place behind it, or 0 where it is not what it should be. A
 * byte below a blank must stand at `end`: it ends whatever runs on.
 */
export function defineJson(module: w.ModuleWriter): void {
  const shared: Shared = { kind: module.global(), isPlain: module.global(), whole: module.numberGlobal() };
  const string = defineString(module, shared);
  const number = defineNumber(module, shared);
  const value = module.function(3);
  const object = defineObject(module, {
    shared,
    string,
    value,
    find: defineFind(module),
    note: defineNote(module, shared),
  });
  const array = defineArray(module, shared, value);
  const [at, depth, wanted] = value.parameters as [w.Variable, w.Variable, w.Variable];
  const byte = value.local();
  const literal = (text: string, kind: number): w.Code =>
    w.when(w.same(w.intAt(0, at.get), w.int(Buffer.from(text.slice(-4)).readInt32LE())), [
      shared.kind.set(w.int(kind)),
      w.answer(w.plus(at.get, w.int(4))),
    ]);
  value.define([
    byte.set(w.byteAt(0, at.get)),
    w.when(w.same(byte.get, quote), [
      shared.isPlain.set(w.int(1)),
      at.set(string.call(w.plus(at.get, w.int(1)))),
      w.when(w.isZero(at.get), [fail]),
      shared.kind.set(w.int(kinds.json)),
      w.when(shared.isPlain.get, [shared.kind.set(w.int(kinds.text))]),
      w.answer(w.plus(at.get, w.int(1))),
    ]),
    w.when(w.same(byte.get, openBrace), [
      w.answer(object.call(w.plus(at.get, w.int(1)), depth.get, wanted.get)),
    ]),
    w.when(w.same(byte.get, openBracket), [w.answer(array.call(w.plus(at.get, w.int(1)), depth.get))]),
    literal('true', kinds.true),
    literal('null', kinds.null),
    w.when(w.same(byte.get, w.int(0x66)), [
      at.set(w.plus(at.get, w.int(1))),
      literal('false', kinds.false),
      fail,
    ]),
    number.call(at.get),
  ]);
  defineFields(module, object);
}

function defineFields(module: w.ModuleWriter, object: w.ModuleFunction): void {
  const fields = module.function(3, 'fields');
  const [start, end, slotsEnd] = fields.parameters as [w.Variable, w.Variable, w.Variable];
  const at = fields.local();
  fields.define([
    at.set(w.int(places.slots)),
    w.whilst(w.less(at.get, slotsEnd.get), [
      w.putInt(slot.kind, at.get, w.int(kinds.absent)),
      at.set(w.plus(at.get, w.int(slot.size))),
    ]),
    w.when(w.differ(w.byteAt(0, start.get), openBrace), [fail]),
    at.set(object.call(w.plus(start.get, w.int(1)), w.int(1), w.int(places.nodes))),
    w.same(at.get, end.get),
  ]);
}

const passBlanks = (at: w.Variable): w.Code =>
  w.whilst(w.same(w.byteAt(0, at.get), blank), [at.set(w.plus(at.get, w.int(1)))]);

interface ObjectParts {
  readonly shared: Shared;
  readonly string: w.ModuleFunction;
  readonly value: w.ModuleFunction;
  readonly find: w.ModuleFunction;
  readonly note: w.ModuleFunction;
}

/** From behind the opening brace. `wanted` is the node with the names wanted of this object, 0 for none. */
function defineObject(
  module: w.ModuleWriter,
  { shared, string, value, find, note }: ObjectParts,
): w.ModuleFunction {
  const object = module.function(3);
  const [at, depth, wanted] = object.parameters as [w.Variable, w.Variable, w.Variable];
  const [start, field, child] = [object.local(), object.local(), object.local()];
  const end = [
    shared.kind.set(w.int(kinds.json)),
    w.when(wanted.get, [shared.kind.set(w.int(kinds.object))]),
    w.answer(w.plus(at.get, w.int(1))),
  ];
  object.define([
    w.when(w.more(depth.get, w.int(deepest)), [fail]),
    passBlanks(at),
    w.when(w.same(w.byteAt(0, at.get), closeBrace), end),
    w.forever([
      w.when(w.differ(w.byteAt(0, at.get), quote), [fail]),
      start.set(w.plus(at.get, w.int(1))),
      shared.isPlain.set(w.int(1)),
      at.set(string.call(start.get)),
      w.when(w.isZero(at.get), [fail]),
      field.set(no),
      child.set(no),
      w.when(wanted.get, [
        // A name written with escapes could be a wanted one.
        w.when(w.isZero(shared.isPlain.get), [fail]),
        field.set(find.call(wanted.get, start.get, w.minus(at.get, start.get))),
        w.when(field.get, [child.set(w.intAt(name.node, field.get))]),
      ]),
      step(at),
      passBlanks(at),
      w.when(w.differ(w.byteAt(0, at.get), colon), [fail]),
      step(at),
      passBlanks(at),
      start.set(at.get),
      at.set(value.call(at.get, w.plus(depth.get, w.int(1)), child.get)),
      w.when(w.isZero(at.get), [fail]),
      w.when(field.get, [
        w.when(w.isZero(note.call(w.intAt(name.slot, field.get), start.get, at.get)), [fail]),
      ]),
      passBlanks(at),
      w.when(w.same(w.byteAt(0, at.get), closeBrace), end),
      w.when(w.differ(w.byteAt(0, at.get), comma), [fail]),
      step(at),
      passBlanks(at),
    ]),
  ]);
  return object;
}

function defineArray(module: w.ModuleWriter, { kind }: Shared, value: w.ModuleFunction): w.ModuleFunction {
  const array = module.function(2);
  const [at, depth] = array.parameters as [w.Variable, w.Variable];
  const end = [kind.set(w.int(kinds.json)), w.answer(w.plus(at.get, w.int(1)))];
  array.define([
    w.when(w.more(depth.get, w.int(deepest)), [fail]),
    passBlanks(at),
    w.when(w.same(w.byteAt(0, at.get), closeBracket), end),
    w.forever([
      at.set(value.call(at.get, w.plus(depth.get, w.int(1)), no)),
      w.when(w.isZero(at.get), [fail]),
      passBlanks(at),
      w.when(w.same(w.byteAt(0, at.get), closeBracket), end),
      w.when(w.differ(w.byteAt(0, at.get), comma), [fail]),
      step(at),
      passBlanks(at),
    ]),
  ]);
  return array;
}
