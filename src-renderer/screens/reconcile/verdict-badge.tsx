import { Check } from 'lucide-react';
import type { Verdict } from '../../../src-preload/contract/reconcile.ts';
import { Badge } from '../../ui/badge.tsx';
import { wordsOfVerdict } from './words.ts';

export function VerdictBadge({ verdict }: { readonly verdict: Verdict }) {
  const { label, tone, means } = wordsOfVerdict(verdict);
  return (
    <Badge tone={tone} title={means} {...(verdict === 'agrees' && { icon: Check })}>
      {label}
    </Badge>
  );
}
