import type { IncomingMessage } from 'node:http';
import type { Refusal } from './reply.ts';

const mostBytes = 32 * 1024 * 1024;
const mostDepth = 64;
const patienceMs = 30_000;

export type JsonBody = { readonly value: unknown } | { readonly refusal: Refusal };

/** Reads a JSON body of at most 32 MiB and 64 levels, which must arrive within 30 seconds. */
export async function readJson(request: IncomingMessage): Promise<JsonBody> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  const impatience = setTimeout(() => request.destroy(), patienceMs);
  try {
    for await (const chunk of request) {
      size += chunk.length;
      if (size > mostBytes) return tooLarge;
      chunks.push(chunk);
    }
  } catch {
    return bad('The request ended before its body did.');
  } finally {
    clearTimeout(impatience);
  }
  return parse(Buffer.concat(chunks));
}

function parse(bytes: Buffer): JsonBody {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isWithinDepth(value, mostDepth) ? { value } : bad('The body is nested too deeply.');
  } catch {
    return bad('The body is not JSON.');
  }
}

/** Stops at the first level too deep, so a hostile value cannot run the stack out. */
function isWithinDepth(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((item) => isWithinDepth(item, levels - 1));
}

const tooLarge: JsonBody = {
  refusal: { status: 413, code: 'FILE_TOO_LARGE', message: 'The request is larger than 32 MiB.' },
};

function bad(message: string): JsonBody {
  return { refusal: { status: 400, code: 'BAD_INPUT', message } };
}
