/**
 * Enough of WebAssembly's binary format (core specification 2.0, with SIMD) to write a small module as expressions: an
 * expression is the bytes of its operands followed by its own. No toolchain is needed, neither to build nor to run.
 */
export type Code = readonly number[];

const types = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const;
export type Type = keyof typeof types;

function unsigned(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): readonly number[] {
  return value >= -64 && value < 64 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}

type Operation = (...operands: readonly Code[]) => Code;

function operation(...opcode: readonly number[]): Operation {
  return (...operands) => [...operands.flat(), ...opcode];
}

function onVectors(opcode: number): Operation {
  return operation(0xfd, ...unsigned(opcode));
}

/** The address is the first operand; `offset` is added to it. */
function inMemory(...opcode: readonly number[]) {
  return (offset: number, ...operands: readonly Code[]): Code => [
    ...operands.flat(),
    ...opcode,
    0,
    ...unsigned(offset),
  ];
}

export const int = (value: number): Code => [0x41, ...signed(value)];
export const isZero = operation(0x45);
export const same = operation(0x46);
export const differ = operation(0x47);
export const less = operation(0x49);
export const more = operation(0x4b);
export const atMost = operation(0x4d);
export const atLeast = operation(0x4f);
export const leadingZeros = operation(0x67);
export const trailingZeros = operation(0x68);
export const ones = operation(0x69);
export const plus = operation(0x6a);
export const minus = operation(0x6b);
export const times = operation(0x6c);
export const both = operation(0x71);
export const either = operation(0x72);
export const shiftLeft = operation(0x74);
export const byteAt = inMemory(0x2d);
export const intAt = inMemory(0x28);
export const putInt = inMemory(0x36);

export const zero: Code = [0x44, 0, 0, 0, 0, 0, 0, 0, 0];
/** `number * 10 + digit`, of an f64 and an i32. */
export const withDigit = (number: Code, digit: Code): Code => [
  ...number,
  ...[0x44, 0, 0, 0, 0, 0, 0, 0x24, 0x40, 0xa2],
  ...digit,
  ...[0xb8, 0xa0],
];
export const putNumber = inMemory(0x39);

/** A vector of one byte sixteen times. */
export const sixteen = (byte: number): Code => [0xfd, 0x0c, ...Array<number>(16).fill(byte)];
/** A vector of the byte an i32 says, sixteen times. */
export const sixteenOf = onVectors(0x0f);
export const vectorAt = inMemory(0xfd, 0x00);
export const putVector = inMemory(0xfd, 0x0b);
export const look = onVectors(0x0e);
export const sameBytes = onVectors(0x23);
export const differentBytes = onVectors(0x24);
export const lessBytes = onVectors(0x26);
export const bothBits = onVectors(0x4e);
export const eitherBits = onVectors(0x50);
export const differingBits = onVectors(0x51);
export const isAnySet = onVectors(0x53);
export const firstBits = onVectors(0x64);
export const shiftBytesRight = onVectors(0x6d);

/** A branch that answers nothing. */
export function when(condition: Code, then: readonly Code[], otherwise?: readonly Code[]): Code {
  const other = otherwise === undefined ? [] : [0x05, ...otherwise.flat()];
  return [...condition, 0x04, 0x40, ...then.flat(), ...other, 0x0b];
}

export function whilst(condition: Code, body: readonly Code[]): Code {
  return [0x03, 0x40, ...condition, 0x04, 0x40, ...body.flat(), 0x0c, 1, 0x0b, 0x0b];
}

/** Left by an answer only. */
export function forever(body: readonly Code[]): Code {
  return [0x03, 0x40, ...body.flat(), 0x0c, 0, 0x0b, 0x00];
}

export const answer = (value: Code): Code => [...value, 0x0f];

/** A local of a function, or a global of the module. */
export interface Variable {
  readonly get: Code;
  set(value: Code): Code;
}

export interface ModuleFunction {
  readonly call: Operation;
  /** Called once all functions are declared, so that they can call each other. */
  define(body: readonly Code[]): void;
  readonly parameters: readonly Variable[];
  local(type?: Type): Variable;
}

export interface ModuleWriter {
  global(): Variable;
  numberGlobal(): Variable;
  /** A function of i32 parameters that answers an i32. */
  function(parameters: number, exportAs?: string): ModuleFunction;
  /** The module: it imports its memory as `host.memory`. */
  bytes(): Uint8Array<ArrayBuffer>;
}

interface Defined {
  readonly parameters: number;
  readonly locals: Type[];
  body: readonly Code[];
}

const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];
const text = (value: string): Code => list([...Buffer.from(value)].map((byte) => [byte]));
const variable = (get: number, set: number, index: number): Variable => ({
  get: [get, ...unsigned(index)],
  set: (value) => [...value, set, ...unsigned(index)],
});

export function openModule(): ModuleWriter {
  const functions: Defined[] = [];
  const globals: Code[] = [];
  const exported: Code[] = [];

  function declareGlobal(type: Type, initial: Code): Variable {
    globals.push([types[type], 1, ...initial, 0x0b]);
    return variable(0x23, 0x24, globals.length - 1);
  }

  return {
    global: () => declareGlobal('i32', int(0)),
    numberGlobal: () => declareGlobal('f64', zero),
    function(parameters, exportAs) {
      const index = functions.length;
      if (exportAs !== undefined) exported.push([...text(exportAs), 0, ...unsigned(index)]);
      const defined: Defined = { parameters, locals: [], body: [] };
      functions.push(defined);
      return {
        call: operation(0x10, ...unsigned(index)),
        define(body) {
          defined.body = body;
        },
        parameters: Array.from({ length: parameters }, (_, at) => variable(0x20, 0x21, at)),
        local(type = 'i32') {
          defined.locals.push(type);
          return variable(0x20, 0x21, parameters + defined.locals.length - 1);
        },
      };
    },
    bytes() {
      const signatures = functions.map(
        ({ parameters }): Code => [
          0x60,
          ...list(Array<Code>(parameters).fill([types.i32])),
          ...list([[types.i32]]),
        ],
      );
      const memory: Code = [...text('host'), ...text('memory'), 2, 0, 1];
      return new Uint8Array([
        ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
        ...section(1, list(signatures)),
        ...section(2, list([memory])),
        ...section(3, list(functions.map((_, index) => unsigned(index)))),
        ...section(6, list(globals)),
        ...section(7, list(exported)),
        ...section(10, list(functions.map(codeOf))),
      ]);
    },
  };
}

function codeOf({ locals, body }: Defined): Code {
  const code = [...list(locals.map((type) => [1, types[type]])), ...body.flat(), 0x0b];
  return [...unsigned(code.length), ...code];
}
