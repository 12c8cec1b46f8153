import { counted, plain, usd } from '../text.ts';
import type { FileReport } from './import-report.ts';

const shownProblems = 10;

/** The answer of `llmlab import` for people: what came in, what did not and why, and how to take it back. */
export function importText(files: readonly FileReport[], isDryRun: boolean): string {
  return files.map((file) => fileText(file, isDryRun)).join('\n\n');
}

function fileText(file: FileReport, isDryRun: boolean): string {
  const { path, fileName, error } = file;
  const name = path.endsWith(fileName) ? path : `${path} > ${fileName}`;
  if (error !== null) return `${plain(name)}: not imported`;
  return [`${plain(name)}: ${file.format}`, countsLine(file, isDryRun), ...notes(file, isDryRun)].join(
    '\n  ',
  );
}

function countsLine(file: FileReport, isDryRun: boolean): string {
  const [add, update] = isDryRun ? ['add', 'update'] : ['added', 'updated'];
  const added = file.accepted - file.updated;
  const changed = [
    ...(added > 0 || file.updated === 0 ? [`${add} ${counted(added, 'row')}`] : []),
    ...(file.updated > 0 ? [`${update} ${counted(file.updated, 'row')}`] : []),
  ].join(' and ');
  const changes = isDryRun ? `would ${changed}` : changed;
  const parts = [
    file.accepted > 0 ? `${changes} (${usd(file.costNanoUsd)}) to ${plain(file.account ?? '')}` : changes,
    ...(file.duplicate > 0 ? [`${counted(file.duplicate, 'row')} already known`] : []),
    ...(file.skipped > 0 ? [`${counted(file.skipped, 'empty row')} passed over`] : []),
    ...(file.refused > 0 ? [`${counted(file.refused, 'row')} refused`] : []),
  ];
  return parts.join(', ');
}

function notes(file: FileReport, isDryRun: boolean): readonly string[] {
  const shown = file.problems.slice(0, shownProblems);
  const more = file.refused - shown.length;
  return [
    ...shown.map(({ line, reason }) => `line ${line}: ${plain(reason)}`),
    ...(shown.length > 0 && more > 0 ? [`and ${counted(more, 'more refused row')}`] : []),
    ...(file.unpriced > 0
      ? [`${counted(file.unpriced, 'row')} without a known price: totals read "at least" until one is set`]
      : []),
    ...file.warnings.map(plain),
    ...(file.importId !== null && !isDryRun ? [`take it back with: llmlab undo ${file.importId}`] : []),
  ];
}
