import { Command } from 'commander';
import type { Mapping } from '../../../src-preload/contract/imports.ts';
import { appRoot } from '../../platform/app-root.ts';
import {
  addGlobalOptions,
  createRun,
  type GlobalOptions,
  type Outcome,
  type Run,
  type Runs,
} from './command.ts';
import { exitCodes, UsageError } from './failure.ts';
import type { Io } from './io.ts';
import { addReconcileCommands } from './reconcile-commands.ts';
import { suggestion } from './suggestion.ts';
import { addVaultCommands } from './vault-commands.ts';
import { addVendorCommands } from './vendor-commands.ts';

/** What a column can be; not read from the schema, which help need not load. */
export const mapRoles: readonly (keyof Mapping['columns'])[] = [
  ...(['date', 'cost', 'currency', 'model', 'provider', 'project', 'session', 'requests'] as const),
  ...(['input', 'cacheRead', 'cacheWrite', 'output', 'reasoning', 'callId'] as const),
];

type Finish = (exitCode: number) => void;

/** Every command with its flags. What a command does is loaded only when it is the one that runs. */
export function buildProgram(io: Io, finish: Finish): Command {
  const program = addGlobalOptions(new Command('llmlab'))
    .description('One honest local ledger of what you spend on LLMs.')
    .version(appRoot().version, '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: () => {}, outputError: () => {} })
    .addHelpText('after', '\nExit codes: 0 done, 1 nothing usable, 2 wrong use. Start with `llmlab scan`.');
  program.action((_options, command: Command) => {
    refuseUnknown(command);
    program.outputHelp();
  });
  const runs =
    <A extends readonly unknown[], O extends object>(
      load: () => Promise<(run: Run, options: O, ...args: A) => Outcome>,
    ) =>
    async (...parameters: unknown[]) => {
      const command = parameters.at(-1) as Command;
      if (command.commands.length > 0) refuseUnknown(command);
      const options = command.optsWithGlobals<GlobalOptions & O>();
      // Commander passes the arguments as declared, then the options and the command.
      const args = parameters.slice(0, -2) as unknown as A;
      finish((await (await load())(createRun(io, options), options, ...args)) ?? exitCodes.done);
    };
  addDataCommands(program, runs);
  addBookCommands(program, runs);
  addReconcileCommands(program, runs);
  addVendorCommands(program, runs);
  addVaultCommands(program, runs);
  addHostCommands(program, runs);
  const groups = [program, ...program.commands].filter(({ commands }) => commands.length > 0);
  // Else a mistyped command reads "too many arguments".
  for (const group of groups) group.allowExcessArguments();
  return program;
}

/** What is left over on a command that has commands of its own was meant as one of them. */
function refuseUnknown({ args, commands }: Command): void {
  const [word] = args;
  if (word === undefined) return;
  const names = commands.map((one) => one.name());
  throw new UsageError(`unknown command ${word}.${suggestion(word, names)} There are ${names.join(', ')}.`);
}

function addDataCommands(program: Command, runs: Runs): void {
  program
    .command('import <file...>')
    .description('bring in billing CSVs and logs (plain, gzip or zip)')
    .option('--as <format>', 'read them as this format (see llmlab formats)')
    .option('--account <name>', 'the account they belong to; made when there is none')
    .option('--dry-run', 'say what would happen and write nothing')
    .option(
      '--map <pairs>',
      `columns of a CSV no format knows: date=Day,cost="Cost, USD" … of ${mapRoles.join(', ')}`,
    )
    .option(
      '--map-options <pairs>',
      'dateFormat, zone, decimal, currency, provider, evidence, inputIncludesCache, name',
    )
    .action(runs(async () => (await import('./commands/import.ts')).importFiles));
  program
    .command('scan')
    .description('read what coding agents logged on this machine since the last time')
    .option('--tool <name...>', 'only these tools')
    .option('--watch', 'then go on reading what they write, until Ctrl-C')
    .action(runs(async () => (await import('./commands/scan.ts')).scan));
  program
    .command('undo <import>')
    .description('take an import back as a whole (its number is in llmlab imports)')
    .action(runs(async () => (await import('./commands/undo.ts')).undo));
  program
    .command('imports')
    .description('list what was brought in, newest first')
    .action(runs(async () => (await import('./commands/imports.ts')).listImports));
  program
    .command('formats')
    .description('list the formats files can be read as')
    .action(runs(async () => (await import('./commands/formats.ts')).listFormats));
}

function addBookCommands(program: Command, runs: Runs): void {
  program
    .command('report')
    .description('what was spent, on what, with the evidence')
    .option(
      '--by <keys>',
      'day, model, provider, project, account, source, session; several with commas',
      'day',
    )
    .option('--from <date>', 'first day')
    .option('--to <date>', 'last day, included')
    .option('--tz <zone>', 'the zone days are counted in, for this report')
    .action(runs(async () => (await import('./commands/report.ts')).report));
  program
    .command('export')
    .description('write the records as CSV, JSON or FOCUS')
    .requiredOption('--format <format>', 'csv, json or focus')
    .option('--out <file>', 'write to a file instead of stdout')
    .option('--from <date>', 'first day')
    .option('--to <date>', 'last day, included')
    .action(runs(async () => (await import('./commands/export.ts')).exportRecords));
  program
    .command('sources')
    .description('list where records come from, and to which account each belongs')
    .action(runs(async () => (await import('./commands/sources.ts')).listSources))
    .command('assign <source> <account>')
    .description('move a source with all its records to another account')
    .action(runs(async () => (await import('./commands/sources.ts')).assignSource));
  addAccountCommands(program, runs);
  addPriceCommands(program, runs);
}

function addAccountCommands(program: Command, runs: Runs): void {
  const accounts = program
    .command('accounts')
    .description('list accounts: api (pays per use), plan (flat fee) or local')
    .action(runs(async () => (await import('./commands/accounts.ts')).listAccounts));
  for (const [name, description] of [
    ['add', 'make an account'],
    ['set', 'change an account'],
  ] as const) {
    accounts
      .command(`${name} <name>`)
      .description(description)
      .option('--kind <kind>', 'api, plan or local')
      .option('--provider <provider>', 'who bills it: openai, anthropic …')
      .option('--fee <usd>', 'flat fee of a plan in USD per cycle, or none')
      .option('--cycle <cycle>', 'month or year')
      .option('--start <date>', 'the first day the fee was charged')
      .option('--end <date>', 'the last day of the plan')
      .option('--rename <name>', 'its new name')
      .action(
        runs(async () => {
          const { addAccount, setAccount } = await import('./commands/accounts.ts');
          return name === 'add' ? addAccount : setAccount;
        }),
      );
  }
}

function addPriceCommands(program: Command, runs: Runs): void {
  const prices = program
    .command('prices')
    .description('list your prices and aliases, and the models without a price')
    .action(runs(async () => (await import('./commands/prices.ts')).listPrices));
  prices
    .command('set <model>')
    .description('a price of your own, in USD per million tokens')
    .requiredOption('--input <usd>', 'of input tokens')
    .requiredOption('--output <usd>', 'of output tokens')
    .option('--cache-read <usd>', 'of tokens read from cache; no price for them when left out')
    .option('--cache-write-5m <usd>', 'of tokens written to cache for 5 minutes')
    .option('--cache-write-1h <usd>', 'of tokens written to cache for an hour')
    .option('--provider <provider>', 'only where this provider bills it')
    .option('--from <date>', 'the first day it holds; 1 January of this year when left out')
    .action(runs(async () => (await import('./commands/prices.ts')).setPrice));
  prices
    .command('remove <price>')
    .description('take a price of your own back, by its number')
    .action(runs(async () => (await import('./commands/prices.ts')).removePrice));
  prices
    .command('alias <name> <model>')
    .description('price a name as another model')
    .option('--provider <provider>', 'the provider that uses the name')
    .option('--to-provider <provider>', 'the provider of the model; the same when left out')
    .action(runs(async () => (await import('./commands/prices.ts')).setAlias));
  prices
    .command('unalias <alias>')
    .description('take an alias back, by its number')
    .action(runs(async () => (await import('./commands/prices.ts')).removeAlias));
}

function addHostCommands(program: Command, runs: Runs): void {
  const settings = program
    .command('settings')
    .description('show the settings')
    .action(runs(async () => (await import('./commands/settings.ts')).showSettings));
  settings
    .command('get <name>')
    .description('print one setting')
    .action(runs(async () => (await import('./commands/settings.ts')).getSetting));
  settings
    .command('set <name> <value>')
    .description('change zone, currency, weekStart, backups, debugLog or modelAliases (name=PROVIDER/MODEL)')
    .option('--rate <usd>', 'with currency: how many USD one unit is worth')
    .option('--rate-from <date>', 'the day the rate holds from; today otherwise')
    .action(runs(async () => (await import('./commands/settings.ts')).setSetting));
  program
    .command('doctor')
    .description('where each tool was looked for, what was found, and why a source reads zero')
    .option('--repair', 'save what a damaged ledger still holds into a new one; the damaged one is kept')
    .action(runs(async () => (await import('./commands/doctor.ts')).doctor));
  program
    .command('backup')
    .description('write a verified copy of the ledger')
    .action(runs(async () => (await import('./commands/backup.ts')).backup));
  program
    .command('backups')
    .description('list the verified copies there are, newest first')
    .action(runs(async () => (await import('./commands/backup.ts')).listBackups));
  program
    .command('restore <backup>')
    .description(
      'replace the ledger with a backup, by its file or its name; the replaced one is kept beside it',
    )
    .action(runs(async () => (await import('./commands/backup.ts')).restore));
  const sample = program
    .command('sample')
    .description('made-up data to look around in')
    .action(() => {
      throw new UsageError('Say llmlab sample load or llmlab sample remove.');
    });
  sample
    .command('load')
    .description('bring it in, clearly marked')
    .action(runs(async () => (await import('./commands/sample.ts')).loadSample));
  sample
    .command('remove')
    .description('take all of it out again')
    .action(runs(async () => (await import('./commands/sample.ts')).removeSample));
  program
    .command('serve')
    .description('show the window in a browser on this machine')
    .option('--port <port>', 'the port to listen on, 0 for any free one (4747 when it is free)')
    .option('--no-open', 'do not open the browser')
    .action(runs(async () => (await import('./commands/serve.ts')).serveWindow));
}
