import type { Command } from 'commander';
import type { Runs } from './command.ts';

export function addReconcileCommands(program: Command, runs: Runs): void {
  program
    .command('reconcile [account]')
    .description('what was billed beside what LLMLab knows itself, by account and month')
    .option('--month <month>', 'a UTC month, 2026-07; with an account: by model, with causes of the gap')
    .option('--choose <source>', 'let this source’s money count for that month; rule goes back')
    .action(runs(async () => (await import('./commands/reconcile.ts')).reconcile));
  program
    .command('plans')
    .description('flat fees beside what their usage would cost per token')
    .action(runs(async () => (await import('./commands/plans.ts')).comparePlans));
}
