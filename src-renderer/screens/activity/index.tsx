import { useRoute } from '../../api/client.ts';
import { Amount } from '../../ui/amount.tsx';
import { formatMoment } from '../../ui/dates.ts';
import { PageBody } from '../../ui/page-body.tsx';
import { Cell, HeadCell, Row, Table } from '../../ui/table.tsx';
import { useView } from '../../ui/use-view.ts';

/** The records behind the figures. */
export function Activity() {
  const { filters, zone, today } = useView();
  const records = useRoute('activity.list', { filters }, { keepPrevious: true }).data?.records ?? [];
  return (
    <PageBody>
      <Table>
        <thead>
          <tr>
            <HeadCell>Time</HeadCell>
            <HeadCell>Model</HeadCell>
            <HeadCell align="right">Cost</HeadCell>
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <Row key={record.id}>
              <Cell>{formatMoment(record.at, zone, today)}</Cell>
              <Cell>{record.model ?? '–'}</Cell>
              <Cell align="right">{record.costNanoUsd === null ? 'unpriced' : <Amount nanoUsd={record.costNanoUsd} />}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </PageBody>
  );
}
