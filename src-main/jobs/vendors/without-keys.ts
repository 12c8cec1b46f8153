import { secretSpellings, withoutSecrets } from '../../platform/debug-log/hide.ts';
import { AppError } from '../../platform/error.ts';

/** A plain value with these secrets taken out of its texts: vendors repeat keys in what they answer, even in ids. */
export function withoutKeys<T>(value: T, secrets: readonly string[]): T {
  if (secrets.length === 0) return value;
  const spellings = secretSpellings(secrets);
  // Texts stay texts and nothing else is touched: the shape is the same.
  return clean(value, (text) => withoutSecrets(text, spellings)) as T;
}

/** The same for what was thrown: code, message and data stay, without the keys. */
export function errorWithoutKeys(error: unknown, secrets: readonly string[]): unknown {
  if (!(error instanceof AppError) || secrets.length === 0) return error;
  return new AppError(error.code, withoutKeys(error.message, secrets), {
    ...(error.data !== undefined && { data: withoutKeys(error.data, secrets) }),
    ...(error.cause !== undefined && { cause: error.cause }),
  });
}

function clean(value: unknown, text: (value: string) => string): unknown {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((item) => clean(item, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, clean(item, text)]));
}
