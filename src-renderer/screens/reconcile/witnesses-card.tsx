import type { MonthDetail, ReconciledWitness } from '../../../src-preload/contract/reconcile.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardHead } from '../../ui/card.tsx';
import { EvidenceChip } from '../../ui/evidence-chip.tsx';
import { plural } from '../../ui/numbers.ts';
import { Cell, HeadCell, Row, Table } from '../../ui/table.tsx';
import { SideMoney } from './side-money.tsx';
import { useChoose } from './use-choose.ts';

/** Who tells of the month, whose money counts in every total, and a way to decide otherwise. */
export function WitnessesCard({ detail }: { readonly detail: MonthDetail }) {
  const { choose, isBusy } = useChoose(detail);
  const { witnesses, month } = detail;
  const isChosen = month.chosenSourceId !== null;
  return (
    <Card aria-labelledby="witnesses">
      <CardHead
        id="witnesses"
        title="What counts"
        sum={isChosen ? <Badge tone="info">Your choice</Badge> : 'by the rule'}
        tools={
          isChosen && (
            <Button size="sm" disabled={isBusy} onClick={() => choose(null)}>
              Back to the rule
            </Button>
          )
        }
      />
      <p className="max-w-prose px-4 pb-2 text-sm text-text-2">
        Of sources that tell of the same calls, the best stands alone each day; money is never added twice.
        You can let one of them count for this whole month instead: every total follows, tokens stay as they
        are.
      </p>
      <div className="overflow-x-auto">
        <Table aria-labelledby="witnesses" className="min-w-140">
          <thead>
            <tr>
              <HeadCell>Source</HeadCell>
              <HeadCell className="w-26">Evidence</HeadCell>
              <HeadCell align="right" className="w-32">
                Money
              </HeadCell>
              <HeadCell className="w-27">Counts on</HeadCell>
              <HeadCell className="w-32">
                <span className="sr-only">Decide</span>
              </HeadCell>
            </tr>
          </thead>
          <tbody>
            {witnesses.map((one) => (
              <WitnessRow
                key={one.sourceId}
                witness={one}
                isChosen={one.sourceId === month.chosenSourceId}
                isOnly={witnesses.length === 1}
                isBusy={isBusy}
                onChoose={() => choose(one.sourceId)}
              />
            ))}
          </tbody>
        </Table>
      </div>
    </Card>
  );
}

interface WitnessRowProps {
  readonly witness: ReconciledWitness;
  readonly isChosen: boolean;
  readonly isOnly: boolean;
  readonly isBusy: boolean;
  readonly onChoose: () => void;
}

function WitnessRow({ witness, isChosen, isOnly, isBusy, onChoose }: WitnessRowProps) {
  const { label, evidence, costNanoUsd, unpricedRecords, days, countsDays } = witness;
  return (
    <Row>
      <Cell className="h-9 whitespace-normal py-1 font-medium">{label}</Cell>
      <Cell>
        <EvidenceChip evidence={evidence} />
      </Cell>
      <Cell align="right">
        <SideMoney nanoUsd={costNanoUsd} unpriced={unpricedRecords} />
      </Cell>
      <Cell className="tnum text-text-2">
        {countsDays === 0
          ? 'no day'
          : countsDays === days
            ? plural(days, 'day')
            : `${countsDays} of ${days} days`}
      </Cell>
      <Cell align="right" className="overflow-visible">
        {isChosen ? (
          <Badge tone="info">Your choice</Badge>
        ) : (
          !isOnly && (
            <Button size="sm" disabled={isBusy} aria-label={`Let this count: ${label}`} onClick={onChoose}>
              Let this count
            </Button>
          )
        )}
      </Cell>
    </Row>
  );
}
