import { expect, it } from 'vitest';
import { projectOfTags } from './cloud-tags.ts';

it.each([
  ['{"user:Project":"a"}', 'a'],
  ['{"user_project":"a"}', 'a'],
  ['"env": "dev","project": "a"', 'a'],
  ['{"subproject":"a","project_lead":"b"}', null],
  ['{"project":""}', null],
  ['{"project":7,"__proto__":{"x":1}}', null],
  ['{"project', null],
  ['["project"]', null],
  ['', null],
])('the project in %s', (tags, project) => {
  expect(projectOfTags(tags)).toBe(project);
});
