import { AppError } from '../../platform/error.ts';
import { googleSku } from '../../platform/meters/google-sku.ts';
import type { CostPage, CostReport, CostRequest, ProviderContext } from '../../platform/provider.ts';
import { type Charge, type ImportedRecord, noTokens } from '../../platform/record.ts';
import { amountText } from './amount.ts';
import { merged } from './daily.ts';
import { bucketKey, isWithin, momentOf, rfc3339 } from './days.ts';
import { textField } from './fields.ts';
import { googleToken, serviceAccountOf } from './google-token.ts';
import { openApi } from './http.ts';
import { type Fields, fieldsOf, listOf, parseJson, rowsOf, textOf } from './json.ts';
import { tokensOfSku } from './metered-tokens.ts';

export const bigQueryHost = 'https://bigquery.googleapis.com';
const accountField = 'serviceAccount';
const rowsPerPage = 10_000;
const waitMs = 30_000;
const mostWaits = 8;

const api = openApi({
  label: 'Google BigQuery',
  headers: async (context) => ({ authorization: `Bearer ${await googleToken(context, accountField)}` }),
});

/** Fields of a connection that reads the billing export. */
export const billingFields = [
  textField({
    name: 'billingTable',
    label: 'Billing export table',
    help: 'The table the billing export writes to, as project.dataset.gcp_billing_export_v1_…: BigQuery > the table > Details > Table ID. Switch it on once under Billing > Billing export > Standard usage cost.',
    neededFor: ['costs'],
  }),
  textField({
    name: 'datasetLocation',
    label: 'Location of the dataset',
    help: 'Where the dataset lies: US, EU or a region such as europe-west1. US where left out.',
    neededFor: ['costs'],
  }),
] as const;

/** The costs of some services out of Google Cloud's billing export. `where` is SQL of ours, never of the user. */
export function billingReport({
  label,
  where,
}: {
  readonly label: string;
  readonly where: string;
}): CostReport {
  return {
    id: 'billing-export',
    label,
    evidence: 'billed',
    coverage: 'account',
    usage: 'tokens',
    needs: [accountField, 'billingTable'],
    windowDays: 31,
    lookBackDays: 365,
    trailingDays: 7,
    everyMinutes: 360,
    accuracy:
      'What Google Cloud bills by UTC day and SKU, with its credits; the console counts days of US Pacific time. Rows arrive hours late, and only from the day the export was switched on. Each reading is a query, which BigQuery may bill (1 TB a month is free).',
    read: (request, context) => readExport(request, context, where),
  };
}

/** Whether the table can be queried, at no cost: BigQuery plans the query and does not run it. */
export async function checkExport(context: ProviderContext, where: string): Promise<void> {
  const now = context.clock.now();
  await api.post(context, await queriesUrl(context), {
    json: { ...queryOf(context, { from: now, to: now }, where), dryRun: true },
  });
}

interface Cursor {
  readonly job: string;
  readonly location: string | null;
  readonly page: string;
}

async function readExport(request: CostRequest, context: ProviderContext, where: string): Promise<CostPage> {
  const url = await queriesUrl(context);
  let answer =
    request.cursor === null
      ? fieldsOf((await api.post(context, url, { json: queryOf(context, request, where) })).json)
      : await resultsOf(context, url, cursorIn(request.cursor));
  const job = jobOf(answer);
  // The server itself waits up to the time it is given, so asking again needs no pause.
  for (let waits = 0; answer.jobComplete === false && job !== null && waits < mostWaits; waits++)
    answer = await resultsOf(context, url, job);
  if (answer.jobComplete === false)
    throw new AppError(
      'OVERLOADED',
      'BigQuery has not finished the query after several minutes. Try again later.',
    );
  const page = textOf(answer.pageToken);
  return {
    ...recordsIn(answer, request),
    cursor: page === null || job === null ? null : JSON.stringify({ ...job, page } satisfies Cursor),
    asOf: null,
  };
}

async function queriesUrl(context: ProviderContext): Promise<string> {
  const { project } = await serviceAccountOf(context, accountField);
  return `${bigQueryHost}/bigquery/v2/projects/${encodeURIComponent(project)}/queries`;
}

function jobOf(answer: Fields): Omit<Cursor, 'page'> | null {
  const { jobId, location } = fieldsOf(answer.jobReference);
  const job = textOf(jobId);
  return job === null ? null : { job, location: textOf(location) };
}

function cursorIn(text: string): Cursor {
  const { job, location, page } = fieldsOf(parseJson(text));
  return { job: String(job), location: textOf(location), page: String(page) };
}

async function resultsOf(
  context: ProviderContext,
  url: string,
  { job, location, page }: Omit<Cursor, 'page'> & Partial<Cursor>,
): Promise<Fields> {
  const query = { location, pageToken: page, maxResults: rowsPerPage, timeoutMs: waitMs };
  return fieldsOf((await api.get(context, `${url}/${encodeURIComponent(job)}`, { query })).json);
}

