import { useState } from 'react';
import type { Account, Source } from '../../../src-preload/contract/sources.ts';
import { useAction } from '../../api/client.ts';
import { Notice, noticeAction } from '../../ui/notice.tsx';
import { toast } from '../../ui/toast.tsx';
import { AccountDialog } from './account-dialog.tsx';
import { wordsOfKind } from './account-words.ts';
import { openQuestions } from './open-questions.ts';
import { QuestionsCard } from './questions-card.tsx';

interface AssumedAccountsProps {
  readonly accounts: readonly Account[];
  readonly sources: readonly Source[];
}

/** Asks who pays where a log does not say: one line for one account, one card for several. A plan is asked its fee next. */
export function AssumedAccounts({ accounts, sources }: AssumedAccountsProps) {
  const [plan, setPlan] = useState<Account | null>(null);
  const [isFeeOpen, setFeeOpen] = useState(false);
  const save = useAction('accounts.save', { onError: (error) => toast.error(error.message) });
  const answer = (account: Account, kind: 'api' | 'plan') => {
    const { id, name, provider, fee } = account;
    const answered = () => {
      toast.success(`${name}: ${wordsOfKind(kind).word}.`);
      if (kind === 'plan' && fee === null) {
        setPlan({ ...account, kind });
        setFeeOpen(true);
      }
    };
    save.mutate({ id, name, kind, provider, fee: kind === 'plan' ? fee : null }, { onSuccess: answered });
  };
  const questions = openQuestions(accounts, sources);
  const [only] = questions;
  return (
    <>
      {only && questions.length === 1 && (
        <Question account={only} isBusy={save.isPending} onAnswer={(kind) => answer(only, kind)} />
      )}
      {questions.length > 1 && (
        <QuestionsCard questions={questions} isBusy={save.isPending} onAnswer={answer} />
      )}
      <AccountDialog
        open={isFeeOpen}
        onOpenChange={setFeeOpen}
        account={plan}
        title={`What does ${plan?.name ?? ''} cost?`}
      />
    </>
  );
}

interface QuestionProps {
  readonly account: Account;
  readonly isBusy: boolean;
  readonly onAnswer: (kind: 'api' | 'plan') => void;
}

function Question({ account, isBusy, onAnswer }: QuestionProps) {
  return (
    <Notice
      tone="info"
      actions={
        <>
          <button
            type="button"
            className={noticeAction(true)}
            disabled={isBusy}
            onClick={() => onAnswer('plan')}
          >
            A plan
          </button>
          <button
            type="button"
            className={noticeAction(true)}
            disabled={isBusy}
            onClick={() => onAnswer('api')}
          >
            An API key
          </button>
        </>
      }
    >
      <b className="font-semibold">Who pays for {account.name}?</b> The log does not say.{' '}
      {assumption(account)}
    </Notice>
  );
}

function assumption({ kind }: Account): string {
  return kind === 'plan'
    ? 'For now it is taken for a plan: its usage is API-equivalent, not cash.'
    : 'For now it is taken for an API key: its usage counts as cash.';
}
