import { channelRules } from './channel-rules.ts';
import { lockdownRules } from './lockdown-rules.ts';
import { packageRules } from './package-rules.ts';
import { pageRules } from './page-rules.ts';
import type { Rule, Subject } from './subject.ts';
import { windowRules } from './window-rules.ts';

/** S1 to S24: what keeps the desktop app closed, checked on sources, bundles and configuration without running it. */
export const desktopRules: readonly Rule[] = [
  ...windowRules,
  ...channelRules,
  ...lockdownRules,
  ...pageRules,
  ...packageRules,
].toSorted((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));

export interface Finding {
  readonly id: string;
  readonly title: string;
  readonly what: string;
}

export function findProblems(subject: Subject): readonly Finding[] {
  return desktopRules.flatMap(({ id, title, check }) => check(subject).map((what) => ({ id, title, what })));
}
