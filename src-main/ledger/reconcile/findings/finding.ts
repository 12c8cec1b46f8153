/** One guess at the cause of a gap; the contract's `finding`. */
export interface Finding {
  readonly kind:
    | 'missing-source'
    | 'unpriced-models'
    | 'other-machines'
    | 'late-data'
    | 'price-changed'
    | 'tier-or-cache'
    | 'day-boundary'
    | 'taxes-and-credits'
    | 'filtered-export'
    | 'gateway-double'
    | 'rounding'
    | 'unexplained';
  readonly title: string;
  readonly evidence: readonly string[];
  readonly explainsNanoUsd: number | null;
  readonly certainty: 'certain' | 'likely' | 'possible';
  readonly action: { readonly text: string; readonly to: string | null } | null;
}
