import type { MonthDetail } from '../../../src-preload/contract/reconcile.ts';
import { Card, CardHead } from '../../ui/card.tsx';
import { plural } from '../../ui/numbers.ts';
import { Cell, HeadCell, Row, Table } from '../../ui/table.tsx';
import { SideMoney } from './side-money.tsx';
import { shareWords, wordsOfVerdict } from './words.ts';

/** The compared days by model. */
export function ModelsCard({ detail: { models, billNamesModels, month } }: { readonly detail: MonthDetail }) {
  if (models.length === 0) return null;
  return (
    <Card aria-labelledby="reconcile-models">
      <CardHead id="reconcile-models" title="By model" sum={plural(models.length, 'model')} />
      {!billNamesModels && month.billedNanoUsd !== null && (
        <p className="px-4 pb-2 text-sm text-text-2">
          This bill names no models, so only the own side is told apart.
        </p>
      )}
      <div className="overflow-x-auto">
        <Table aria-labelledby="reconcile-models" className="min-w-120">
          <thead>
            <tr>
              <HeadCell>Model</HeadCell>
              <HeadCell align="right" className="w-24">
                Billed
              </HeadCell>
              <HeadCell align="right" className="w-32">
                Own figures
              </HeadCell>
              <HeadCell align="right" className="w-24">
                Gap
              </HeadCell>
              <HeadCell align="right" className="w-20">
                Share
              </HeadCell>
            </tr>
          </thead>
          <tbody>
            {models.map((row) => (
              <Row key={row.model ?? ''}>
                <Cell title={row.model ?? undefined}>
                  {row.model ?? <i className="text-text-3">No model stated</i>}
                </Cell>
                <Cell align="right">
                  <SideMoney nanoUsd={row.billedNanoUsd} />
                </Cell>
                <Cell align="right">
                  <SideMoney nanoUsd={row.ownNanoUsd} unpriced={row.unpricedRecords} />
                </Cell>
                <Cell
                  align="right"
                  className={row.verdict === 'gap' ? 'font-medium' : 'text-text-2'}
                  title={wordsOfVerdict(row.verdict).means}
                >
                  <SideMoney nanoUsd={row.gapNanoUsd} signed />
                </Cell>
                <Cell align="right" className="text-text-2">
                  {shareWords(row.gapPerMille)}
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </div>
    </Card>
  );
}
