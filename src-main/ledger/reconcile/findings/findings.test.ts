import { describe, expect, it } from 'vitest';
import type { AccountRow } from '../../../store/accounts.ts';
import type { Part } from '../../../store/reconcile.ts';
import { dayMs, dayNumber } from '../../day.ts';
import { type Amounts, type Cell, type MonthFacts, noAmounts } from '../facts.ts';
import { findCauses } from './index.ts';

const first = dayNumber('2026-07-01');
const dollars = (usd: number): number => Math.round(usd * 1e9);
const amounts = (usd: number, tokens = 0): Amounts => ({
  ...noAmounts,
  cost: dollars(usd),
  records: 1,
  tokens,
});

/** One model on a day of July. */
function cell(day: number, given: Partial<Cell>): Cell {
  return {
    day: first + day - 1,
    model: 'gpt-5',
    billed: null,
    own: null,
    vendor: null,
    tools: null,
    ...given,
  };
}

const account = (id: number, name: string, provider: string): AccountRow => ({
  id,
  name,
  provider,
  kind: 'api',
  fee_nano_usd: null,
  fee_cycle: null,
  fee_start: null,
  fee_end: null,
  assumed: 0,
});

function factsOf(
  cells: readonly Cell[],
  given: Partial<MonthFacts> = {},
  month: Partial<MonthFacts['month']> = {},
): MonthFacts {
  const sum = (side: 'billed' | 'own') => cells.reduce((all, one) => all + (one[side]?.cost ?? 0), 0);
  const last = Math.max(...cells.map((one) => one.day));
  return {
    month: {
      accountId: 1,
      account: 'OpenAI API',
      provider: 'openai',
      month: '2026-07',
      billedNanoUsd: sum('billed'),
      ownNanoUsd: sum('own'),
      gapNanoUsd: sum('billed') - sum('own'),
      gapPerMille: 0,
      verdict: 'gap',
      unpricedRecords: 0,
      comparedFrom: '2026-07-01',
      comparedTo: '2026-07-31',
      unfinishedDay: null,
      billedOutsideNanoUsd: 0,
      ownOutsideNanoUsd: 0,
      roundingNanoUsd: dollars(0.01),
      isFinal: true,
      asOf: Date.UTC(2026, 7, 20),
      chosenSourceId: null,
      ...month,
    },
    first,
    last,
    cells,
    parts: [],
    charges: [],
    sources: [],
    elsewhere: [],
    now: Date.UTC(2026, 7, 20),
    ...given,
  };
}

const days = [1, 2, 3, 4, 5];
const of = (facts: MonthFacts, kind: string) => findCauses(facts).find((one) => one.kind === kind);

describe('other machines', () => {
  it('explain the share of the vendor’s tokens no tool made, and no more than the gap', () => {
    const cells = days.map((day) => {
      const vendor = amounts(0, 1_500 + day);
      return cell(day, { billed: amounts(3), own: amounts(2), vendor, tools: amounts(0, 1_000) });
    });
    const facts = factsOf(cells);
    const found = of(facts, 'other-machines');
    expect(found).toMatchObject({ certainty: 'likely', action: { to: '/sources' } });
    expect(found?.explainsNanoUsd).toBe(dollars(5));
    expect(found?.evidence[0]).toContain('33 % of the tokens the vendor counted are in no own record');
    expect(of(facts, 'unexplained')).toBeUndefined();
  });

  it('are not blamed where the own figures are the vendor’s own count, which holds every machine', () => {
    const cells = days.map((day) =>
      cell(day, { billed: amounts(2 + day / 10), own: amounts(1), vendor: amounts(1, 1_000) }),
    );
    expect(of(factsOf(cells), 'other-machines')).toBeUndefined();
    expect(of(factsOf(cells), 'unexplained')).toBeDefined();
  });

  it('are not blamed where the vendor counts the same tokens: then it is the price', () => {
    const cells = days.map((day) =>
      cell(day, {
        billed: amounts(2 + day / 10),
        own: amounts(1),
        vendor: amounts(0, 1_000),
        tools: amounts(0, 1_000),
      }),
    );
    const facts = factsOf(cells);
    expect(of(facts, 'other-machines')).toBeUndefined();
    expect(of(facts, 'price-changed')).toMatchObject({ certainty: 'likely', explainsNanoUsd: dollars(6.5) });
  });
});

