import { defineJson } from './program-json.ts';
import { defineLines } from './program-lines.ts';
import { openModule } from './wasm.ts';

/**
 * The program that looks at a log's bytes: `nextLine` finds lines with a needle, `fields` checks that a line is a JSON
 * object and notes where its wanted fields stand. It is stricter than JSON.parse: what it accepts is what JSON.parse
 * would make of the line, and all else is left to that.
 */
export function scannerProgram(): Uint8Array<ArrayBuffer> {
  const module = openModule();
  defineLines(module);
  defineJson(module);
  return module.bytes();
}
