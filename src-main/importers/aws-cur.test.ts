import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir, startTestCore } from '../testing/core.ts';
import { tokensByModel } from '../testing/read-log.ts';
import { expectedTotals, readTable, sampleText, sumAmounts } from '../testing/read-table.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { awsCur } from './aws-cur.ts';

const legacy = 'aws_cur_legacy_bedrock.csv';
const cur2 = 'aws_cur2_bedrock.csv';
const tokens = { input: 350_000 + 514_000, output: 42_000 + 20_500, cacheRead: 2_100_000 };

conforms(awsCur, {
  [legacy]: { accepted: 5, usd: expectedTotals[legacy]?.total_usd, tokens },
  [cur2]: { accepted: 5, usd: expectedTotals[cur2]?.total_usd, tokens },
});

const read = (text: string) => readTable(awsCur, text);
const [head = '', ...lines] = sampleText(cur2).trimEnd().split('\n');
const [nova = '', , marketplace = ''] = lines;
const rows = (...those: readonly string[]) => read([head, ...those, ''].join('\n'));
const usageType = (line: string, type: string) => line.replace(/USE1-[^,]*(?=,(?:1K tokens|Units),)/, type);
const lineType = (line: string, type: string) => line.replace(',Usage,', `,${type},`);

describe('aws-cur', () => {
  it.each([legacy, cur2])('reads the tokens of %s by model', (name) => {
    const { records, refused, warnings } = read(sampleText(name));
    const e = Object(expectedTotals[legacy]?.tokens);
    expect(tokensByModel(records)).toEqual({
      NovaLite: { input: e['nova-lite in'], output: e['nova-lite out'] },
      'Claude Sonnet 4.5': {
        input: e['sonnet-4.5 in'],
        output: e['sonnet-4.5 out'],
        cacheRead: e['sonnet-4.5 cache read'],
      },
    });
    expect(records[0]).toMatchObject({ provider: 'aws', grain: 'hour', at: Date.UTC(2026, 6, 1) });
    expect({ refused, warnings }).toEqual({ refused: [], warnings: [] });
  });

  it('counts one month once when both generations of the report are imported', async () => {
    await using t = await startTestCore();
    for (const name of [legacy, cur2])
      await t.call('imports.commit', { file: { path: join(samplesDir, name) } });
    const { totals } = await t.call('report.run', { by: [], filters: {} });
    expect(totals).toMatchObject({ cashNanoUsd: 2_510_580_000, tokens });
  });

  it('takes a month written over again as the same rows with new ids, and what grew as grown', async () => {
    await using t = await startTestCore();
    const commit = async (text: string) => {
      using dir = tempDir();
      const path = join(dir.path, 'report.csv');
      writeFileSync(path, text);
      return (await t.call('imports.commit', { file: { path } })).files[0]?.counts;
    };
    await commit(sampleText(cur2));
    const grown = nova.replace(',0.0210000000,', ',0.0420000000,').replace(',350,', ',700,');
    const later = [head, ...lines.slice(1), grown].map((line) => line.replace(/,li(\d),/, ',new$1,'));
    expect(await commit(`${later.join('\n')}\n`)).toMatchObject({ accepted: 1, updated: 1, duplicate: 4 });
    const { totals } = await t.call('report.run', { by: [], filters: {} });
    expect(totals.cashNanoUsd).toBe(2_510_580_000 + 21_000_000);
    expect(totals.tokens.input).toBe(tokens.input + 350_000);
  });

  it('tells rows apart by what they are for; two of one kind add up', () => {
    const others = [
      nova.replaceAll('2026-07-01T00:00:00.000Z,USE1', '2026-07-02T00:00:00.000Z,USE1'),
      nova.replace(':user/dev', ':user/ops'),
      nova.replace('chat', 'search'),
      nova.replace('InvokeModelInference', 'Converse'),
      lineType(nova, 'Credit'),
    ];
    const keyOf = (...those: readonly string[]) => rows(...those).records.at(-1)?.key;
    expect(new Set([nova, ...others].map((line) => keyOf(line))).size).toBe(6);
    expect(keyOf(nova, nova)).toBe(keyOf(nova));
  });

  it('reads the model and the kind of tokens of all three styles of usage type', () => {
    const types = [
      'USE1-NovaLite-input-tokens-batch',
      'EUC1-Claude3Sonnet-cache-write-input-token-count-1-hour',
      'USW2-anthropic.claude-opus-4-8-mantle-output-tokens-global-standard',
    ];
    const { records } = rows(...types.map((type) => usageType(nova, type)));
    expect(tokensByModel(records)).toEqual({
      NovaLite: { input: 350_000 },
      Claude3Sonnet: { cacheWrite1h: 350_000 },
      'anthropic.claude-opus-4-8': { output: 350_000 },
    });
    expect(records[0]?.priceFacts).toEqual({ serviceTier: 'batch' });
  });

  it('counts tokens of the marketplace only where the price can be none but that of a million', () => {
    const priced = (cost: string, quantity: string, type = 'USE1-MP:USE1_InputTokenCount_Global-Units') =>
      usageType(marketplace, type).replace(',1.5420000000,', `,${cost},`).replace(',0.514,', `,${quantity},`);
    const longContext = 'USW2-MP:USW2_input_tokens_long_ctx_global_standard-Units';
    const { records, warnings } = rows(
      priced('6', '1', longContext),
      priced('0.006', '2'),
      priced('0', '2'),
      priced('6000', '2'),
      priced('6', '2').replace('Million Input Tokens', 'Thousand Input Tokens'),
    );
    expect(records.map((record) => record.tokens.input)).toEqual([1_000_000, 0, 0, 0, 0]);
    expect(records[0]?.priceFacts).toEqual({ longContext: true });
    expect(sumAmounts(records)).toBe('6012.006');
    expect(warnings).toEqual([
      'In 4 rows nothing proves how many tokens a unit is; their cost counts, their tokens are unknown.',
    ]);
  });

  it('takes the unit from the description where the report was made without it, and no unit for granted', () => {
    const blank = nova.replace(',1K tokens,', ',,');
    const unknown = blank.replace('per 1K input tokens', 'for input tokens');
    expect(rows(blank, unknown).records.map((record) => record.tokens.input)).toEqual([350_000, 0]);
  });

  it('leaves other services out, and says so', () => {
    const ec2 = usageType(nova, 'BoxUsage:t3.micro')
      .replaceAll('AmazonBedrock', 'AmazonEC2')
      .replace('Amazon Bedrock', 'Amazon Elastic Compute Cloud');
    const software = usageType(marketplace, 'USE1-MP:Hours-Units').replace(
      'Claude Sonnet 4.5 (Amazon Bedrock Edition)',
      'Some Firewall',
    );
    const { records, skipped, warnings } = rows(ec2, software, ...lines);
    expect(records).toHaveLength(5);
    expect(skipped).toEqual([
      '2 Amazon Elastic Compute Cloud is no AI service',
      '3 Some Firewall is no AI service',
    ]);
    expect(warnings).toEqual(['2 rows are charges for other services than AI; they were left out.']);
  });

  it('keeps credits, tax, fees and refunds of Bedrock as charges of their own, without tokens', () => {
    const types = ['Credit', 'Tax', 'Fee', 'Refund', 'EdpDiscount', 'SomethingNew'];
    const { records } = rows(...types.map((type) => lineType(nova, type)));
    expect(records.map(({ charge, tokens: { input } }) => [charge, input])).toEqual([
      ['credit', 0],
      ['tax', 0],
      ['purchase', 0],
      ['adjustment', 0],
      ['adjustment', 0],
      ['adjustment', 0],
    ]);
  });

  it('names the project by its tag, in either generation, else by the account', () => {
    const tagged = nova.replace('""user_app"":""chat""', '""user_project"":""alpha""');
    expect(rows(tagged, nova).records.map(({ project }) => project)).toEqual(['alpha', '123456789012']);
    const old = sampleText(legacy).replace('resourceTags/user:app', 'resourceTags/user:Project');
    expect(read(old).records[0]?.project).toBe('chat');
  });

  it('is one source by report: by the hour or by the day', () => {
    const daily = (line: string) => line.replaceAll('2026-07-01T01:00:00.000Z', '2026-07-02T00:00:00.000Z');
    expect(rows(nova).records[0]?.cut).toBe('CUR 2.0 by hour');
    expect(rows(daily(nova)).records[0]).toMatchObject({ cut: 'CUR 2.0 by day', grain: 'day' });
    expect(read(sampleText(legacy)).records[0]?.cut).toBe('legacy CUR by hour and resource');
  });

  it('refuses what it cannot be sure of', () => {
    const { refused } = rows(
      nova.replace(',0.0210000000,', ',,'),
      nova.replace(',USD,', ',,'),
      nova.replace('2026-07-01T00:00:00.000Z,USE1', '01/07/2026,USE1'),
      nova.replace(',350,', ',many,'),
    );
    expect(refused).toEqual([
      '2 UnblendedCost "" is no amount',
      '3 CurrencyCode "" is not a currency',
      '4 line_item_usage_start_date "01/07/2026" leaves open which number is the day and which the month',
      '5 line_item_usage_amount "many" is not a number',
    ]);
  });
});