describe('charges', () => {
  it('are taken out before days are called missing', () => {
    const cells = [
      ...days.map((day) => cell(day, { billed: amounts(1), own: amounts(1) })),
      cell(7, { model: '', billed: amounts(1.9) }),
      cell(8, { model: '', billed: amounts(-5) }),
    ];
    const charge = (day: number, kind: number, usd: number) => ({
      utc_day: first + day - 1,
      source_id: 1,
      charge: kind,
      records: 1,
      cost_nano_usd: dollars(usd),
    });
    const facts = factsOf(cells, { charges: [charge(7, 2, 1.9), charge(8, 3, -5)] });
    expect(findCauses(facts)).toMatchObject([
      {
        kind: 'taxes-and-credits',
        title: 'The bill holds taxes and credits',
        explainsNanoUsd: dollars(-3.1),
        evidence: ['1 line of taxes: $1.90.', '1 line of credits: −$5.00.'],
      },
    ]);
  });
});

describe('late data', () => {
  it('is a last day that has not caught up, soon after it', () => {
    const cells = days.map((day) => cell(day, { billed: amounts(day === 5 ? 0.2 : 1), own: amounts(1) }));
    const late = { isFinal: false, asOf: (first + 5) * dayMs + 1 };
    expect(of(factsOf(cells, {}, late), 'late-data')).toMatchObject({ explainsNanoUsd: dollars(-0.8) });
    // A week later the vendor has had its time: it is no excuse any more.
    const old = { isFinal: false, asOf: (first + 12) * dayMs };
    expect(of(factsOf(cells, {}, old), 'late-data')).toBeUndefined();
  });
});

describe('a gateway', () => {
  const elsewhere = (provider: string) => ({
    account: account(2, 'OpenRouter API', provider),
    side: 'billed' as const,
    source: 'OpenRouter activity',
    days: 5,
    cost: dollars(9),
    tokens: 0,
    models: ['gpt-5-mini'],
  });
  const cells = days.flatMap((day) => [
    cell(day, { billed: amounts(1), own: amounts(1) }),
    cell(day, { model: 'gpt-5-mini', own: amounts(2) }),
  ]);

  it('that has the models the bill lacks may have been paid instead', () => {
    const facts = factsOf(cells, { elsewhere: [elsewhere('openrouter')] });
    expect(findCauses(facts)).toMatchObject([
      { kind: 'gateway-double', explainsNanoUsd: dollars(-10), certainty: 'possible' },
    ]);
  });

  it('is not suspected in another account of the same vendor', () => {
    const facts = factsOf(cells, { elsewhere: [elsewhere('openai')] });
    expect(findCauses(facts)).toMatchObject([{ kind: 'filtered-export', explainsNanoUsd: dollars(-10) }]);
  });
});

describe('a missing source', () => {
  it('names what another account holds of the same vendor', () => {
    const other = {
      account: account(3, 'Codex', 'openai'),
      side: 'own' as const,
      source: 'Codex',
      days: 4,
      cost: dollars(7),
      tokens: 1,
      models: [],
    };
    const facts = factsOf(
      [cell(1, { billed: amounts(7) }), cell(2, { billed: amounts(1), own: amounts(1) })],
      {
        elsewhere: [other],
      },
    );
    const found = of(facts, 'missing-source');
    expect(found?.explainsNanoUsd).toBe(dollars(7));
    expect(found?.evidence.at(-1)).toContain('Codex of the account "Codex" holds $7.00');
  });
});

describe('a tier', () => {
  it('is told beside what own records say of theirs, and of caches whose lifetime nobody states', () => {
    const part: Part & { side: 'own' } = {
      ...{ source_id: 2, provider: 'anthropic', model: 'gpt-5', model_raw: 'gpt-5', project: '', charge: 0 },
      ...{
        currency: '',
        price_facts: '{"serviceTier":"default"}',
        price_version: 'v1',
        cost_state: 2,
        records: 5,
      },
      ...{
        requests: 5,
        input: 1,
        cache_read: 0,
        cache_write_5m: 0,
        cache_write_1h: 0,
        output: 1,
        places: -1,
      },
      cache_write_unknown: 2_000_000,
      cost_nano_usd: dollars(5),
      side: 'own',
    };
    const cells = days.map((day) => cell(day, { billed: amounts(2), own: amounts(1) }));
    const found = of(factsOf(cells, { parts: [part] }), 'tier-or-cache');
    expect(found?.evidence.join(' ')).toContain('state the tier default');
    expect(found?.evidence.join(' ')).toContain('2M tokens written to the cache do not say for how long');
    expect(found).toMatchObject({ explainsNanoUsd: dollars(5), certainty: 'possible' });
  });
});
