import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock, Log } from './ports.ts';
import { redactFacts, redactText } from './redact.ts';

type Level = 'info' | 'warn' | 'error';

/** A log that hands each event over as one redacted line: time, level, message, facts as JSON. */
export function createLog(clock: Clock, write: (line: string) => void): Log {
  const at = (level: Level) => (message: string, facts?: Readonly<Record<string, unknown>>) => {
    const tail = facts === undefined ? '' : ` ${JSON.stringify(redactFacts(facts))}`;
    const text = redactText(message).replace(/[\r\n]+/g, ' ');
    write(`${new Date(clock.now()).toISOString()} ${level} ${text}${tail}\n`);
  };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

export interface LogFile {
  readonly path: string;
  /** A file this large is put aside as `.1` (and `.1` as `.2`) before the next line. */
  readonly maxBytes?: number;
  readonly keep?: number;
}

/**
 * Appends lines to a file that is turned over when full. Never throws: a full disk or a folder that cannot be
 * written must not take down what is being logged.
 */
export function writeToFile({ path, maxBytes = 4 * 1024 * 1024, keep = 2 }: LogFile): (line: string) => void {
  let size: number | null = null;
  return (line) => {
    try {
      if (size === null) size = openSize(path);
      if (size + line.length > maxBytes && size > 0) {
        turnOver(path, keep);
        size = 0;
      }
      appendFileSync(path, line, { mode: 0o600 });
      size += Buffer.byteLength(line);
    } catch {
      size = null;
    }
  };
}

function openSize(path: string): number {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function turnOver(path: string, keep: number): void {
  for (let n = keep; n >= 1; n -= 1) {
    const older = n === 1 ? path : `${path}.${n - 1}`;
    if (statSync(older, { throwIfNoEntry: false })) renameSync(older, `${path}.${n}`);
  }
}
