import type { ActivityDetail } from '../../../src-preload/contract/activity.ts';
import type { Tokens } from '../../../src-preload/contract/values.ts';
import { formatCount } from '../../ui/numbers.ts';
import { Cell, HeadCell, Row, Table } from '../../ui/table.tsx';
import { useMoney } from '../../ui/use-money.ts';
import { bucketLabel, restOf } from './price-lines.ts';

/** How the cost came about: tokens x rate = cost, line by line, down to the sum. */
export function PriceTable({ record }: { readonly record: ActivityDetail }) {
  if (record.priceLines.length === 0) return <TokenTable tokens={record.tokens} />;
  return (
    <section className="mt-5">
      <h3 className="mb-2">How the cost came about</h3>
      <div className="overflow-hidden rounded-lg border">
        <Table>
          <colgroup>
            <col />
            <col className="w-28" />
            <col className="w-32" />
            <col className="w-28" />
          </colgroup>
          <thead>
            <tr>
              <HeadCell className="static! bg-sunken!">Tokens</HeadCell>
              <HeadCell align="right" className="static! bg-sunken!">
                Count
              </HeadCell>
              <HeadCell align="right" className="static! bg-sunken!">
                USD per million
              </HeadCell>
              <HeadCell align="right" className="static! bg-sunken!">
                Cost
              </HeadCell>
            </tr>
          </thead>
          <Lines record={record} />
        </Table>
      </div>
    </section>
  );
}

function Lines({ record }: { readonly record: ActivityDetail }) {
  const { money, title } = useMoney();
  const rest = restOf(record);
  const exact = (nanoUsd: number) => <span title={title(nanoUsd)}>{money(nanoUsd, { exact: true })}</span>;
  return (
    <tbody>
      {record.priceLines.map((line) => (
        <Row key={`${line.bucket} ${line.usdPerMillion}`}>
          <Cell>{bucketLabel(line.bucket)}</Cell>
          <Cell align="right">{formatCount(line.units)}</Cell>
          <Cell align="right" className="text-text-2">
            × {line.usdPerMillion}
          </Cell>
          <Cell align="right">{exact(line.costNanoUsd)}</Cell>
        </Row>
      ))}
      {rest !== 0 && (
        <Row>
          <Cell colSpan={3} className="text-text-2">
            The rest of the stated cost, not explained by tokens
          </Cell>
          <Cell align="right">{exact(rest)}</Cell>
        </Row>
      )}
      <Row className="font-semibold">
        <Cell colSpan={3}>Cost</Cell>
        <Cell align="right">{record.costNanoUsd === null ? 'unpriced' : exact(record.costNanoUsd)}</Cell>
      </Row>
    </tbody>
  );
}

const buckets = [
  'input',
  'cacheRead',
  'cacheWrite5m',
  'cacheWrite1h',
  'cacheWriteUnknown',
  'output',
] as const;

/** Where the money was stated and not worked out from tokens: the tokens alone. */
function TokenTable({ tokens }: { readonly tokens: Tokens }) {
  const used = buckets.filter((bucket) => tokens[bucket] > 0);
  if (used.length === 0) return null;
  return (
    <section className="mt-5">
      <h3 className="mb-2">Tokens</h3>
      <div className="overflow-hidden rounded-lg border">
        <Table aria-label="Tokens">
          <tbody>
            {used.map((bucket) => (
              <Row key={bucket}>
                <Cell>{bucketLabel(bucket)}</Cell>
                <Cell align="right">{formatCount(tokens[bucket])}</Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </div>
    </section>
  );
}
