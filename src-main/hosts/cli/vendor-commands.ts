import type { Command } from 'commander';
import type { Runs } from './command.ts';

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** Commands that reach vendors: their keys, what they report, and calls to their models. */
export function addVendorCommands(program: Command, runs: Runs): void {
  addKeyCommands(program, runs);
  addSyncCommands(program, runs);
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

function addKeyCommands(program: Command, runs: Runs): void {
  const keys = program
    .command('keys')
    .description('the keys of your vendors; they are kept encrypted and never shown again')
    .action(runs(async () => (await import('./commands/keys.ts')).listKeys));
  keys
    .command('set <provider>')
    .description('connect a vendor or change its key: typed unseen, or through standard input')
    .option('--field <name=value>', 'a field that is no secret; may be given again', collect, [])
    .option('--secret <name>', 'only this secret, where the vendor has several')
    .option('--name <name>', 'what the connection is called; a new name makes a further one')
    .option('--account <name>', 'the account it reports to')
    .option('--base-url <url>', 'another address than the vendor’s own')
    .option('--local', 'that address is on this machine or its network')
    .action(runs(async () => (await import('./commands/keys.ts')).setKey));
  keys
    .command('list')
    .description('list them, by how they end')
    .action(runs(async () => (await import('./commands/keys.ts')).listKeys));
  keys
    .command('adopt <provider> <variable>')
    .description('keep the key an environment variable holds')
    .action(runs(async () => (await import('./commands/keys.ts')).adoptKey));
  keys
    .command('test <connection>')
    .description('ask the vendor what a key may do')
    .action(runs(async () => (await import('./commands/keys.ts')).testKeys));
  keys
    .command('remove <connection>')
    .description('forget a connection and its keys; the ledger keeps what it brought')
    .action(runs(async () => (await import('./commands/keys.ts')).removeKey));
}

function addSyncCommands(program: Command, runs: Runs): void {
  program
    .command('providers')
    .description('list the vendors LLMLab can reach, and what each offers')
    .action(runs(async () => (await import('./commands/providers.ts')).listProviders))
    .command('test [connection]')
    .description('ask connected vendors what their keys may do')
    .option('--all', 'every connection')
    .action(runs(async () => (await import('./commands/providers.ts')).testProviders));
  program
    .command('sync [source]')
    .description('read what vendors report now: of all, one connection (name or number) or one vendor')
    .option('--report <report>', 'only this report: costs, usage, balance, models …')
    .action(runs(async () => (await import('./commands/sync.ts')).sync));
}
