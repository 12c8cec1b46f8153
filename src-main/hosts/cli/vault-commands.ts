import type { Command } from 'commander';
import type { Runs } from './command.ts';

/** Commands for what protects the keys, and for the log of what was changed. */
export function addVaultCommands(program: Command, runs: Runs): void {
  const vault = program
    .command('vault')
    .description('how your keys are protected')
    .action(runs(async () => (await import('./commands/vault.ts')).showVault));
  vault
    .command('status')
    .description('the same')
    .action(runs(async () => (await import('./commands/vault.ts')).showVault));
  vault
    .command('passphrase')
    .description('set or change the passphrase that opens the keys')
    .option('--remove', 'take it away, where the system protects the keys')
    .action(runs(async () => (await import('./commands/vault.ts')).setPassphrase));
  vault
    .command('rotate')
    .description('encrypt the keys under a new data key')
    .action(runs(async () => (await import('./commands/vault.ts')).rotateVault));
  vault
    .command('export <file>')
    .description('write all keys to a file that only a passphrase of its own opens')
    .action(runs(async () => (await import('./commands/vault-files.ts')).exportVault));
  vault
    .command('import <file>')
    .description('take keys over from such a file, for the connections there are')
    .action(runs(async () => (await import('./commands/vault-files.ts')).importVault));
  program
    .command('audit')
    .description('what was changed: keys, accounts, sources, settings, prices; newest first')
    .option('--limit <number>', 'how many entries', '50')
    .action(runs(async () => (await import('./commands/audit.ts')).showAudit))
    .command('verify')
    .description('check that no entry was changed, removed or added')
    .action(runs(async () => (await import('./commands/audit.ts')).verifyAudit));
}
