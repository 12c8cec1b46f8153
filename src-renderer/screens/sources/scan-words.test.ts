import { expect, it } from 'vitest';
import { scanSentence } from './scan-words.ts';

const tool = {
  tool: 'codex',
  files: 1,
  bytesRead: 10,
  accepted: 0,
  duplicate: 0,
  refused: 0,
  importId: null,
  problems: [],
};

it('counts only the tools that brought something', () => {
  expect(
    scanSentence([
      { ...tool, accepted: 1204 },
      { ...tool, tool: 'gemini' },
    ]),
  ).toBe('1,204 new records from 1 tool.');
});

it('never hides refused lines, not even when nothing was new', () => {
  expect(scanSentence([{ ...tool, refused: 1 }])).toBe(
    'Nothing new in the logs. 1 line refused, kept with reasons.',
  );
});
