import { ReceiptText } from 'lucide-react';
import { useRoute } from '../../api/client.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Empty } from '../../ui/empty.tsx';
import { pickFiles } from '../../ui/import-request.ts';
import { Notice } from '../../ui/notice.tsx';
import { plural } from '../../ui/numbers.ts';
import { AccountMonths } from './account-months.tsx';
import { FiguresRow } from './figures-row.tsx';
import { byAccount, type Headline, headlineOf } from './headline.ts';
import { PlansCard } from './plans-card.tsx';
import { VerdictBadge } from './verdict-badge.tsx';
import { gapWords, monthName } from './words.ts';

/** Every account's months, after the newest that both sides are known of. */
export function MonthsView() {
  const { data, error } = useRoute('reconcile.months', {});
  if (error) return <Notice tone="over">{error.message}</Notice>;
  if (data === undefined) return null;
  const headline = headlineOf(data.months);
  return (
    <>
      {headline === null ? (
        <NothingToCompare hasOwn={data.months.length > 0} />
      ) : (
        <Newest headline={headline} />
      )}
      {byAccount(data.months).map((months) => (
        <AccountMonths
          key={months[0]?.accountId}
          months={months}
          trend={data.trends.find((one) => one.accountId === months[0]?.accountId)}
        />
      ))}
      <PlansCard />
    </>
  );
}

function Newest({ headline }: { readonly headline: Headline }) {
  const { months, agreeing, gapNanoUsd } = headline;
  const isClean = agreeing === months.length;
  const accounts = plural(months.length, 'account');
  return (
    <FiguresRow
      {...headline}
      label={`${monthName(headline.month)}, ${accounts}`}
      billedNote={`${monthName(headline.month)}, ${accounts}`}
      ownNote="what LLMLab knows without the bill"
      verdict={
        isClean || months.length === 1 ? (
          <VerdictBadge verdict={isClean ? 'agrees' : 'gap'} />
        ) : (
          <Badge tone="warn">{`${agreeing} of ${months.length} agree`}</Badge>
        )
      }
      gapNote={gapWords({ gapNanoUsd, verdict: isClean ? 'agrees' : 'gap' })}
    />
  );
}

/** Says which side is missing and how to get it. */
function NothingToCompare({ hasOwn }: { readonly hasOwn: boolean }) {
  return (
    <Card>
      <Empty
        icon={ReceiptText}
        title="Is the bill right?"
        actions={
          <>
            <ButtonLink kind="primary" href="#/providers">
              Add a vendor’s key
            </ButtonLink>
            <Button onClick={pickFiles}>Import a bill</Button>
          </>
        }
      >
        {hasOwn
          ? 'One side is here already, the other is missing. A key that may read costs, or the cost export of the vendor’s page, is the bill; logs, metered calls and usage reports are your own figures. Both must belong to one account.'
          : 'LLMLab lays what a vendor charged beside what it knows itself. For that it needs a bill (a key that may read costs, or a cost export) and your own figures (logs, metered calls or a usage report) of one account.'}
      </Empty>
    </Card>
  );
}
