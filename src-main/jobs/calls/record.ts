import type { CallRequest, CallUsage } from '../../platform/provider.ts';
import type { Amount, Evidence, ImportedRecord, Tokens } from '../../platform/record.ts';
import { estimateUsage } from './estimate.ts';

/** How a call ended, and what is known of what it used. */
export interface MadeCall {
  /** Its own id: vendors' may be missing or used again. */
  readonly id: string;
  /** When it was sent, UTC ms. */
  readonly at: number;
  /** As the ledger names vendors. */
  readonly vendor: string;
  readonly request: CallRequest;
  /** The model that served it; the requested one where the reply never said. */
  readonly served: string;
  readonly vendorCallId: string | null;
  /** Null where the vendor told nothing: that is not zero. */
  readonly usage: CallUsage | null;
  /** What such a call costs by the user's own word, where no usage was told. */
  readonly ownCost?: ((tokens: Tokens) => Amount | null) | undefined;
  /** What was written before it ended. */
  readonly written: string;
  /** `incomplete`: the connection was lost on the way. */
  readonly status: 'ok' | 'cancelled' | 'incomplete';
  readonly project: string | null;
}

/** How sure the money of a call is: stated in the reply, priced from its tokens, or worked out from its texts. */
export function evidenceOf(usage: CallUsage | null, status: MadeCall['status']): Evidence {
  if (usage === null) return 'estimated';
  if (usage.cost !== undefined) return usage.costEvidence ?? 'metered';
  // Counters of a stream that was cut are those of its beginning.
  return status === 'ok' ? 'recorded' : 'estimated';
}

/** A call as the ledger keeps it: without a word of what was asked or answered. */
export function recordOf(call: MadeCall): ImportedRecord {
  const { usage, request, served, status } = call;
  const tokens = usage === null ? estimateUsage(request, call.written) : atLeastWritten(call, usage);
  const cost = usage === null ? call.ownCost?.(tokens) : usage.cost;
  return {
    key: call.id,
    at: call.at,
    grain: 'instant',
    provider: call.vendor,
    model: served,
    project: call.project,
    requests: 1,
    tokens,
    evidence: evidenceOf(usage, status),
    ...(cost && { amount: cost }),
    ...(usage?.priceFacts === undefined ? {} : { priceFacts: usage.priceFacts }),
    vendorCallId: call.vendorCallId,
    status: status === 'ok' ? null : status,
    extras: {
      ...(request.model === served ? {} : { requestedModel: request.model }),
      ...(usage === null ? { usage: 'not stated by the vendor' } : {}),
    },
  };
}

/** A stream that was cut states what it had counted when it began; what came after that was written all the same. */
function atLeastWritten(call: MadeCall, { tokens }: CallUsage): ImportedRecord['tokens'] {
  if (call.status === 'ok') return tokens;
  const { output } = estimateUsage(call.request, call.written);
  return { ...tokens, output: Math.max(tokens.output, output) };
}
