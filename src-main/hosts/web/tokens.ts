import type { IncomingMessage } from 'node:http';
import type { Refusal } from './reply.ts';

/** Every value the browser sends under this cookie name: another port's page can add one, but not take ours away. */
export function cookiesNamed(request: IncomingMessage, name: string): readonly string[] {
  return (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}

export const unauthorised: Refusal = {
  status: 401,
  code: 'FORBIDDEN',
  message:
    'This link has been used or is older than a minute. A fresh one is shown where LLMLab was started.',
};

/** `seconds` as `Sessions.fail` answers: null while wrong tokens are few. */
export function tooManyFailures(seconds: number): Refusal | null {
  if (seconds === 0) return null;
  const headers = { 'retry-after': String(seconds) };
  return { status: 429, code: 'BUSY', message: `Too many wrong tokens. Wait ${seconds} seconds.`, headers };
}
