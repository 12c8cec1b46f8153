import type { Outcome, Run } from '../command.ts';
import { counted } from '../text.ts';

/** `llmlab sample load`: made-up weeks to look around in. */
export async function loadSample(run: Run): Outcome {
  const answer = await run.withCore(({ ask }) => ask('sample.load', {}));
  run.print(answer, () => `Sample data is in: ${counted(answer.imports, 'import')}.`);
  run.hint('Take it out again with: llmlab sample remove');
  return undefined;
}

/** `llmlab sample remove`: what is real stays. */
export async function removeSample(run: Run): Outcome {
  const answer = await run.withCore(({ ask }) => ask('sample.remove', {}));
  run.print(answer, () => `Sample data is gone: ${counted(answer.removed, 'record')} removed.`);
  return undefined;
}
