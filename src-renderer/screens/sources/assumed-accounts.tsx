import { useState } from 'react';
import type { Account, Source } from '../../../src-preload/contract/sources.ts';
import type { AccountKind } from '../../../src-preload/contract/values.ts';
import { useAction } from '../../api/client.ts';
import { Notice, noticeAction } from '../../ui/notice.tsx';
import { toast } from '../../ui/toast.tsx';
import { AccountDialog } from './account-dialog.tsx';
import { wordsOfKind } from './account-words.ts';

interface AssumedAccountsProps {
  readonly accounts: readonly Account[];
  readonly sources: readonly Source[];
}

/** One question per account whose kind was assumed and matters: a log does not say who pays. */
export function AssumedAccounts({ accounts, sources }: AssumedAccountsProps) {
  const open = accounts.filter((account) => account.assumed && hasLog(account, sources));
  return open.map((account) => <Question key={account.id} account={account} sources={sources} />);
}

interface QuestionProps {
  readonly account: Account;
  readonly sources: readonly Source[];
}

function Question({ account, sources }: QuestionProps) {
  const [isFeeOpen, setFeeOpen] = useState(false);
  const save = useAction('accounts.save', { onError: (error) => toast.error(error.message) });
  const answer = (kind: AccountKind) => {
    const { id, name, provider, fee } = account;
    save.mutate(
      { id, name, kind, provider, fee: kind === 'plan' ? fee : null },
      { onSuccess: () => toast.success(`${name}: ${wordsOfKind(kind).label.toLowerCase()}.`) },
    );
  };
  const logs = sources.filter((source) => source.accountId === account.id && source.kind === 'log');
  return (
    <>
      <Notice
        tone="info"
        actions={
          <>
            <button
              type="button"
              className={noticeAction(true)}
              disabled={save.isPending}
              onClick={() => setFeeOpen(true)}
            >
              A plan
            </button>
            <button
              type="button"
              className={noticeAction(true)}
              disabled={save.isPending}
              onClick={() => answer('api')}
            >
              An API key
            </button>
          </>
        }
      >
        <b className="font-semibold">Who pays for {logs.map((source) => source.label).join(' and ')}?</b> The
        log does not say. Until you do, {assumption(account)}
      </Notice>
      <AccountDialog
        open={isFeeOpen}
        onOpenChange={setFeeOpen}
        account={{ ...account, kind: 'plan' }}
        title={`What does ${account.name} cost?`}
      />
    </>
  );
}

function assumption({ kind }: Account): string {
  return kind === 'plan'
    ? 'LLMLab takes it for a plan: its usage is shown as API-equivalent, not as cash.'
    : 'LLMLab takes it for an API key: its usage counts as cash.';
}

function hasLog(account: Account, sources: readonly Source[]): boolean {
  return sources.some((source) => source.accountId === account.id && source.kind === 'log');
}
