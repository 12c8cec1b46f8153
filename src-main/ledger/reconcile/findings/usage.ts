import { charges } from '../../content.ts';
import { countWords, listWords, percentWords, usdText } from '../words.ts';
import { type Analysis, type Group, nameOf } from './analysis.ts';
import { differing } from './differing.ts';
import type { Finding } from './finding.ts';

/** Calls the vendor counted that no tool on this machine made. */
export function findOtherMachines(analysis: Analysis): Finding | null {
  const list = differing(analysis, 'more');
  if (list.length === 0) return null;
  const counted = list.filter(({ difference }) => difference.tokens !== null);
  const explains = counted.reduce((sum, { group, difference }) => {
    const share = 1 - 1 / (difference.tokens ?? 1);
    return sum + Math.min(group.billed - group.own, Math.round(group.billed * share));
  }, 0);
  return {
    kind: 'other-machines',
    title: 'The vendor saw more calls than this machine made',
    evidence: list.map(({ group, difference }) => {
      const head = `${nameOf(group)}: more was billed on ${difference.days} of ${countWords(difference.ofDays, 'day')} with own records`;
      return difference.tokens === null
        ? `${head} (billed ${usdText(group.billed)}, own ${usdText(group.own)}). The bill states no tokens that could prove it.`
        : `${head}; ${percentWords(1 - 1 / difference.tokens)} of the tokens the vendor counted are in no own record.`;
    }),
    explainsNanoUsd: counted.length > 0 ? explains : null,
    certainty: counted.length === list.length ? 'likely' : 'possible',
    action: { text: 'Read the logs of your other machines too', to: '/sources' },
  };
}

/** Own calls the bill does not have. */
export function findFilteredExport(analysis: Analysis): Finding | null {
  const { facts, groups, namesModels } = analysis;
  if (facts.month.gapNanoUsd === null) return null;
  const absent = namesModels ? groups.filter((group) => group.isOwn && !group.isBilled && group.own > 0) : [];
  const fewer = differing(analysis, 'less');
  const gone = throughGateway(analysis);
  const missing = absent.filter((group) => !gone.includes(group));
  if (missing.length === 0 && fewer.length === 0) return null;
  const projects = new Set(
    facts.parts.flatMap((part) =>
      part.side === 'billed' && part.charge === charges.indexOf('usage') ? part.project : [],
    ),
  );
  const [only = ''] = projects;
  const isOneProject = projects.size === 1 && only !== '';
  return {
    kind: 'filtered-export',
    title: 'The bill leaves out calls that were made here',
    evidence: [
      ...missing.map(
        (group) => `${nameOf(group)}: ${usdText(group.own)} of own figures, not a line in the bill.`,
      ),
      ...fewer.map(
        ({ group, difference }) =>
          `${nameOf(group)}: less was billed on ${difference.days} of ${countWords(difference.ofDays, 'day')} (billed ${usdText(group.billed)}, own ${usdText(group.own)}).`,
      ),
      ...(isOneProject
        ? [`Every line of the bill is of one project, ${only}: it may have been exported for that alone.`]
        : []),
    ],
    explainsNanoUsd: -missing.reduce((sum, group) => sum + group.own, 0) || null,
    certainty: isOneProject ? 'likely' : 'possible',
    action: {
      text: 'Export again without a filter, or move these calls to the account that paid',
      to: '/imports',
    },
  };
}

/** Accounts somebody else bills: one that holds this vendor's models passes calls on to it. */
function passingOn({ facts }: Analysis): Analysis['facts']['elsewhere'] {
  return facts.elsewhere.filter((one) => one.account.provider !== facts.month.provider);
}

/** Own models without a bill here that a gateway's account has. */
function throughGateway(analysis: Analysis): readonly Group[] {
  const { groups, namesModels } = analysis;
  if (!namesModels) return [];
  const models = new Set(passingOn(analysis).flatMap((one) => one.models));
  return groups.filter((group) => group.isOwn && !group.isBilled && models.has(group.model ?? ''));
}

/** Own calls that a gateway's account seems to have paid. */
export function findGatewayDouble(analysis: Analysis): Finding | null {
  const list = throughGateway(analysis);
  if (list.length === 0 || analysis.facts.month.gapNanoUsd === null) return null;
  const models = new Set(list.map((group) => group.model ?? ''));
  const accounts = passingOn(analysis).filter((one) => one.models.some((model) => models.has(model)));
  return {
    kind: 'gateway-double',
    title: 'Some calls may have gone through a gateway',
    evidence: [
      ...list.map(
        (group) => `${nameOf(group)}: ${usdText(group.own)} of own figures, not a line in this bill.`,
      ),
      `${listWords([...new Set(accounts.map((one) => one.account.name))])} holds the same models in this month: then both accounts count these calls.`,
    ],
    explainsNanoUsd: -list.reduce((sum, group) => sum + group.own, 0),
    certainty: 'possible',
    action: { text: 'Move the source to the gateway’s account', to: '/sources' },
  };
}
