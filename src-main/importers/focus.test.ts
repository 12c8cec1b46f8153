import { describe, expect, it } from 'vitest';
import type { ImportedRecord } from '../platform/record.ts';
import { conforms } from '../testing/conformance.ts';
import {
  expectedTotals,
  plainAmount,
  readTable,
  sampleText,
  sumAmounts,
  sumTokens,
} from '../testing/read-table.ts';
import { focus } from './focus.ts';

conforms(focus, {
  'focus_1.2_generic.csv': { accepted: 5, usd: expectedTotals['focus_1.2_generic.csv']?.billed_total_usd },
  'focus_1.4_generic.csv': { accepted: 2, usd: expectedTotals['focus_1.4_generic.csv']?.usage_usd },
  'aws_focus_1.2_bedrock.csv': { accepted: 3, usd: expectedTotals['aws_focus_1.2_bedrock.csv']?.net_usd },
  'azure_focus_1.0.csv': { accepted: 2, usd: expectedTotals['azure_focus_1.0.csv']?.total_usd },
});

const totalOf = (records: readonly ImportedRecord[], charge?: string) =>
  sumAmounts(records.filter((record) => charge === undefined || record.charge === charge));
const expected = (name: string, total: string) => plainAmount(String(expectedTotals[name]?.[total]));
const generic = 'focus_1.2_generic.csv';
const aws = 'aws_focus_1.2_bedrock.csv';
const azure = 'azure_focus_1.0.csv';

describe('focus', () => {
  it('reads the generic 1.2 sample: usage with its correction, credit, tax', () => {
    const { records, refused, warnings } = readTable(focus, sampleText(generic));
    expect(totalOf(records)).toBe(expected(generic, 'billed_total_usd'));
    expect(totalOf(records, 'usage')).toBe(expected(generic, 'usage_usd'));
    expect(totalOf(records, 'credit')).toBe(expected(generic, 'credit_usd'));
    expect(totalOf(records, 'tax')).toBe(expected(generic, 'tax_usd'));
    expect(records[2]?.extras).toMatchObject({ chargeClass: 'Correction' });
    expect({ refused, warnings }).toEqual({ refused: [], warnings: [] });
  });

  it('reads 1.4, which names the provider in another column', () => {
    const { records } = readTable(focus, sampleText('focus_1.4_generic.csv'));
    expect(totalOf(records, 'usage')).toBe(expected('focus_1.4_generic.csv', 'usage_usd'));
    expect(records.map(({ provider, model }) => [provider, model])).toEqual([
      ['exampleai', 'example-large'],
      ['exampleai', 'example-large'],
    ]);
    expect(sumTokens(records)).toMatchObject({ input: 100_000, output: 20_000 });
  });

  it('reads the AWS sample: E-notation, hours, units of 1K tokens, a credit', () => {
    const { records, refused } = readTable(focus, sampleText(aws));
    expect(totalOf(records)).toBe(expected(aws, 'net_usd'));
    expect(totalOf(records, 'usage')).toBe(expected(aws, 'usage_usd'));
    expect(totalOf(records, 'credit')).toBe(expected(aws, 'credit_usd'));
    expect(records.map(({ model }) => model)).toEqual(['NovaLite', 'Claude Sonnet 4.5', null]);
    expect(records[0]).toMatchObject({ provider: 'aws', grain: 'hour', tokens: { input: 5000 } });
    expect(refused).toEqual([]);
  });

  it('reads the Azure sample: times without seconds, tokens in priced blocks', () => {
    const { records } = readTable(focus, sampleText(azure));
    expect(totalOf(records)).toBe(expected(azure, 'total_usd'));
    expect(sumTokens(records)).toMatchObject({ input: 1_520_250, output: 210_500 });
    expect(records[0]).toMatchObject({ provider: 'azure', model: 'gpt-4o-0806', grain: 'day' });
  });

  it('keeps two identical charges of one file, which add up', () => {
    const text = sampleText(generic);
    const { records } = readTable(focus, `${text}${text.split('\n')[1]}\n`);
    expect(records.filter(({ amount }) => amount?.value === '0.3')).toHaveLength(3);
    expect(new Set(records.map(({ key }) => key)).size).toBe(records.length - 1);
  });

  it('keeps charges for other services of a cloud out, and says so', () => {
    const text = sampleText(aws).replace(
      'AI and Machine Learning,Amazon Bedrock,,USE1',
      'Compute,Amazon EC2,,USE1',
    );
    const { skipped, warnings, records } = readTable(focus, text);
    expect(records).toHaveLength(2);
    expect(skipped).toEqual(['2 Amazon EC2 is no AI service']);
    expect(warnings).toEqual(['1 rows are charges for other services than AI; they were left out.']);
  });

  it('takes the project from the tags, else from the sub account', () => {
    const tagged = sampleText(generic).replaceAll(
      '{""app"":""chat""}',
      '{""user:Project"":""beta"",""__proto__"":""x""}',
    );
    expect(readTable(focus, tagged).records[0]?.project).toBe('beta');
    expect(readTable(focus, sampleText(generic)).records[0]?.project).toBe('alpha');
    const broken = sampleText(generic).replaceAll('{""app"":""chat""}', '{""project');
    expect(readTable(focus, broken).records[0]?.project).toBe('alpha');
  });

  it('keeps economic and list cost beside the billed one, never in its place', () => {
    const [head = '', line = ''] = sampleText(generic).split('\n');
    const discounted = line.replace(',0.3,0.3,INV-7,ExampleAI,0.3,', ',0.3,0.25,INV-7,ExampleAI,0.4,');
    expect(readTable(focus, `${head}\n${discounted}\n`).records[0]).toMatchObject({
      amount: { value: '0.3' },
      extras: { effectiveCost: '0.25', listCost: '0.4' },
    });
  });

  it('takes many million tokens and everyday amounts of small currencies, but no amount the ledger cannot hold', () => {
    const [head = '', line = ''] = sampleText(generic).split('\n');
    const many = line.replaceAll(',100000,Tokens,', ',12000000,Tokens,');
    const rupiah = line.replace('0.3,', '9500000,').replace(',USD,', ',IDR,');
    const dollars = line.replace('0.3,', '9500000,');
    const { records, refused } = readTable(focus, [head, many, rupiah, dollars, ''].join('\n'));
    expect(records.map(({ tokens, amount }) => [tokens.input, amount])).toEqual([
      [12_000_000, { value: '0.3', currency: 'USD' }],
      [100_000, { value: '9500000', currency: 'IDR' }],
    ]);
    expect(refused).toEqual(['4 BilledCost "9500000": the amount is too large']);
  });

  it('refuses amounts, currencies, categories and dates it cannot be sure of', () => {
    const text = sampleText(generic)
      .replace('\n0.3,', '\n,')
      .replace('\n3E-1,org-1,Example,Organization,USD', '\n3E-1,org-1,Example,Organization,Credits')
      .replace('Credit,,Goodwill', 'Bonus,,Goodwill')
      .replace('VAT,Usage-Based,2026-07-02T00:00:00Z,2026-07-01T00:00:00Z', 'VAT,Usage-Based,7/2/26,7/1/26');
    expect(readTable(focus, text).refused).toEqual([
      '2 BilledCost "" is no amount',
      '3 BillingCurrency "CREDITS" is not a currency',
      '5 ChargeCategory "Bonus" is not known',
      '6 ChargePeriodStart "7/1/26" leaves open which number is the day and which the month',
    ]);
  });
});
