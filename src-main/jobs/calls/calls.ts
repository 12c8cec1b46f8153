import { randomUUID } from 'node:crypto';
import { AppError } from '../../platform/error.ts';
import type { Clock, Timers } from '../../platform/ports.ts';
import type { CallRequest, Provider } from '../../platform/provider.ts';
import { allTokens, type Evidence, type Tokens } from '../../platform/record.ts';
import type { Live, Vendors } from '../vendors/vendors.ts';
import { type Context, checkContext, estimatePrompt } from './estimate.ts';
import { createLimiter, type Limiter, type Limits } from './limiter.ts';
import { type Heard, listen } from './listen.ts';
import { evidenceOf, type MadeCall, recordOf } from './record.ts';
import { type Callable, type ModelAliases, resolveModel } from './resolve-model.ts';
import type { CallsToStore, StoredCost } from './store-calls.ts';

/** A connection that can be called, with its limits and the account they are of. */
export interface CallableConnection extends Callable, Limits {
  readonly accountId: number;
}

export interface CallsOptions {
  readonly vendors: Vendors;
  readonly clock: Clock;
  readonly timers: Timers;
  connections(): readonly CallableConnection[];
  aliases(): ModelAliases;
  contextOf(connectionId: number, model: string): Context;
  /** Keeps calls in the ledger and says what they cost there. */
  store(calls: CallsToStore): Promise<readonly StoredCost[]>;
}

export interface Asking extends Omit<CallRequest, 'model'> {
  /** As the user names it. */
  readonly model: string;
  readonly connectionId?: number | undefined;
  /** By which it can be cancelled. */
  readonly ref?: string | undefined;
  readonly project?: string | undefined;
  /** Told each part of the text while it is written; without it the reply comes as a whole. */
  readonly text?: (part: string) => void;
}

export interface Asked {
  readonly text: string;
  readonly reasoning: string;
  readonly finish: string;
  readonly model: string;
  readonly connection: string;
  /** Null where the vendor said nothing of it. */
  readonly tokens: Tokens | null;
  readonly costNanoUsd: number | null;
  readonly evidence: Evidence | null;
  readonly costFrom: string;
  readonly firstTextMs: number | null;
  readonly ms: number;
}

/** Calls to models: resolved, checked, queued, made, priced and kept. */
export interface Calls {
  /** Throws what resolveModel and the vendors throw, CONTEXT_TOO_LONG, and BAD_INPUT for parameters the vendor does not know. */
  ask(asking: Asking): Promise<Asked>;
  cancel(ref: string): void;
}

/** A vendor that asks to be left alone for longer than this is not waited for: the user is told. */
const longestWaitMs = 60_000;
const mostTries = 3;

