import type { Random } from '../../src-main/jobs/sample/random.ts';

const words =
  'the of and to in is that for it as was with be by on not he this are at from but have an they which one you were her all she there would their we him been has when who will more no if out so said what up its about into than them can only other new some could time these two may then do first any my now such like our over man me even most made after also did many before must through years where much your way well down should because each just those people';

/** Text as tools and models produce it, safe inside a JSON string: newlines and quotes are escaped. */
export function fillerOf(random: Random): (length: number) => string {
  const list = words.split(' ');
  const parts: string[] = [];
  for (let size = 0; size < 200_000; ) {
    const part = random.chance(12)
      ? `${random.pick(['\\n', '\\t', '\\"', ' = {', '};\\n', '\\"usage\\": '])}`
      : (list[random.between(0, list.length - 1)] ?? '');
    parts.push(part, ' ');
    size += part.length + 1;
  }
  // Cut at blanks, so that no escape is torn apart.
  const blob = parts.join('');
  return (length) => {
    const start = blob.indexOf(' ', random.between(0, blob.length - length - 2_000)) + 1;
    return blob.slice(start, blob.indexOf(' ', start + length));
  };
}
