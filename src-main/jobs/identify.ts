import { mappedImporterId } from '../importers/mapper.ts';
import { utcDay } from '../ledger/day.ts';
import { createRowIds, type Identity, identityOf } from '../ledger/identity.ts';
import type { Importer } from '../platform/importer.ts';
import type { ImportedRecord } from '../platform/record.ts';

export interface IdentifyOptions {
  readonly importer: Importer;
  /** Whether rows of one key are parts of one charge. */
  readonly addsUp: boolean;
}

/** Who the charges of one file are. `raw` is the row's text where it is a record's identity. */
export type Identify = (record: ImportedRecord, sourceId: number, raw: string | null) => Identity;

/** What stands for a row's text where it is a record's identity: a row can state several. */
export function rawOf(raw: string | null, record: number): string | null {
  return raw === null ? null : `${raw}\u0000${record}`;
}

/** What adds up has to be of one kind: of one charge and currency, and priced alike. */
function partKey(key: string, { charge = 'usage', amount, model, provider }: ImportedRecord): string {
  return [key, charge, amount?.currency ?? '', provider, model ?? ''].join('\u001f');
}

export function createIdentify({ importer, addsUp }: IdentifyOptions): Identify {
  const rowIds = new Map<string, ReturnType<typeof createRowIds>>();
  const scopes = new Map<number, string>();

  const scopeOf = (sourceId: number): string => {
    if (importer.keyScope === 'global') return importer.keySpace ?? importer.id;
    const known = scopes.get(sourceId);
    if (known !== undefined) return known;
    const scope = `${importer.id}#${sourceId}`;
    scopes.set(sourceId, scope);
    return scope;
  };

  // The day is part of what a table's row is; columns of a file that was mapped by hand can be understood anew, and
  // ids shared with importers of another kind must come out the same.
  const isWithinDay =
    importer.kind === 'table' && importer.keySpace === undefined && importer.id !== mappedImporterId;

  return (record, sourceId, raw) => {
    const scope = scopeOf(sourceId);
    const day = isWithinDay ? utcDay(record.at) : null;
    if (record.key !== undefined)
      return identityOf(scope, addsUp ? partKey(record.key, record) : record.key, day);
    let ids = rowIds.get(scope);
    if (ids === undefined) {
      ids = createRowIds();
      rowIds.set(scope, ids);
    }
    return identityOf(scope, ids(raw ?? JSON.stringify(record)), day);
  };
}
