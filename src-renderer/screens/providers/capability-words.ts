import type { Capability, ProviderInfo } from '../../../src-preload/contract/connections.ts';
import type { Evidence } from '../../../src-preload/contract/values.ts';

type Reports = readonly { readonly evidence: Evidence }[];

/** What reading an account's money amounts to: a bill, the usage behind it, or both. */
function costWords(reports: Reports): readonly string[] {
  const isBilled = reports.some((report) => report.evidence === 'billed' || report.evidence === 'metered');
  const isUsage = reports.some((report) => report.evidence === 'recorded' || report.evidence === 'estimated');
  return [...(isBilled || !isUsage ? ['bill'] : []), ...(isUsage ? ['usage'] : [])];
}

const order: readonly Capability[] = ['costs', 'balance', 'models', 'calls'];

/** What a vendor offers, in words, money first: `Bill, balance, models, calls`. */
export function offerWords({ offers, reports }: Pick<ProviderInfo, 'offers' | 'reports'>): string {
  const words = order
    .filter((capability) => offers.includes(capability))
    .flatMap((capability) => (capability === 'costs' ? costWords(reports) : [capability]));
  return sentenceStart(words.join(', '));
}

/** One capability as a title. */
export function capabilityLabel(capability: Capability): string {
  return labels[capability];
}

const labels: Readonly<Record<Capability, string>> = {
  costs: 'Bill and usage',
  balance: 'Balance',
  models: 'Models',
  calls: 'Calls',
};

/** What fields unlock, as a title (`For the bill and the balance`), and what that brings, in one line. */
export function unlockWords(
  neededFor: readonly Capability[],
  reports: ProviderInfo['reports'],
): { readonly title: string; readonly brings: string } {
  const wanted = order.filter((capability) => neededFor.includes(capability));
  if (wanted.length === 0) return { title: 'To connect', brings: '' };
  const nouns = wanted.flatMap((capability) =>
    capability === 'costs'
      ? costWords(reports).map((word) => `the ${word}`)
      : [capability === 'balance' ? 'the balance' : capability],
  );
  return { title: `For ${list(nouns)}`, brings: wanted.map((one) => brings(one, reports)).join(' ') };
}

function brings(capability: Capability, reports: ProviderInfo['reports']): string {
  switch (capability) {
    case 'costs':
      return reportsBring(reports);
    case 'balance':
      return 'Keeps what is left, and sees top-ups.';
    case 'models':
      return 'Lists the models, with prices where the vendor states them.';
    case 'calls':
      return 'Lets LLMLab call the models and record what each call cost.';
  }
}

function reportsBring(reports: ProviderInfo['reports']): string {
  const days = Math.max(0, ...reports.map((report) => report.lookBackDays));
  const what = costWords(reports).includes('bill') ? 'what was billed' : 'what was used';
  const every = Math.min(...reports.map((report) => report.everyMinutes));
  const often = Number.isFinite(every) ? `, ${everyWords(every)}` : '';
  return days > 0 ? `Reads ${what}${often}, up to ${days} days back.` : `Reads ${what}${often}.`;
}

/** `every hour`, `every 6 hours`, `every 15 minutes`, `once a day` */
export function everyWords(minutes: number): string {
  if (minutes % 1440 === 0) return minutes === 1440 ? 'once a day' : `every ${minutes / 1440} days`;
  if (minutes % 60 === 0) return minutes === 60 ? 'every hour' : `every ${minutes / 60} hours`;
  return `every ${minutes} minutes`;
}

/** `a, b and c` */
export function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function sentenceStart(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
