import { fieldsOf } from './json-fields.ts';

const maxChars = 64 * 1024;

/**
 * The tag `project` among the tags of a cloud's row, whatever its case or prefix (`user:Project`, `user_project`).
 * Tags are a flat JSON object; Azure leaves out its braces.
 */
export function projectOfTags(tags: string): string | null {
  if (tags.length < 3 || tags.length > maxChars || !/project/i.test(tags)) return null;
  try {
    const parsed = fieldsOf(JSON.parse(tags.startsWith('"') ? `{${tags}}` : tags)) ?? {};
    const found = Object.entries(parsed).find(([name]) => isProjectTag(name))?.[1];
    return typeof found === 'string' && found !== '' ? found : null;
  } catch {
    return null;
  }
}

export function isProjectTag(name: string): boolean {
  return /(?:^|[:/]|^user_)project$/i.test(name);
}
