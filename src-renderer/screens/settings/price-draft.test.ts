import { expect, it } from 'vitest';
import { draftOf, emptyDraft, readDraft } from './price-draft.ts';

const draft = { ...emptyDraft('openai', 'my-model', '2026-11-01'), input: ' 0.25 ', output: '2' };

it('leaves a blank cache price out, because blank means unknown and 0 means free', () => {
  expect(readDraft({ ...draft, cacheRead: '0' })).toEqual({
    value: {
      provider: 'openai',
      model: 'my-model',
      from: '2026-11-01',
      input: '0.25',
      output: '2',
      cacheRead: '0',
    },
  });
});

it.each(['0,25', '$1', '-1', '1e3', ''])(
  'refuses the input price %j with a sentence at that field',
  (input) => {
    const read = readDraft({ ...draft, input });
    expect('problems' in read && Object.keys(read.problems)).toEqual(['input']);
  },
);

it('names every field that is wrong, not only the first', () => {
  const read = readDraft({ ...draft, model: ' ', from: '2026-02-30', cacheWrite1h: 'x' });
  expect('problems' in read && Object.keys(read.problems).sort()).toEqual(['cacheWrite1h', 'from', 'model']);
});

it('opens a saved price so that saving it again changes nothing', () => {
  const price = {
    provider: 'openai',
    model: 'm',
    from: '2026-11-01',
    input: '1',
    output: '2',
    cacheRead: '0.1',
  };
  expect(readDraft(draftOf(price))).toEqual({ value: price });
});
