import type { Preview, ReadyPreview } from '../../../../src-preload/contract/imports.ts';
import type { UnknownPreview } from '../mapping-draft.ts';

const read = { bytes: 2048, sha256: 'f00d' };

/** A preview of a recognised file with the given counts, for tests. */
export function readyPreview(
  counts: Partial<ReadyPreview['counts']>,
  facts: Partial<ReadyPreview> = {},
): ReadyPreview {
  return {
    ...read,
    fileName: 'costs.csv',
    kind: 'ready',
    format: 'openai-cost',
    formatLabel: 'OpenAI costs export',
    vendor: 'openai',
    evidence: 'billed',
    accountId: null,
    accountName: 'OpenAI',
    counts: { accepted: 0, updated: 0, duplicate: 0, refused: 0, skipped: 0, unpriced: 0, ...counts },
    firstDay: '2026-11-17',
    lastDay: '2026-11-19',
    addsNanoUsd: 0,
    cashBeforeNanoUsd: 0,
    cashAfterNanoUsd: 0,
    equivalentBeforeNanoUsd: 0,
    equivalentAfterNanoUsd: 0,
    firstRows: [],
    problems: [],
    warnings: [],
    elapsedMs: 1,
    mappingName: null,
    ...facts,
  };
}

export const choosePreview: Preview = {
  ...read,
  fileName: 'usage.csv',
  kind: 'choose',
  formats: [
    { format: 'openai-usage', label: 'OpenAI usage' },
    { format: 'focus', label: 'FOCUS' },
  ],
};

export const unreadablePreview: Preview = {
  kind: 'unreadable',
  fileName: 'photo.pdf',
  bytes: 9,
  code: 'FORMAT_UNKNOWN',
  reason: 'This is a PDF. Nothing was read.',
};

export const unknownPreview: UnknownPreview = {
  ...read,
  kind: 'unknown',
  fileName: 'spend.csv',
  header: ['Tag', 'When', 'Euro', 'Note'],
  sample: [
    ['a', '01/02/2026', '1,50', ''],
    ['a', '02/02/2026', '2,50', ''],
    ['b', '03/02/2026', '2,50', 'late'],
  ],
  delimiter: ';',
  guess: {
    name: 'spend',
    columns: { date: 'When' },
    dateFormat: 'dmy',
    zone: 'UTC',
    decimal: ',',
    inputIncludesCache: false,
    currency: 'EUR',
    provider: '',
    evidence: 'recorded',
  },
  open: ['dateFormat'],
};
