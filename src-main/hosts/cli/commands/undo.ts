import type { Outcome, Run } from '../command.ts';
import { readId } from '../options.ts';
import { counted, plain } from '../text.ts';

/** `llmlab undo`: exit 1 when there is no such import. */
export async function undo(run: Run, _options: object, text: string): Outcome {
  const importId = readId(text, 'an import (see llmlab imports)');
  const answer = await run.withCore(({ ask }) => ask('imports.undo', { importId }));
  const { removed, restored } = answer;
  run.print({ importId, ...answer }, () => {
    const back = restored > 0 ? `; ${counted(restored, 'record')} it had changed read as before` : '';
    return `Took back import ${importId} (${plain(answer.import.fileName)}): ${counted(removed, 'record')} removed${back}.`;
  });
  return undefined;
}
