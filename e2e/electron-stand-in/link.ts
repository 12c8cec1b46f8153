import type { Ask, Tell, ToChild, ToParent } from './messages.ts';

type Answer = (ask: Ask) => unknown;

/** The stand-in's end of the channel to the test process. */
export function tell(message: Tell): void {
  send({ tell: message });
}

export function answerAsks(answer: Answer): void {
  process.on('message', ({ id, ask }: ToChild) => {
    Promise.resolve()
      .then(() => answer(ask))
      .then(
        (value) => send({ id, value }),
        (error: unknown) =>
          send({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
  });
}

function send(message: ToParent): void {
  // The test process may have gone first.
  if (process.connected) process.send?.(message, undefined, {}, () => {});
}