/** Late rows land in later partitions, so only the oldest partition is bounded: it is what the query is billed by. */
function queryOf(context: ProviderContext, { from, to }: Pick<CostRequest, 'from' | 'to'>, where: string) {
  const parameter = (name: string, type: string, value: string) => ({
    name,
    parameterType: { type },
    parameterValue: { value },
  });
  return {
    query: `SELECT FORMAT_DATE('%F', DATE(usage_start_time)) AS day, service.description AS service, sku.id AS sku_id,
  sku.description AS sku, project.id AS project, currency, cost_type, usage.unit AS unit,
  CAST(SUM(CAST(cost AS NUMERIC)) AS STRING) AS cost,
  CAST(SUM(IFNULL((SELECT SUM(CAST(c.amount AS NUMERIC)) FROM UNNEST(credits) AS c), 0)) AS STRING) AS credit,
  CAST(SUM(usage.amount) AS STRING) AS amount
FROM \`${tableOf(context)}\`
WHERE _PARTITIONTIME >= TIMESTAMP(@from) AND usage_start_time >= TIMESTAMP(@from) AND usage_start_time < TIMESTAMP(@to)
  AND (${where})
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8`,
    useLegacySql: false,
    location: context.fields.datasetLocation?.trim() || 'US',
    timeoutMs: waitMs,
    maxResults: rowsPerPage,
    parameterMode: 'NAMED',
    queryParameters: [parameter('from', 'STRING', rfc3339(from)), parameter('to', 'STRING', rfc3339(to))],
  };
}

/** The table is part of the query's text: anything but a plain name is refused. */
function tableOf(context: ProviderContext): string {
  const table = (context.fields.billingTable ?? '').trim().replaceAll('`', '').replace(':', '.');
  if (/^[a-z0-9-]+(?:\.[a-z0-9-]+)?\.\w+\.\w+$/i.test(table)) return table;
  throw new AppError(
    'BAD_INPUT',
    'The billing export table must read project.dataset.table, as BigQuery shows it under Details > Table ID.',
  );
}

function recordsIn(answer: Fields, request: CostRequest): Pick<CostPage, 'records' | 'problems'> {
  const names = rowsOf(fieldsOf(answer.schema).fields).map(({ name }) => String(name));
  const problems: CostPage['problems'][number][] = [];
  const records = rowsOf(answer.rows).flatMap((row) => {
    const cells = listOf(row.f).map((cell) => fieldsOf(cell).v);
    const columns = Object.fromEntries(names.map((name, index) => [name, cells[index]]));
    const found = recordsOf(columns);
    if (typeof found !== 'string') return found.filter(({ at }) => isWithin(at, request));
    problems.push({ reason: found, raw: JSON.stringify(columns).slice(0, 500) });
    return [];
  });
  return { records: merged(records), problems };
}

const charges: ReadonlyMap<string, Charge> = new Map([
  ['regular', 'usage'],
  ['tax', 'tax'],
]);

/** A charge, and beside it the credits that lower it; or why the row cannot be trusted. */
function recordsOf(row: Fields): readonly ImportedRecord[] | string {
  const at = momentOf(row.day);
  const [cost, credit] = [amountText(row.cost), amountText(row.credit ?? 0)];
  const currency = textOf(row.currency) ?? '';
  if (at === null) return 'the row has no day';
  if (cost === null || credit === null) return 'the row has no cost';
  if (!/^[A-Z]{3}$/.test(currency)) return 'the row has no currency';
  const costType = textOf(row.cost_type) ?? 'regular';
  const charge = charges.get(costType) ?? 'adjustment';
  const [service, description] = [textOf(row.service) ?? '', textOf(row.sku) ?? ''];
  const sku = googleSku(description);
  const dimensions = [at, service, row.sku_id, description, row.project, currency, costType, row.unit].map(
    (value) => (typeof value === 'string' || typeof value === 'number' ? value : null),
  );
  const usage: ImportedRecord = {
    key: bucketKey(dimensions),
    at,
    grain: 'day',
    provider: 'google',
    model: sku.model,
    project: textOf(row.project),
    requests: 0,
    tokens: charge === 'usage' ? tokensOfSku(sku, textOf(row.amount), textOf(row.unit) ?? '') : noTokens,
    amount: { value: cost, currency },
    charge,
    ...(sku.priceFacts && { priceFacts: sku.priceFacts }),
    extras: { service, sku: description },
  };
  if (credit === '0') return cost === '0' && usage.tokens === noTokens ? [] : [usage];
  const { priceFacts: _, ...lowered } = usage;
  return [
    usage,
    {
      ...lowered,
      key: bucketKey([...dimensions, 'credit']),
      tokens: noTokens,
      amount: { value: credit, currency },
      charge: 'credit',
    },
  ];
}
