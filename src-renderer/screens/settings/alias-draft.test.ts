import { expect, it } from 'vitest';
import { readAliasDraft } from './alias-draft.ts';

const draft = { provider: 'anthropic', alias: ' my-opus ', toProvider: ' ', toModel: 'claude-opus-4-8' };

it('takes a blank target provider for the same one', () => {
  expect(readAliasDraft(draft)).toEqual({
    value: { provider: 'anthropic', alias: 'my-opus', toProvider: 'anthropic', toModel: 'claude-opus-4-8' },
  });
});

it('refuses a name that stands for itself: pricing it would go round in a circle', () => {
  expect(readAliasDraft({ ...draft, toModel: 'my-opus' })).toEqual({
    problems: { toModel: 'That is the same model.' },
  });
  expect(readAliasDraft({ ...draft, toModel: 'my-opus', toProvider: 'openai' })).toHaveProperty('value');
});

it('names both fields when both are blank', () => {
  const read = readAliasDraft({ ...draft, alias: '', toModel: ' ' });
  expect('problems' in read && Object.keys(read.problems)).toEqual(['alias', 'toModel']);
});
