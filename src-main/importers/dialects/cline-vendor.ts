import { toolProvider } from './tool-provider.ts';

/** Logins of a subscription Cline and its forks can use instead of a key, and whose it is (cline/cline, 2026-10). */
const logins = [
  'claude-code of anthropic',
  'openai-codex of openai',
  'qwen-code of alibaba',
  'vscode-lm of github-copilot',
];
const subscriptions = new Map(logins.map((login) => login.split(' of ') as [string, string]));

/** Names that stand for other vendors than they say; `openai` is any endpoint that speaks OpenAI's protocol. */
const named: ReadonlyMap<string, string> = new Map([
  ['openai', ''],
  ['openai-native', 'openai'],
]);

export interface ClineVendor {
  /** '' where the name tells none. */
  readonly provider: string;
  readonly isPlan: boolean;
}

/** Who serves and bills a call, from the name Cline and its forks give the way to a model. */
export function clineVendor(name: string | undefined): ClineVendor {
  const plan = subscriptions.get(name ?? '');
  if (plan !== undefined) return { provider: plan, isPlan: true };
  return { provider: named.get(name ?? '') ?? toolProvider(name ?? ''), isPlan: false };
}
