import type { CostPage, CostRequest, Provider, ProviderContext } from '../../platform/provider.ts';
import { type ContextOptions, providerContext } from '../provider-context.ts';
import { answerWith, type Recorded } from './answers.ts';
import { type FakeVendor, startFakeVendor } from './fake-vendor.ts';

export interface OpenProvider extends AsyncDisposable {
  readonly vendor: FakeVendor;
  readonly context: ProviderContext;
}

/** A provider's fixture behind a fake vendor, and the context to ask it with: a key in every field unless told otherwise. */
export async function openProvider(
  provider: Provider,
  recorded: Recorded,
  options: ContextOptions = {},
): Promise<OpenProvider> {
  const vendor = await startFakeVendor();
  answerWith(vendor, recorded);
  const context = providerContext(vendor, {
    ...(provider.baseUrl !== null && { baseUrl: provider.baseUrl }),
    secrets: { apiKey: 'not-a-key' },
    // As in earnest: a request to a host it does not declare is refused.
    hosts: provider.hosts,
    ...options,
  });
  return { vendor, context, [Symbol.asyncDispose]: () => vendor[Symbol.asyncDispose]() };
}

/** The days of November 2026 from one to before another, UTC. */
export function november(from: number, to: number): CostRequest {
  return { from: Date.UTC(2026, 10, from), to: Date.UTC(2026, 10, to), cursor: null };
}

/** Everything a report says of a window, page after page. */
export async function readAll(
  provider: Provider,
  reportId: string,
  request: CostRequest,
  context: ProviderContext,
): Promise<Pick<CostPage, 'records' | 'problems' | 'asOf'> & { readonly pages: number }> {
  const report = provider.costs?.find(({ id }) => id === reportId);
  if (report === undefined) throw new Error(`${provider.id} has no report ${reportId}`);
  const pages: CostPage[] = [];
  let cursor: string | null = request.cursor;
  do {
    const page = await report.read({ ...request, cursor }, context);
    pages.push(page);
    cursor = page.cursor;
  } while (cursor !== null && pages.length < 100);
  return {
    records: pages.flatMap(({ records }) => records),
    problems: pages.flatMap(({ problems }) => problems),
    asOf: pages.at(-1)?.asOf ?? null,
    pages: pages.length,
  };
}

/** Day of November, model and amount of each record: what most tests are about. */
export function summary(records: CostPage['records']): readonly string[] {
  return records.map(
    ({ at, model, amount, charge }) =>
      `${new Date(at).getUTCDate()} ${model ?? '-'} ${amount?.value ?? '-'} ${amount?.currency ?? ''}${charge === undefined || charge === 'usage' ? '' : ` ${charge}`}`,
  );
}
