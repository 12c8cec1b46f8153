import type { Command } from 'commander';
import type { Runs } from './command.ts';

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** Commands that reach vendors: their keys, what they report, and calls to their models. */
export function addVendorCommands(program: Command, runs: Runs): void {
  program
    .command('models [provider]')
    .description('the models of your connections, with the price calls are counted at and the vendor’s own')
    .option('--refresh', 'ask the vendors first')
    .action(
      runs(async () => {
        const { models } = await import('./commands/models.ts');
        return (run, options: { refresh?: boolean }, provider: string | undefined) =>
          models(run, options, provider);
      }),
    );
  program
    .command('ask <model> <prompt>')
    .description('send one prompt and keep the call in the ledger; - reads the prompt from standard input')
    .option('--stream', 'print the reply while it is written')
    .option('--system <text>', 'a system prompt')
    .option('--temperature <number>', 'from 0 to 2')
    .option('--max-tokens <number>', 'the most the reply may have')
    .option('--image <file>', 'an image to send along; may be given again', collect, [])
    .option('--json-reply', 'ask for JSON')
    .option('--schema <file>', 'a JSON Schema the reply must follow')
    .option('--param <name=value>', 'a parameter only this vendor knows; may be given again', collect, [])
    .action(
      runs(async () => {
        const { ask } = await import('./commands/ask.ts');
        return (run, options: object, model: string, prompt: string) => ask(run, options, model, prompt);
      }),
    );
}
