import type { CallUsage } from '../../../platform/provider.ts';
import { countOf, type Fields, fieldsOf, textOf } from '../json.ts';

/** What one reply, or one chunk of a stream, tells besides its text; null where it says nothing of it. */
export interface Seen {
  readonly usage: Fields | null;
  /** Tier that served it. */
  readonly tier: string | null;
  readonly model: string | null;
  readonly id: string | null;
}

/** How a wire format states what a call used. */
export interface Wire {
  see(raw: Fields): Seen;
  /** Usage comes with the first chunks already: having it does not mean that a stream is complete. */
  readonly hasEarlyUsage?: true;
  /** The ledger's buckets of a usage object as the vendor sent it (table 0.1 of the facts). */
  usageOf(usage: Fields, tier: string | null): CallUsage;
}

export const nothingSeen: Seen = { usage: null, tier: null, model: null, id: null };

/** Later chunks add to what earlier ones said, and correct it: vendors' counters are cumulative. */
export function joined(before: Seen, next: Seen): Seen {
  return {
    usage: next.usage === null ? before.usage : { ...before.usage, ...stated(next.usage) },
    tier: next.tier ?? before.tier,
    model: next.model ?? before.model,
    id: next.id ?? before.id,
  };
}

/** A counter that a later chunk leaves open is still the one of an earlier chunk. */
function stated(usage: Fields): Fields {
  return Object.fromEntries(
    Object.entries(usage).filter(([, value]) => value !== null && value !== undefined),
  );
}

/** The value as an object, or null where it is none. */
export function objectOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? fieldsOf(value) : null;
}

/** Chat completions and responses, and everything that copies them. */
export function seeOpenAi(raw: Fields): Seen {
  const reply = objectOf(raw.response) ?? raw;
  // Groq states the same numbers twice in the last chunk of a stream; they are one usage.
  const usage = objectOf(reply.usage) ?? objectOf(fieldsOf(reply.x_groq).usage);
  return {
    usage,
    tier: textOf(reply.service_tier) ?? textOf(usage?.service_tier),
    model: textOf(reply.model),
    id: textOf(reply.id),
  };
}

/** Whether a usage object counts anything: `{}` says nothing, which is not zero. */
export function hasCounts(usage: Fields): boolean {
  return Object.values(usage).some((value) => countOf(value) !== null || hasCounts(fieldsOf(value)));
}
