import type { Connection } from '../../../../src-preload/contract/connections.ts';
import { useAction, useRoute } from '../../../api/client.ts';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { Card, CardHead } from '../../../ui/card.tsx';
import { formatRate } from '../../../ui/decimal-text.ts';
import { formatCount, formatLimit, plural } from '../../../ui/numbers.ts';
import { Cell, HeadCell, Row, Table } from '../../../ui/table.tsx';
import { toast } from '../../../ui/toast.tsx';
import { tellTrouble } from '../../../ui/unlock-request.ts';

const shown = 8;

/** The first models of a connection with what they cost; the rest stands under Models. */
export function ModelsCard({ connection }: { readonly connection: Connection }) {
  const list = useRoute('models.list', { connectionId: connection.id });
  const refresh = useAction('models.refresh', {
    onSuccess: ({ results }) => {
      const failed = results.find((result) => result.error !== null);
      if (failed?.error) toast.error(failed.error);
      else
        toast.success(
          `${plural(
            results.reduce((sum, one) => sum + one.models, 0),
            'model',
          )} read.`,
        );
    },
    onError: tellTrouble,
  });
  const models = list.data?.models ?? [];
  return (
    <Card aria-labelledby="models">
      <CardHead
        id="models"
        title="Models"
        sum={models.length > 0 ? `${formatCount(models.length)}, USD per million tokens` : undefined}
        tools={
          <>
            <Button
              size="sm"
              kind="quiet"
              disabled={refresh.isPending}
              onClick={() => refresh.mutate({ connectionId: connection.id })}
            >
              {refresh.isPending ? 'Reading…' : 'Read again'}
            </Button>
            {models.length > shown && (
              <ButtonLink size="sm" href={`#/models?connection=${connection.id}`}>
                All {formatCount(models.length)}
              </ButtonLink>
            )}
          </>
        }
      />
      {list.error && <p className="px-4 pb-3 text-over text-sm">{list.error.message}</p>}
      {list.data && models.length === 0 && (
        <p className="px-4 pb-3 text-sm text-text-2">
          None read yet.{' '}
          {isWithoutKey(connection) ? 'The list needs a further key.' : 'They come with the next sync.'}
        </p>
      )}
      {models.length > 0 && (
        <Table aria-labelledby="models">
          <thead>
            <tr>
              <HeadCell>Model</HeadCell>
              <HeadCell align="right" className="w-24">
                Context
              </HeadCell>
              <HeadCell align="right" className="w-24">
                Input
              </HeadCell>
              <HeadCell align="right" className="w-24">
                Output
              </HeadCell>
            </tr>
          </thead>
          <tbody>
            {models.slice(0, shown).map((model) => (
              <Row key={model.id}>
                <Cell className="font-medium" title={model.id}>
                  {model.id}
                </Cell>
                <Cell align="right" className="text-text-2">
                  {model.contextTokens === null ? '–' : formatLimit(model.contextTokens)}
                </Cell>
                <Cell align="right">{rate(model.price?.input)}</Cell>
                <Cell align="right">{rate(model.price?.output)}</Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}

function rate(text: string | null | undefined): string {
  return text === null || text === undefined ? '–' : formatRate(text);
}

function isWithoutKey({ reports }: Connection): boolean {
  return reports.some(({ report, missing }) => report === 'models' && missing.length > 0);
}
