import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../platform/ports.ts';

const launchLifeMs = 60_000;
const failureWindowMs = 60_000;
const failuresAllowed = 10;
const mostSessions = 32;
const mostTabs = 64;

interface Session {
  readonly cookie: Buffer;
  readonly tabs: Buffer[];
}

export interface Sessions {
  /** A one-time token for a launch URL, good for 60 seconds. An earlier unused one ends. */
  mint(): string;
  /** Whether a token that was minted can still be used. */
  hasLiveLaunch(): boolean;
  /** Swaps a launch token for a session and its first tab; the launch token is dead afterwards. */
  launch(token: string): { readonly cookie: string; readonly tab: string } | null;
  /** A further tab of a browser that has the cookie. */
  openTab(cookies: readonly string[]): string | null;
  /** Both must be right, and belong together. */
  accepts(cookies: readonly string[], tab: string | undefined): boolean;
  /** Notes a wrong token; seconds to wait when there were more than ten within a minute, else 0. */
  fail(): number;
}

/** Who may speak to this process, kept in memory as digests: a restart ends every session. */
export function createSessions(clock: Clock): Sessions {
  const sessions: Session[] = [];
  let launchToken: { readonly digest: Buffer; readonly until: number } | null = null;
  let failures: number[] = [];

  const sessionOf = (cookies: readonly string[]) => {
    const digests = cookies.map(digestOf);
    return sessions.find(({ cookie }) => digests.some((digest) => timingSafeEqual(digest, cookie)));
  };
  const hasLiveLaunch = () => launchToken !== null && clock.now() < launchToken.until;

  return {
    mint: () => {
      const token = newToken();
      launchToken = { digest: digestOf(token), until: clock.now() + launchLifeMs };
      return token;
    },
    hasLiveLaunch,
    launch: (token) => {
      if (launchToken === null || !hasLiveLaunch()) return null;
      if (!timingSafeEqual(digestOf(token), launchToken.digest)) return null;
      launchToken = null;
      const [cookie, tab] = [newToken(), newToken()];
      keep(sessions, { cookie: digestOf(cookie), tabs: [digestOf(tab)] }, mostSessions);
      return { cookie, tab };
    },
    openTab: (cookies) => {
      const session = sessionOf(cookies);
      if (session === undefined) return null;
      const tab = newToken();
      keep(session.tabs, digestOf(tab), mostTabs);
      return tab;
    },
    accepts: (cookies, tab) => {
      const digest = digestOf(tab ?? '');
      return sessionOf(cookies)?.tabs.some((known) => timingSafeEqual(known, digest)) ?? false;
    },
    fail: () => {
      const now = clock.now();
      failures = [...failures.filter((at) => now - at < failureWindowMs), now].slice(-failuresAllowed - 1);
      const [oldest] = failures;
      if (failures.length <= failuresAllowed || oldest === undefined) return 0;
      return Math.max(1, Math.ceil((oldest + failureWindowMs - now) / 1000));
    },
  };
}

function keep<T>(list: T[], item: T, most: number): void {
  list.push(item);
  if (list.length > most) list.shift();
}

function newToken(): string {
  return randomBytes(32).toString('base64url');
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
