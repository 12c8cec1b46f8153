import type { ColumnRole } from './mapping.ts';

/** A role and how its columns are called, best name first. Names are plain: lower case, no accents, single spaces. */
interface Names {
  readonly role: ColumnRole;
  readonly exact: readonly string[];
  readonly like?: RegExp;
  readonly unlike?: RegExp;
}

/**
 * Roles in the order they choose: the particular before the general (`cached input` before `input`). English,
 * German, French, Spanish, Portuguese, Italian and Dutch exports.
 */
const roles: readonly Names[] = [
  {
    role: 'callId',
    exact: [
      'request id',
      'generation id',
      'call id',
      'message id',
      'completion id',
      'response id',
      'trace id',
      'id',
    ],
  },
  {
    role: 'cacheWrite',
    exact: [],
    like: /\bcach\w*\b.*\b(?:writ\w*|creat\w*)\b|\b(?:writ\w*|creat\w*)\b.*\bcach/,
    unlike: /\b(?:cost|price|kosten|w o|without|no)\b/,
  },
  {
    role: 'cacheRead',
    exact: ['cached tokens', 'cache read tokens', 'cached input tokens', 'cache read', 'cached'],
    like: /\bcach/,
    unlike: /\b(?:cost|price|kosten|writ\w*|creat\w*|miss|uncached|no|non|without|w o|rate)\b/,
  },
  {
    role: 'reasoning',
    exact: ['reasoning tokens', 'thinking tokens'],
    like: /\b(?:reasoning|thinking|thoughts?)\b/,
    unlike: /\bcost\b/,
  },
  {
    role: 'input',
    exact: [
      'input tokens',
      'prompt tokens',
      'tokens in',
      'input',
      'prompt',
      'uncached input tokens',
      'eingabe tokens',
      'eingabe',
    ],
    like: /\b(?:input|prompt|eingabe|entree|entrada|ingresso|invoer)\b.*\btokens?\b|\btokens?\b.*\b(?:input|in|prompt|entree|entrada|ingresso)\b/,
    unlike: /\b(?:cost|price|kosten|audio|image)\b/,
  },
  {
    role: 'output',
    exact: [
      'output tokens',
      'completion tokens',
      'tokens out',
      'output',
      'completion',
      'ausgabe tokens',
      'ausgabe',
    ],
    like: /\b(?:output|completion|ausgabe|sortie|salida|saida|uscita|uitvoer)\b.*\btokens?\b|\btokens?\b.*\b(?:output|out|completion|sortie|salida|saida|uscita)\b/,
    unlike: /\b(?:cost|price|kosten|audio|image)\b/,
  },
  {
    role: 'currency',
    exact: [
      'currency',
      'billing currency',
      'wahrung',
      'waehrung',
      'devise',
      'moneda',
      'divisa',
      'moeda',
      'valuta',
      'ccy',
    ],
    like: /\bcurrency\b/,
  },
  {
    role: 'cost',
    exact: [
      'cost',
      'total cost',
      'cost usd',
      'amount',
      'spend',
      'total spend',
      'price',
      'kosten',
      'betrag',
      'cout',
      'montant',
      'coste',
      'costo',
      'importe',
      'custo',
      'valor',
      'bedrag',
      'total',
      'gesamt',
    ],
    like: /\b(?:costs?|spend|spent|amount|charged?|kosten|betrag|cout|montant|coste|costo|importe|custo|bedrag|price|preis|prix|precio)\b/,
    unlike: /\b(?:per|unit|rate|tokens?|type|center|1k|1m|pro|je|id|list|input|output|prompt|completion)\b/,
  },
  {
    role: 'model',
    exact: ['model', 'model name', 'model id', 'modell', 'modele', 'modelo', 'modello', 'llm'],
    like: /\bmodel\b/,
  },
  {
    role: 'provider',
    exact: [
      'provider',
      'vendor',
      'provider name',
      'anbieter',
      'fournisseur',
      'proveedor',
      'fornecedor',
      'fornitore',
    ],
  },
  {
    role: 'session',
    exact: ['session', 'session id', 'conversation id', 'conversation', 'thread id', 'sitzung'],
  },
  {
    role: 'requests',
    exact: [
      'requests',
      'request count',
      'num requests',
      'number of requests',
      'calls',
      'api calls',
      'anfragen',
      'requetes',
      'solicitudes',
      'count',
    ],
    like: /\b(?:requests|calls|anfragen|requetes)\b/,
    unlike: /\b(?:id|failed|error|cost)\b/,
  },
  {
    role: 'project',
    exact: [
      'project',
      'project name',
      'projekt',
      'projet',
      'proyecto',
      'projeto',
      'progetto',
      'project id',
      'team',
      'workspace',
      'app',
      'app name',
      'api key name',
      'api key',
      'key',
      'key name',
    ],
  },
  {
    role: 'date',
    exact: [
      'timestamp',
      'datetime',
      'date time',
      'created at',
      'date',
      'day',
      'time',
      'datum',
      'tag',
      'zeitstempel',
      'zeitpunkt',
      'fecha',
      'data',
      'jour',
      'horodatage',
      'dia',
      'month',
      'monat',
    ],
    like: /\b(?:date|day|timestamp|datum|zeit|fecha|created|time)\b/,
    unlike: /\b(?:end|updated|latency|ms|duration|zone|first token)\b/,
  },
];

/** A header name as these patterns compare it. */
export function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The columns a header most likely has, each for one role. */
export function columnsByName(header: readonly string[]): Partial<Record<ColumnRole, string>> {
  const free = new Map(header.filter((name) => name.trim() !== '').map((name) => [name, plainName(name)]));
  const found: Partial<Record<ColumnRole, string>> = {};
  for (const names of roles) {
    const name = bestColumn(names, free);
    if (name === undefined) continue;
    found[names.role] = name;
    free.delete(name);
  }
  return found;
}

function bestColumn({ exact, like, unlike }: Names, free: ReadonlyMap<string, string>): string | undefined {
  const columns = [...free];
  for (const wanted of exact) {
    // Headers name their unit: `Cost (USD)`, `amount_eur`.
    const match = columns.find(
      ([, plain]) => plain === wanted || plain.replace(/ (?:usd|eur|gbp|utc)$/, '') === wanted,
    );
    if (match) return match[0];
  }
  return columns.find(([, plain]) => like?.test(plain) && !unlike?.test(plain))?.[0];
}
