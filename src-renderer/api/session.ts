import type { Result } from '../../src-preload/contract/result.ts';
import { CallError } from './call-error.ts';

const storageKey = 'llmlab.token';

/**
 * The token of this tab. The link the host printed carries a one-time token in its fragment; it is taken out of the
 * address bar at once and swapped for the tab's own, which outlives a reload but not the tab. A further tab of the
 * same browser asks for one of its own. Throws a CallError where the host wants a new link.
 */
export async function openSession(): Promise<string> {
  const oneTime = takeOneTimeToken();
  const stored = sessionStorage.getItem(storageKey);
  if (oneTime === null && stored !== null) return stored;
  const answer = await askFor(oneTime === null ? {} : { token: oneTime });
  if (answer.ok) {
    sessionStorage.setItem(storageKey, answer.data.token);
    return answer.data.token;
  }
  if (stored !== null) return stored;
  throw CallError.from(answer);
}

/** Lets a token go that the host no longer knows, so that a reload asks for a new one. */
export function forgetSession(): void {
  sessionStorage.removeItem(storageKey);
}

async function askFor(body: { token?: string }): Promise<Result<{ token: string }>> {
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch('/api/session', { method: 'POST', headers, body: JSON.stringify(body) });
    // every answer of the host is the envelope
    return (await response.json()) as Result<{ token: string }>;
  } catch {
    return { ok: false, error: { code: 'INTERNAL', message: 'LLMLab does not answer.' } };
  }
}

function takeOneTimeToken(): string | null {
  const match = /^#t=([\w-]+)(.*)$/.exec(location.hash);
  if (!match) return null;
  history.replaceState(null, '', match[2] ? `#${match[2]}` : '#/');
  return match[1] ?? null;
}
