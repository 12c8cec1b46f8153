import { classes, kinds, places } from './layout.ts';
import * as w from './wasm.ts';

/** What functions hand each other besides the place they came to. */
export interface Shared {
  readonly kind: w.Variable;
  readonly isPlain: w.Variable;
  readonly whole: w.Variable;
}

const fail = w.answer(w.int(0));
export const step = (at: w.Variable): w.Code => at.set(w.plus(at.get, w.int(1)));
const classOf = (byte: w.Code): w.Code => w.byteAt(places.classes, byte);

/** From behind the opening quote to the closing one. */
export function defineString(module: w.ModuleWriter, { isPlain }: Shared): w.ModuleFunction {
  const string = module.function(1);
  const [at] = string.parameters as [w.Variable];
  const [mask, byte] = [string.local(), string.local()];
  const bytes = string.local('v128');
  const isHex = (offset: number): w.Code => w.both(classOf(w.byteAt(offset, at.get)), w.int(classes.hex));
  string.define([
    w.forever([
      bytes.set(w.vectorAt(0, at.get)),
      mask.set(
        w.firstBits(
          w.eitherBits(
            w.eitherBits(w.sameBytes(bytes.get, w.sixteen(0x22)), w.sameBytes(bytes.get, w.sixteen(0x5c))),
            w.lessBytes(bytes.get, w.sixteen(0x20)),
          ),
        ),
      ),
      w.when(
        w.isZero(mask.get),
        [at.set(w.plus(at.get, w.int(16)))],
        [
          at.set(w.plus(at.get, w.trailingZeros(mask.get))),
          byte.set(w.byteAt(0, at.get)),
          w.when(w.same(byte.get, w.int(0x22)), [w.answer(at.get)]),
          w.when(w.differ(byte.get, w.int(0x5c)), [fail]),
          isPlain.set(w.int(0)),
          byte.set(w.byteAt(1, at.get)),
          w.when(
            w.same(byte.get, w.int(0x75)),
            [
              w.when(w.isZero(w.both(w.both(isHex(2), isHex(3)), w.both(isHex(4), isHex(5)))), [fail]),
              at.set(w.plus(at.get, w.int(6))),
            ],
            [
              w.when(w.isZero(w.both(classOf(byte.get), w.int(classes.escape))), [fail]),
              at.set(w.plus(at.get, w.int(2))),
            ],
          ),
        ],
      ),
    ]),
  ]);
  return string;
}

/** A whole number of at most 15 digits is worked out; others are only checked. */
export function defineNumber(module: w.ModuleWriter, { kind, whole }: Shared): w.ModuleFunction {
  const number = module.function(1);
  const [at] = number.parameters as [w.Variable];
  const [start, isWhole] = [number.local(), number.local()];
  const value = number.local('f64');
  const byte = w.byteAt(0, at.get);
  const digit = w.minus(byte, w.int(0x30));
  const isDigit = w.less(digit, w.int(10));
  const digits = [w.when(w.isZero(isDigit), [fail]), w.whilst(isDigit, [step(at)])];
  number.define([
    isWhole.set(w.int(1)),
    start.set(at.get),
    w.when(w.same(byte, w.int(0x2d)), [isWhole.set(w.int(0)), step(at)]),
    w.when(
      w.same(byte, w.int(0x30)),
      [step(at)],
      [
        w.when(w.isZero(isDigit), [fail]),
        w.whilst(isDigit, [value.set(w.withDigit(value.get, digit)), step(at)]),
      ],
    ),
    w.when(w.more(w.minus(at.get, start.get), w.int(15)), [isWhole.set(w.int(0))]),
    w.when(w.same(byte, w.int(0x2e)), [isWhole.set(w.int(0)), step(at), ...digits]),
    w.when(w.same(w.either(byte, w.int(0x20)), w.int(0x65)), [
      isWhole.set(w.int(0)),
      step(at),
      w.when(w.either(w.same(byte, w.int(0x2b)), w.same(byte, w.int(0x2d))), [step(at)]),
      ...digits,
    ]),
    kind.set(w.int(kinds.json)),
    w.when(isWhole.get, [kind.set(w.int(kinds.whole)), whole.set(value.get)]),
    at.get,
  ]);
  return number;
}
