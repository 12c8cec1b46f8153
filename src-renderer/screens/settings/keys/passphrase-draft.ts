/** A passphrase typed twice, and the one before where a change asks for it. */
export interface PassphraseDraft {
  readonly current: string;
  readonly next: string;
  readonly again: string;
}

export const emptyDraft: PassphraseDraft = { current: '', next: '', again: '' };

export type DraftErrors = Partial<Record<keyof PassphraseDraft, string>>;

const shortest = 8;

/** What is wrong with it, by field; the core checks the rest. */
export function errorsOf({ current, next, again }: PassphraseDraft, asksCurrent: boolean): DraftErrors {
  return {
    ...(asksCurrent && current === '' && { current: 'Type the passphrase that opens the keys now.' }),
    ...(next.length < shortest && { next: `At least ${shortest} characters; several words are best.` }),
    ...(again !== next && { again: 'This is not the same as above.' }),
  };
}
