import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstKeys } from './first-keys.ts';

const namesOf = (text: string) => [...firstKeys(text)];

describe('firstKeys', () => {
  it('are the names of the first object, in order: alone, in an array, on the first line', () => {
    for (const text of ['{"a":1,"b":{"c":2}}', ' [ {"a":1,"b":[{"c":2}]},{"d":1}]', '{"a":1,"b":2}\n{"d":1}'])
      expect(namesOf(text)).toEqual(['a', 'b']);
  });

  it('are none in anything else', () => {
    for (const text of ['', 'a,b\n1,2', '[1,{"a":1}]', '"a"', '[[{"a":1}]]'])
      expect(namesOf(text)).toEqual([]);
  });

  it('are those of the whole object, or the first ones, wherever the text is cut', () => {
    const object = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue(), { noNullPrototype: true });
    fc.assert(
      fc.property(object, fc.nat(), (value, cut) => {
        const text = JSON.stringify(value);
        const keys = Object.keys(JSON.parse(text)).map((key) => JSON.stringify(key).slice(1, -1));
        expect(namesOf(text)).toEqual(keys);
        const some = namesOf(text.slice(0, cut % (text.length + 1)));
        expect(some).toEqual(keys.slice(0, some.length));
      }),
    );
  });
});
