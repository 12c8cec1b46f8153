import { AppError } from '../../platform/error.ts';

/** A connection calls can be made through, with what is known of its models. */
export interface Callable {
  readonly connectionId: number;
  readonly name: string;
  readonly provider: string;
  /** Vendors of models serve their own; gateways and clouds those of others. */
  readonly kind: 'vendor' | 'cloud' | 'gateway' | 'local';
  readonly models: readonly { readonly id: string; readonly canonical: string }[];
}

/** The user's common names: per name the id each provider knows it by. */
export type ModelAliases = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Wanted {
  readonly model: string;
  readonly connectionId?: number | undefined;
}

export interface Resolved {
  readonly connectionId: number;
  /** As the vendor writes it. */
  readonly model: string;
}

/**
 * Finds who is meant by a model's name: a vendor's own id, `PROVIDER/MODEL`, `CONNECTION/MODEL`, a common name or the
 * user's alias. Never guesses between two: throws BAD_INPUT with the choices, NOT_FOUND where nothing fits, NO_KEY where
 * there is no connection at all.
 */
export function resolveModel(
  wanted: Wanted,
  connections: readonly Callable[],
  aliases: ModelAliases,
): Resolved {
  if (connections.length === 0)
    throw new AppError('NO_KEY', 'No vendor is connected that could be called. Add a key first.');
  if (wanted.connectionId !== undefined) {
    const named = connections.filter(({ connectionId }) => connectionId === wanted.connectionId);
    return through(named, wanted.model, aliases, 'This connection cannot be called.');
  }
  const [prefix, rest] = splitOnce(wanted.model);
  if (rest !== null) {
    const named = connections.filter(({ name }) => same(name, prefix));
    if (named.length > 0) return through(named, rest, aliases, '');
    const ofProvider = connections.filter(({ provider }) => same(provider, prefix));
    if (ofProvider.length > 0) return through(ofProvider, rest, aliases, '');
  }
  const found = knownBy(connections, wanted.model, aliases);
  if (found.length > 0) return only(found, wanted.model, connections);
  throw new AppError(
    'NOT_FOUND',
    `No connection lists a model "${wanted.model}". Write it as CONNECTION/MODEL to try it all the same, or refresh the list of models.`,
  );
}

/** Within the connections somebody named, a model that no list has is passed on as it is: lists are not always whole. */
function through(named: readonly Callable[], model: string, aliases: ModelAliases, none: string): Resolved {
  const found = knownBy(named, model, aliases);
  if (found.length > 0) return only(found, model, named);
  const [first, ...others] = named;
  if (first === undefined) throw new AppError('NOT_FOUND', none);
  if (others.length > 0)
    throw ambiguous(
      named.map(({ name }) => `${name}/${model}`),
      model,
    );
  return { connectionId: first.connectionId, model };
}

interface Found extends Resolved {
  /** Better ones first: an alias, the vendor's own id, another spelling. */
  readonly rank: 0 | 1 | 2;
  readonly kind: Callable['kind'];
}

function knownBy(connections: readonly Callable[], model: string, aliases: ModelAliases): readonly Found[] {
  const alias = Object.entries(aliases).find(([name]) => same(name, model))?.[1];
  return connections.flatMap((connection): Found[] => {
    const { connectionId, kind, models, provider } = connection;
    const told = alias?.[provider];
    if (told !== undefined) return [{ connectionId, model: told, rank: 0, kind }];
    const exact = models.find(({ id }) => same(id, model));
    if (exact !== undefined) return [{ connectionId, model: exact.id, rank: 1, kind }];
    return models
      .filter(({ canonical }) => canonical !== '' && same(canonical, model))
      .slice(0, 1)
      .map(({ id }) => ({ connectionId, model: id, rank: 2 as const, kind }));
  });
}

/** The best of what was found. Two that are equally good are the user's to choose from: they may cost differently. */
function only(found: readonly Found[], model: string, connections: readonly Callable[]): Resolved {
  const best = Math.min(...found.map(({ rank }) => rank));
  const good = found.filter(({ rank }) => rank === best);
  const makers = good.filter(({ kind }) => kind === 'vendor');
  const [first, ...others] = makers.length > 0 ? makers : good;
  if (first !== undefined && others.length === 0)
    return { connectionId: first.connectionId, model: first.model };
  const names = good.map((one) => {
    const name = connections.find(({ connectionId }) => connectionId === one.connectionId)?.name ?? '';
    return `${name}/${one.model}`;
  });
  throw ambiguous(names, model);
}

function ambiguous(choices: readonly string[], model: string): AppError {
  return new AppError('BAD_INPUT', `Several connections know "${model}". Say which: ${choices.join(', ')}.`, {
    data: { choices: [...choices] },
  });
}

function splitOnce(text: string): readonly [string, string | null] {
  const slash = text.indexOf('/');
  return slash <= 0 ? [text, null] : [text.slice(0, slash), text.slice(slash + 1)];
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
