import { useState } from 'react';
import type { Account } from '../../../src-preload/contract/sources.ts';
import { Button } from '../../ui/button.tsx';
import { Card, CardHead } from '../../ui/card.tsx';
import { plural } from '../../ui/numbers.ts';
import { shownQuestions } from './open-questions.ts';

interface QuestionsCardProps {
  readonly questions: readonly Account[];
  readonly isBusy: boolean;
  readonly onAnswer: (account: Account, kind: 'api' | 'plan') => void;
}

/** Who pays for several tools, a line each. */
export function QuestionsCard({ questions, isBusy, onAnswer }: QuestionsCardProps) {
  const [isAll, setAll] = useState(false);
  const { shown, more } = shownQuestions(questions, isAll);
  return (
    <Card aria-label="Who pays?">
      <CardHead
        title="Who pays?"
        sum={`The logs of ${plural(questions.length, 'account')} do not say. An API key is cash, a plan is API-equivalent.`}
      />
      <ul>
        {shown.map((account) => (
          <Line key={account.id} account={account} isBusy={isBusy} onAnswer={onAnswer} />
        ))}
      </ul>
      {more > 0 && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="min-h-9 rounded-b-lg border-t border-t-grid px-4 text-left font-medium text-accent-text text-sm hover:bg-hover focus-visible:-outline-offset-2"
        >
          {more} more
        </button>
      )}
    </Card>
  );
}

function Line({
  account,
  isBusy,
  onAnswer,
}: Omit<QuestionsCardProps, 'questions'> & { readonly account: Account }) {
  const { name, kind } = account;
  return (
    <li className="flex min-h-9 items-center gap-2 border-t border-t-grid py-1 pr-2 pl-4 text-sm">
      <span className="min-w-0 flex-1 truncate">
        <b className="font-medium">{name}</b>{' '}
        <span className="text-text-2">{kind === 'plan' ? 'for now a plan' : 'for now an API key'}</span>
      </span>
      <Button
        size="sm"
        disabled={isBusy}
        aria-label={`A plan for ${name}`}
        onClick={() => onAnswer(account, 'plan')}
      >
        A plan
      </Button>
      <Button
        size="sm"
        disabled={isBusy}
        aria-label={`An API key for ${name}`}
        onClick={() => onAnswer(account, 'api')}
      >
        An API key
      </Button>
    </li>
  );
}
