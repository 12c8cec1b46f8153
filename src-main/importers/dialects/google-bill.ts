/** Whether a service on a Google Cloud bill sells models: Gemini API, Vertex AI, partners' models by their names. */
export function isGoogleModelService(service: string): boolean {
  return /gemini|generative language|vertex|ai studio|claude|anthropic|mistral|llama/i.test(service);
}

const currencies: Readonly<Record<string, string>> = {
  ...{ $: 'USD', US$: 'USD', '€': 'EUR', '£': 'GBP', '₹': 'INR', '₩': 'KRW', '₪': 'ILS', '₫': 'VND' },
  ...{
    A$: 'AUD',
    CA$: 'CAD',
    NZ$: 'NZD',
    HK$: 'HKD',
    MX$: 'MXN',
    NT$: 'TWD',
    R$: 'BRL',
    'CN¥': 'CNY',
    '¥': 'JPY',
  },
};

/**
 * The currency a column's name ends in, by its sign in English locales or its code: `Cost ($)`,
 * `Cost (EUR)`; null where a sign names several.
 */
export function currencyOfColumn(name: string): string | null {
  const mark = /\(([^()]+)\)$/.exec(name.trim())?.[1]?.toUpperCase() ?? '';
  if (/^[A-Z]{3}$/.test(mark)) return mark;
  return Object.hasOwn(currencies, mark) ? (currencies[mark] ?? null) : null;
}
