import type { RouteOutput } from '../../src-preload/contract/index.ts';
import { type AuditCheck, type AuditRow, checkAudit, countAudit, listAudit } from '../store/audit.ts';
import type { HandlerContext, Handlers, Namespace } from './context.ts';

function toEntry({ id, at, actor, action, subject, details }: AuditRow) {
  return { id, at, actor, action, subject, details: detailsIn(details) };
}

/** Whatever someone wrote into the column: the list must show it, not fail on it. */
function detailsIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    // Checked on the line above: an object, whose names are its own.
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  return { text };
}

async function verify(context: HandlerContext): Promise<RouteOutput<'audit.verify'>> {
  const { vault, audit, db } = context;
  // The seal is checked with a key of the vault: the user asked, so it may be opened.
  const { isLocked } = await vault.state();
  await audit.settled();
  const check = checkAudit(db());
  const isSealed = await audit.isSealed(check.head);
  const isSound = check.firstBad === null && isSealed !== false && (isSealed === null || check.holdsSealed);
  return {
    entries: countAudit(db()),
    proof: isSealed === null ? 'chain' : 'sealed',
    isSound,
    firstBadId: check.firstBad?.id ?? null,
    explanation:
      check.firstBad === null ? endInWords(check, { isSealed, isLocked }) : flawInWords(check.firstBad),
  };
}

function flawInWords({ id, flaw }: NonNullable<AuditCheck['firstBad']>): string {
  switch (flaw) {
    case 'changed':
      return `Entry ${id} is not what was written: it was changed, or another was put in its place. Entries before it are sound; from it on nothing is certain.`;
    case 'missing':
      return `Entry ${id} is missing. Entries before it are sound; from there on the log was cut or entries were removed.`;
    case 'added':
      return `Entry ${id} was added by something else than LLMLab. Entries before it are sound.`;
    case 'head':
      return `The log ends with another entry ${id} than was written last. It was written anew, or an older state was put back.`;
  }
}

function endInWords(
  { head, holdsSealed }: AuditCheck,
  { isSealed, isLocked }: { isSealed: boolean | null; isLocked: boolean },
): string {
  if (head.count === 0) return 'Nothing has been written yet.';
  const all =
    head.count === 1 ? 'The one entry is whole' : `All ${head.count} entries form one unbroken chain`;
  if (isSealed === false || (isSealed && !holdsSealed))
    return `${all}, but it is not the one your vault sealed: the log was written anew by something else than LLMLab.`;
  if (isSealed === null) return `${all}. ${withoutSeal(head.seal !== null, isLocked)}`;
  const after = head.count - (head.seal?.count ?? 0);
  return after === 0
    ? `${all}, and its end is the one your vault sealed.`
    : `${all}. Your vault sealed it up to entry ${head.seal?.count}; the ${after} after it were written while the vault was not open.`;
}

function withoutSeal(hasSeal: boolean, isLocked: boolean): string {
  const why = isLocked
    ? 'the vault is locked'
    : hasSeal
      ? 'another vault sealed it'
      : 'no key was kept yet that could seal it';
  return `Its end could not be checked (${why}): whoever can write the ledger could have written all of it anew.`;
}

export const auditHandlers: Handlers<Namespace<'audit'>> = {
  'audit.list': (page, { db }) => ({ entries: listAudit(db(), page).map(toEntry), total: countAudit(db()) }),
  'audit.verify': (_, context) => verify(context),
};
