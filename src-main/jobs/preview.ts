import type { Mapping } from '../importers/mapper.ts';
import { dayText } from '../ledger/day.ts';
import type { Evidence, Grain, Tokens } from '../platform/record.ts';
import type { MemberImport } from './import-member.ts';
import type { Recognised } from './recognise.ts';

export interface FileFacts {
  readonly fileName: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface Money {
  readonly cashNanoUsd: number;
  readonly equivalentNanoUsd: number;
}

export interface PreviewRow {
  readonly line: number;
  readonly at: number;
  readonly grain: Grain;
  readonly model: string | null;
  readonly project: string | null;
  readonly tokens: Tokens;
  readonly requests: number;
  readonly costNanoUsd: number | null;
  readonly state: 'new' | 'updated' | 'duplicate' | 'unpriced';
}

/** A file that can be imported, and exactly what that would do. Plain data, as the contract's preview. */
export interface ReadyPreview extends FileFacts {
  readonly kind: 'ready';
  readonly format: string;
  readonly formatLabel: string;
  readonly vendor: string;
  readonly evidence: Evidence;
  readonly accountId: number | null;
  readonly accountName: string;
  readonly counts: {
    accepted: number;
    updated: number;
    duplicate: number;
    refused: number;
    skipped: number;
    unpriced: number;
  };
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly addsNanoUsd: number;
  readonly cashBeforeNanoUsd: number;
  readonly cashAfterNanoUsd: number;
  readonly equivalentBeforeNanoUsd: number;
  readonly equivalentAfterNanoUsd: number;
  readonly firstRows: PreviewRow[];
  readonly problems: { line: number; reason: string; raw: string | null }[];
  readonly warnings: string[];
  readonly elapsedMs: number;
  readonly mappingName: string | null;
}

export interface Unreadable {
  readonly kind: 'unreadable';
  readonly fileName: string;
  readonly bytes: number;
  readonly code: string;
  readonly reason: string;
}

export type PreviewResult =
  | ReadyPreview
  | (FileFacts & { readonly kind: 'choose'; readonly formats: { format: string; label: string }[] })
  | (FileFacts & {
      readonly kind: 'unknown';
      readonly header: string[];
      readonly sample: string[][];
      readonly delimiter: string;
      readonly guess: Mapping;
      readonly open: string[];
    })
  | Unreadable;

function toPreviewRow({ line, record, outcome, cost }: MemberImport['firstRows'][number]): PreviewRow {
  const { at, grain, model, tokens, requests } = record;
  const isNewUnpriced = outcome === 'accepted' && cost.state === 'unpriced';
  return {
    line,
    at,
    grain,
    model,
    project: record.project || null,
    tokens,
    requests,
    costNanoUsd: cost.state === 'unpriced' ? null : cost.nanoUsd,
    state: isNewUnpriced ? 'unpriced' : outcome === 'accepted' ? 'new' : outcome,
  };
}

/** One file, imported and taken back. */
export interface Rehearsed {
  readonly facts: FileFacts;
  readonly recognised: Extract<Recognised, { kind: 'table' | 'log' }>;
  readonly result: MemberImport;
  readonly before: Money;
  readonly after: Money;
  readonly elapsedMs: number;
}

/** The preview as plain data: it crosses from the worker to the window. */
export function toReady({ facts, recognised, result, before, after, elapsedMs }: Rehearsed): ReadyPreview {
  const { importer } = recognised;
  const { accepted, updated, duplicate, refused, skipped, unpriced, costNanoUsd, firstDay, lastDay } =
    result.tally;
  return {
    kind: 'ready',
    ...facts,
    format: importer.id,
    formatLabel: importer.label,
    vendor: importer.vendorLabel,
    evidence: importer.evidence,
    accountId: result.accountId,
    accountName: result.accountName,
    counts: { accepted, updated, duplicate, refused, skipped, unpriced },
    firstDay: firstDay === null ? null : dayText(firstDay),
    lastDay: lastDay === null ? null : dayText(lastDay),
    addsNanoUsd: costNanoUsd,
    cashBeforeNanoUsd: before.cashNanoUsd,
    cashAfterNanoUsd: after.cashNanoUsd,
    equivalentBeforeNanoUsd: before.equivalentNanoUsd,
    equivalentAfterNanoUsd: after.equivalentNanoUsd,
    firstRows: result.firstRows.map(toPreviewRow),
    problems: result.refusals.map(({ line, reason, raw }) => ({ line, reason, raw })),
    warnings: [...result.warnings],
    elapsedMs,
    mappingName: recognised.kind === 'table' ? (recognised.mapping?.name ?? null) : null,
  };
}
