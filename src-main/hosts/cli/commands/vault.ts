import type { VaultStatus } from '../../../../src-preload/contract/vault.ts';
import type { Outcome, Run } from '../command.ts';
import { UsageError } from '../failure.ts';
import { type Ask, unlock } from '../session.ts';
import { counted, moment } from '../text.ts';

function inWords({ explanation, trouble, isLocked, keys, rotatedAt }: VaultStatus): string {
  const state = isLocked ? 'locked' : 'open';
  const made = rotatedAt === null ? '' : `, data key of ${moment(rotatedAt, 'UTC')} UTC`;
  return [`${counted(keys, 'key')}, ${state}${made}.`, explanation, trouble]
    .filter((line) => line !== null)
    .join('\n');
}

/** `llmlab vault`. Opens nothing that takes a person's help. */
export async function showVault(run: Run): Outcome {
  const status = await run.withCore(({ ask }) => ask('vault.status', {}));
  run.print(status, () => inWords(status));
  return undefined;
}

/** Typed twice, so that a slip does not lock the keys away; `variable` where nobody can type. */
export async function newPassphrase({ io }: Run, question: string, variable: string): Promise<string> {
  const typed = await io.askHidden(`${question}: `);
  if (typed === null) {
    const given = io.env[variable];
    if (given) return given;
    throw new UsageError(`Nobody can be asked for the passphrase here: put it in ${variable}.`);
  }
  if ((await io.askHidden('The same again: ')) !== typed)
    throw new UsageError('The two are not the same. Nothing was changed.');
  return typed;
}

/** The one that opens the keys now, where a change asks for it. */
async function currentPassphrase(run: Run, status: VaultStatus): Promise<{ current?: string }> {
  if (!status.asksCurrent) return {};
  const typed = (await run.io.askHidden('Passphrase of the keys: ')) ?? run.io.env.LLMLAB_PASSPHRASE;
  if (!typed) throw new UsageError('The passphrase of the keys is needed: put it in LLMLAB_PASSPHRASE.');
  return { current: typed };
}

/** `llmlab vault passphrase`. */
export async function setPassphrase(run: Run, options: { readonly remove?: boolean }): Outcome {
  const status = await run.withCore(async ({ ask }) => {
    const before = await ask('vault.status', {});
    const current = await currentPassphrase(run, before);
    if (before.isLocked && current.current !== undefined)
      await ask('vault.unlock', { passphrase: current.current });
    const variable = before.asksCurrent ? 'LLMLAB_NEW_PASSPHRASE' : 'LLMLAB_PASSPHRASE';
    const next = options.remove ? null : await newPassphrase(run, 'New passphrase', variable);
    return ask('vault.setPassphrase', { ...current, next });
  });
  run.print(status, () => `${options.remove ? 'Removed' : 'Set'}. ${inWords(status)}`);
  return undefined;
}

/** `llmlab vault rotate`. */
export async function rotateVault(run: Run): Outcome {
  const status = await run.withCore(({ ask }) => rotate(run, ask));
  run.print(status, () => `The keys are encrypted under a new data key. ${inWords(status)}`);
  return undefined;
}

async function rotate(run: Run, ask: Ask): Promise<VaultStatus> {
  await unlock(ask, run.io);
  const { slots, protection } = await ask('vault.status', {});
  // Opened by the system: the passphrase has to be known as well.
  const isNeeded = slots.includes('passphrase') && protection !== 'passphrase';
  const passphrase = isNeeded ? await run.io.askHidden('Passphrase of the keys: ') : null;
  return ask('vault.rotate', passphrase === null ? {} : { passphrase });
}
