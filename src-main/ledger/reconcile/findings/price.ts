import type { Part } from '../../../store/reconcile.ts';
import { countWords, dayWords, listWords, tokensWords, usdText } from '../words.ts';
import { type Analysis, nameOf } from './analysis.ts';
import { type Differing, differing, gapIn } from './differing.ts';
import type { Finding } from './finding.ts';

function ownParts({ facts }: Analysis, model: string | null): readonly Part[] {
  return facts.parts.filter((part) => part.side === 'own' && (model === null || part.model === model));
}

function tokensOf(part: Part): number {
  return (
    part.input +
    part.cache_read +
    part.cache_write_5m +
    part.cache_write_1h +
    part.cache_write_unknown +
    part.output
  );
}

/** Own records whose cost nobody knows, so that the own side is a lower bound. */
export function findUnpriced(analysis: Analysis): Finding | null {
  const parts = analysis.facts.parts.filter((part) => part.side === 'own' && part.cost_state === 0);
  if (parts.length === 0) return null;
  const models = Map.groupBy(parts, (part) => part.model || 'no model stated');
  const lines = [...models].map(([model, own]) => {
    const records = own.reduce((sum, part) => sum + part.records, 0);
    const tokens = own.reduce((sum, part) => sum + tokensOf(part), 0);
    return `${model}: ${countWords(records, 'record')}, ${tokensWords(tokens)}, no known price.`;
  });
  const priced = analysis.namesModels ? differing(analysis, 'unpriced') : [];
  const gap = gapIn(priced);
  return {
    kind: 'unpriced-models',
    title: `${countWords(models.size, 'model')} without a price`,
    evidence: [
      ...lines.slice(0, 5),
      ...(gap > 0
        ? [`The bill has ${usdText(gap)} more for ${listWords(priced.map(({ group }) => nameOf(group)))}.`]
        : []),
    ],
    explainsNanoUsd: gap > 0 ? gap : null,
    certainty: gap > 0 ? 'likely' : 'possible',
    action: { text: 'Set a price or an alias', to: '/settings?tab=prices' },
  };
}

function timesWords(ratio: number): string {
  return `${ratio.toFixed(ratio < 10 ? 2 : 1)} times`;
}

function priceWords({ group, difference }: Differing<'price'>): string {
  const { ratio, since, sameTokens } = difference;
  const sums = `billed ${usdText(group.billed)}, own ${usdText(group.own)}`;
  const before = since === null ? '' : ` from ${dayWords(since)} on, while both agree before`;
  const tokens = sameTokens ? ' The vendor counts the same tokens.' : '';
  return `${nameOf(group)}: the bill is ${timesWords(ratio)} the own figure${before} (${sums}).${tokens}`;
}

/** What the own records say of the way they were served. */
function tierWords(analysis: Analysis, list: readonly Differing<'price'>[]): readonly string[] {
  return list.flatMap(({ group }) => {
    const parts = ownParts(analysis, group.model);
    const tiers = [...new Set(parts.flatMap((part) => tierOf(part) ?? []))];
    const unknown = parts.reduce((sum, part) => sum + part.cache_write_unknown, 0);
    return [
      tiers.length === 0
        ? `Own records of ${nameOf(group)} state no service tier: they are priced as standard.`
        : `Own records of ${nameOf(group)} state the tier ${listWords(tiers)}.`,
      ...(unknown > 0
        ? [
            `${tokensWords(unknown)} written to the cache do not say for how long; they are priced as five minutes.`,
          ]
        : []),
    ];
  });
}

function tierOf(part: Part): string | null {
  if (part.price_facts === '') return null;
  const facts = JSON.parse(part.price_facts) as { readonly serviceTier?: string };
  return facts.serviceTier ?? null;
}

/** Prices that differ by a factor a service tier or the cache is known for. */
export function findTier(analysis: Analysis): Finding | null {
  const list = differing(analysis, 'price').filter(({ difference }) => difference.means !== null);
  if (list.length === 0) return null;
  const means = [...new Set(list.map(({ difference }) => difference.means ?? ''))];
  return {
    kind: 'tier-or-cache',
    title: `${countWords(list.length, 'model')} billed at another tier or cache price`.replace(
      /^1 model billed/,
      'One model is billed',
    ),
    evidence: [
      ...list.map(priceWords),
      ...means.map(
        (one) =>
          `That is what ${one.replace(' is billed', ' being billed').replace(' are billed', ' being billed')} would give.`,
      ),
      ...tierWords(analysis, list),
    ],
    explainsNanoUsd: gapIn(list),
    certainty: list.every(({ difference }) => difference.sameTokens) ? 'likely' : 'possible',
    action: { text: 'Look at these records', to: `/activity?account=${analysis.facts.month.accountId}` },
  };
}

/** Steady other prices that no known tier gives. */
export function findPriceChange(analysis: Analysis): Finding | null {
  const list = differing(analysis, 'price').filter(({ difference }) => difference.means === null);
  if (list.length === 0) return null;
  const versions = new Set(
    list.flatMap(({ group }) => ownParts(analysis, group.model).map((part) => part.price_version)),
  );
  const named = [...versions].filter((version) => version !== '');
  const isSure = list.every(({ difference }) => difference.sameTokens || difference.since !== null);
  return {
    kind: 'price-changed',
    title: `The bill charges another price for ${listWords(list.map(({ group }) => nameOf(group)))}`,
    evidence: [
      ...list.map(priceWords),
      ...(named.length > 0 ? [`LLMLab priced these records with ${listWords(named)}.`] : []),
    ],
    explainsNanoUsd: gapIn(list),
    certainty: isSure ? 'likely' : 'possible',
    action: { text: 'Check or set the price', to: '/settings?tab=prices' },
  };
}
