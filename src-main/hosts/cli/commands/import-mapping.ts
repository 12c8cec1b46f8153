import { type Mapping, mapping, type Preview } from '../../../../src-preload/contract/imports.ts';
import { AppError } from '../../../platform/error.ts';
import { UsageError } from '../failure.ts';
import { readPairs } from '../options.ts';
import type { Ask } from '../session.ts';

/** What `--map` and `--map-options` say; the rest is guessed from the file. */
export interface MappingRequest {
  readonly columns: Readonly<Record<string, string>>;
  readonly settings: Readonly<Partial<Omit<Mapping, 'columns'>>>;
  /** A named mapping is kept and recognises the same header next time. */
  readonly isNamed: boolean;
}

const fallback: Omit<Mapping, 'columns'> = {
  name: 'command line',
  dateFormat: 'iso',
  zone: 'UTC',
  decimal: '.',
  inputIncludesCache: false,
  currency: 'USD',
  provider: 'other',
  evidence: 'recorded',
};

export function readMapping(options: {
  readonly map?: string;
  readonly mapOptions?: string;
}): MappingRequest | null {
  if (options.map === undefined) {
    if (options.mapOptions !== undefined) throw new UsageError('--map-options needs --map.');
    return null;
  }
  const columns = readPairs(options.map, '--map');
  const wrong = Object.keys(columns).find((role) => !Object.hasOwn(mapping.shape.columns.shape, role));
  if (wrong !== undefined) {
    const roles = Object.keys(mapping.shape.columns.shape).join(', ');
    throw new UsageError(`--map ${wrong}=…: ${wrong} is not what a column can be. Choose from ${roles}.`);
  }
  const settings = readSettings(readPairs(options.mapOptions ?? '', '--map-options'));
  const parsed = mapping.safeParse({ ...fallback, ...settings, columns });
  if (parsed.success) return { columns, settings, isNamed: settings.name !== undefined };
  const [issue] = parsed.error.issues;
  throw new UsageError(`--map or --map-options: ${issue?.path.join('.')}: ${issue?.message}.`);
}

function readSettings(pairs: Readonly<Record<string, string>>): MappingRequest['settings'] {
  const { inputIncludesCache, decimal, ...rest } = pairs;
  const marks: Readonly<Record<string, string>> = { comma: ',', point: '.' };
  return {
    ...rest,
    ...(decimal === undefined ? {} : { decimal: marks[decimal] ?? decimal }),
    ...(inputIncludesCache === undefined ? {} : { inputIncludesCache: readBoolean(inputIncludesCache) }),
    // Checked by the contract's schema right after.
  } as MappingRequest['settings'];
}

function readBoolean(text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  throw new UsageError(`--map-options inputIncludesCache=${text}: write true or false.`);
}

/**
 * The whole mapping for a file, from its preview without one: the columns as asked, the rest as asked, guessed or usual.
 * @throws AppError FORMAT_UNKNOWN when a column is not in the file or what decides about numbers was left open.
 */
export async function mappingFor(
  ask: Ask,
  { columns, settings }: MappingRequest,
  files: readonly Preview[],
): Promise<Mapping> {
  const file = files.find((preview) => preview.kind === 'unknown');
  if (file === undefined) return mapping.parse({ ...fallback, ...settings, columns });
  const known = new Set(file.header.map((name) => name.trim().toLowerCase()));
  const missing = Object.values(columns).filter((column) => !known.has(column.trim().toLowerCase()));
  if (missing.length > 0) {
    throw new AppError(
      'FORMAT_UNKNOWN',
      `it has no column ${missing.join(', ')}; it has ${file.header.join(', ')}.`,
    );
  }
  const { open, ...formats } = await ask('imports.guess', {
    header: file.header,
    sample: file.sample,
    columns,
  });
  const unsaid = open.filter((name) => !Object.hasOwn(settings, name) && decides(name, columns));
  if (unsaid.length > 0) {
    const message = `the file leaves open: ${unsaid.join(', ')}. Say it with --map-options ${unsaid[0]}=…`;
    throw new AppError('FORMAT_UNKNOWN', message);
  }
  const provider = file.guess.provider || fallback.provider;
  return mapping.parse({ ...file.guess, ...formats, provider, name: fallback.name, ...settings, columns });
}

/** What would change a number or a day if guessed wrong; names and labels can be corrected later. */
function decides(name: string, columns: Readonly<Record<string, string>>): boolean {
  switch (name) {
    case 'currency':
      return columns.cost !== undefined && columns.currency === undefined;
    case 'inputIncludesCache':
      return columns.cacheRead !== undefined || columns.cacheWrite !== undefined;
    default:
      return name === 'dateFormat' || name === 'zone' || name === 'decimal';
  }
}
