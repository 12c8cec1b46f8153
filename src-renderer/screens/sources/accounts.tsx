import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { ReportRow } from '../../../src-preload/contract/report.ts';
import type { Account } from '../../../src-preload/contract/sources.ts';
import { useRoute } from '../../api/client.ts';
import { Amount } from '../../ui/amount.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardHead } from '../../ui/card.tsx';
import { formatDay } from '../../ui/dates.ts';
import { plural } from '../../ui/numbers.ts';
import { Cell, HeadCell, Row, Table } from '../../ui/table.tsx';
import { useView } from '../../ui/use-view.ts';
import { AccountDialog } from './account-dialog.tsx';
import { wordsOfKind } from './account-words.ts';
import { RemoveAccount } from './remove-account.tsx';

/** Whose money it is: every source belongs to one of these. */
export function Accounts({ accounts }: { readonly accounts: readonly Account[] }) {
  const [edited, setEdited] = useState<Account | 'new' | null>(null);
  return (
    <Card aria-labelledby="accounts">
      <CardHead
        id="accounts"
        title="Accounts"
        sum={plural(accounts.length, 'account')}
        tools={
          <Button size="sm" icon={Plus} onClick={() => setEdited('new')}>
            Add account
          </Button>
        }
      />
      {accounts.length > 0 && <AccountTable accounts={accounts} onEdit={setEdited} />}
      {accounts.length === 0 && (
        <p className="px-4 pb-4 text-sm text-text-2">
          None yet. An import or a first read of logs makes the ones it needs.
        </p>
      )}
      <AccountDialog
        open={edited !== null}
        onOpenChange={() => setEdited(null)}
        account={edited === 'new' ? null : edited}
      />
    </Card>
  );
}

interface AccountTableProps {
  readonly accounts: readonly Account[];
  readonly onEdit: (account: Account) => void;
}

function AccountTable({ accounts, onEdit }: AccountTableProps) {
  const rows = useRoute('report.run', { by: ['account'], filters: {} }, { keepPrevious: true }).data?.rows;
  return (
    <div className="overflow-x-auto">
      <Table className="min-w-200">
        <thead>
          <tr>
            <HeadCell>Account</HeadCell>
            <HeadCell className="w-28 narrow:w-26">Kind</HeadCell>
            <HeadCell className="w-44 narrow:w-30">Fee</HeadCell>
            <HeadCell align="right" className="w-20 narrow:w-17">
              Sources
            </HeadCell>
            <HeadCell align="right" className="w-28" title="All days in the ledger">
              Cash
            </HeadCell>
            <HeadCell align="right" className="w-28" title="All days in the ledger; never part of cash">
              API-equivalent
            </HeadCell>
            <HeadCell className="w-32">
              <span className="sr-only">Actions</span>
            </HeadCell>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <AccountRow
              key={account.id}
              account={account}
              figures={rows?.find((row) => row.accountId === account.id)}
              onEdit={onEdit}
            />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function AccountRow({
  account,
  figures,
  onEdit,
}: {
  readonly account: Account;
  /** Its row of the report over all days: says which money is a lower bound. */
  readonly figures: ReportRow | undefined;
  readonly onEdit: (account: Account) => void;
}) {
  return (
    <Row>
      <Cell className="h-9 font-medium" title={account.name}>
        {account.name}
        {account.provider !== '' && <span className="ml-2 font-regular text-text-3">{account.provider}</span>}
      </Cell>
      <Cell title={wordsOfKind(account.kind).means}>
        <Badge>{wordsOfKind(account.kind).label}</Badge>
        {account.assumed && <span className="ml-1.5 text-text-3 text-xs">assumed</span>}
      </Cell>
      <Cell>
        <Fee account={account} />
      </Cell>
      <Cell align="right">{account.sources}</Cell>
      <Cell align="right">
        <a href={`#/activity?account=${account.id}`} className="rounded-sm hover:underline">
          <Money nanoUsd={account.cashNanoUsd} unpriced={figures?.unpricedCash ?? 0} />
        </a>
      </Cell>
      <Cell align="right" className="text-text-2">
        {account.kind === 'plan' ? (
          <Money nanoUsd={account.equivalentNanoUsd} unpriced={figures?.unpricedEquivalent ?? 0} />
        ) : (
          '–'
        )}
      </Cell>
      <Cell align="right" className="overflow-visible">
        <span className="flex justify-end gap-1">
          <Button size="sm" kind="quiet" aria-label={`Edit ${account.name}`} onClick={() => onEdit(account)}>
            Edit
          </Button>
          <RemoveAccount account={account} />
        </span>
      </Cell>
    </Row>
  );
}

function Money({ nanoUsd, unpriced }: { readonly nanoUsd: number; readonly unpriced: number }) {
  return (
    <>
      {unpriced > 0 && (
        <small className="text-text-3 text-xs" title={`${plural(unpriced, 'request')} unpriced`}>
          {'at least '}
        </small>
      )}
      <Amount nanoUsd={nanoUsd} atLeast={unpriced > 0} />
    </>
  );
}

function Fee({ account: { kind, fee } }: { readonly account: Account }) {
  const { today } = useView();
  if (kind !== 'plan') return <span className="text-text-3">–</span>;
  if (fee === null) return <Badge tone="warn">Fee not known</Badge>;
  const ended =
    fee.end !== null ? `, until ${formatDay(fee.end, today)}` : `, since ${formatDay(fee.start, today)}`;
  return (
    <>
      <Amount nanoUsd={fee.nanoUsd} /> a {fee.cycle}
      <span className="text-text-3">{ended}</span>
    </>
  );
}
