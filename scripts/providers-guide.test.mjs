import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { providers } from '../src-main/providers/index.ts';
import { guideFile, providersGuide } from './providers-guide.mjs';

it('the guide to the vendors says what the providers say; if not, run `npm run docs`', () => {
  expect(readFileSync(guideFile, 'utf8')).toBe(providersGuide());
});

it('it names every provider once, with each of its fields and what it lacks', () => {
  for (const { id, label, fields, missing } of providers) {
    const [, part = ''] = providersGuide().split(`\n### ${label}\n`);
    const [own = ''] = part.split('\n### ');
    expect(own, id).toContain(`- Id: \`${id}\``);
    for (const field of fields) expect(own, id).toContain(`**${field.label}**`);
    for (const { capability } of missing) expect(own, id).toContain(`- No ${capability}: `);
  }
});