export function createCalls(options: CallsOptions): Calls {
  const { vendors, clock, timers } = options;
  /** Vendors limit an account, whichever of its keys is used. */
  const limiters = new Map<string, Limiter>();
  const running = new Map<string, AbortController>();

  const limiterOf = (connection: CallableConnection): Limiter => {
    const { provider, accountId, requestsPerMinute, tokensPerMinute } = connection;
    const account = `${provider}/${accountId}`;
    const known = limiters.get(account);
    const limits = { requestsPerMinute, tokensPerMinute };
    if (known === undefined) {
      const made = createLimiter(clock, timers, limits);
      limiters.set(account, made);
      return made;
    }
    known.change(limits);
    return known;
  };

  const check = async (connectionId: number, request: CallRequest, signal: AbortSignal): Promise<void> => {
    const context = options.contextOf(connectionId, request.model);
    const count = (): Promise<number> =>
      vendors.use({ connectionId, purpose: 'check', signal }, async ({ provider, context: live }) =>
        provider.countTokens === undefined ? 0 : provider.countTokens(request, live),
      );
    await checkContext(request, context, count);
  };

  /** One call, tried again while the vendor asks for a moment and nothing was spent yet. */
  const make = async (
    target: CallableConnection,
    request: CallRequest,
    { text, signal }: { readonly text: Asking['text']; readonly signal: AbortSignal },
  ): Promise<Made> => {
    const limiter = limiterOf(target);
    for (let attempt = 1; ; attempt++) {
      const turn = await limiter.turn(estimatePrompt(request) + (request.maxOutputTokens ?? 0), signal);
      const made: { call: Made | null } = { call: null };
      try {
        await vendors.use({ connectionId: target.connectionId, purpose: 'call', signal }, async (live) => {
          made.call = await callOnce(live, request, { text, clock });
          const { error, status } = made.call.heard;
          // Health and breaker are to know of a reply that broke off; what came of it is kept all the same.
          if (status === 'incomplete' && error !== null) throw error;
        });
      } catch (error) {
        const waitMs = made.call === null ? waitOf(error) : 0;
        if (made.call === null && (waitMs === null || waitMs > longestWaitMs || attempt >= mostTries))
          throw error;
        if (waitMs !== null && waitMs > 0) limiter.holdUntil(clock.now() + waitMs);
      }
      if (made.call === null) continue;
      const { usage, limits } = made.call.heard;
      if (usage !== null) turn.settle(allTokens(usage.tokens));
      if (limits !== null) limiter.learn(limits);
      return made.call;
    }
  };

  const keep = async (made: Made, asking: Asking, request: CallRequest): Promise<StoredCost | string> => {
    const { live, heard, at } = made;
    const call: MadeCall = {
      id: randomUUID(),
      at,
      vendor: live.provider.vendor,
      request,
      served: heard.model ?? request.model,
      vendorCallId: heard.vendorCallId,
      usage: heard.usage,
      ownCost: (tokens) => live.provider.ownCost?.(tokens, live.context) ?? null,
      written: heard.reasoning + heard.text,
      status: heard.status,
      project: asking.project ?? null,
    };
    const { name: connection, accountId, provider } = live;
    const [cost] = await options.store({
      connection,
      vendor: provider.vendor,
      accountId,
      records: [recordOf(call)],
    });
    return cost ?? 'not kept';
  };

  const ask = async (asking: Asking, signal: AbortSignal): Promise<Asked> => {
    const connections = options.connections();
    const { connectionId, model } = resolveModel(asking, connections, options.aliases());
    const target = connections.find((one) => one.connectionId === connectionId);
    if (target === undefined) throw new AppError('NOT_FOUND', 'That connection is gone.');
    const { text, ref, project, connectionId: _, ...rest } = asking;
    const request: CallRequest = { ...rest, model };
    await check(connectionId, request, signal);
    const made = await make(target, request, { text, signal });
    const { heard, at } = made;
    const cost = await keep(made, asking, request).catch(notKept);
    if (heard.error !== null && heard.status === 'incomplete') throw lost(heard.error);
    return {
      text: heard.text,
      reasoning: heard.reasoning,
      finish: heard.finish,
      model: heard.model ?? model,
      connection: target.name,
      tokens: heard.usage?.tokens ?? null,
      costNanoUsd: typeof cost === 'string' ? null : cost.costNanoUsd,
      evidence: evidenceOf(heard.usage, heard.status),
      costFrom: typeof cost === 'string' ? cost : cost.from,
      firstTextMs: heard.firstAt === null ? null : heard.firstAt - at,
      ms: clock.now() - at,
    };
  };

  return {
    async ask(asking) {
      const abort = new AbortController();
      const ref = asking.ref ?? randomUUID();
      if (running.has(ref)) throw new AppError('BAD_INPUT', 'A call of this name is under way already.');
      running.set(ref, abort);
      try {
        return await ask(asking, abort.signal);
      } finally {
        running.delete(ref);
      }
    },
    cancel(ref) {
      running.get(ref)?.abort();
    },
  };
}

interface Made {
  readonly live: Live;
  readonly heard: Heard;
  /** When it was sent, UTC ms. */
  readonly at: number;
}

async function callOnce(
  live: Live,
  request: CallRequest,
  { text, clock }: { readonly text: Asking['text']; readonly clock: Clock },
): Promise<Made> {
  const checked = withParameters(live.provider, request);
  const at = clock.now();
  const heard = await listen(live, checked, { text, clock });
  return { live, heard, at };
}

function withParameters(provider: Provider, request: CallRequest): CallRequest {
  const { parameters, ...rest } = request;
  if (parameters === undefined || Object.keys(parameters).length === 0) return rest;
  const parsed = provider.parameters?.safeParse(parameters);
  if (parsed === undefined)
    throw new AppError('BAD_INPUT', `${provider.label} takes no parameters of its own. Nothing was sent.`);
  if (!parsed.success)
    throw new AppError(
      'BAD_INPUT',
      `${provider.label} does not take these parameters: ${parsed.error.message}. Nothing was sent.`,
    );
  return { ...rest, parameters };
}

/** How long a refused call should wait; null where waiting does not help. */
function waitOf(error: unknown): number | null {
  if (!(error instanceof AppError) || error.code !== 'RATE_LIMITED') return null;
  const wait = error.data?.retryAfterMs;
  return typeof wait === 'number' ? wait : 5_000;
}

/** A reply must not be lost because it could not be kept. */
function notKept(error: unknown): string {
  return `The call is not in the ledger: ${error instanceof AppError ? error.message : 'it could not be written.'}`;
}

function lost(error: AppError): AppError {
  return new AppError(
    error.code,
    `The connection was lost while the reply was written. What came so far is in the ledger as incomplete. ${error.message}`,
    { cause: error, ...(error.data === undefined ? {} : { data: error.data }) },
  );
}
