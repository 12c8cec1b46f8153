/**
 * Every rule by which one model is written in several ways lies here. They respell a whole name; none drops a part
 * that tells models apart.
 */

/** Sizes of context window that clients append to a model's name: `some-model[1m]`. */
const contextSuffix = /\[\d+[km]\]$/;
const resourcePath = /^(?:publishers\/[^/]+\/)?models\//;
/** A display name: words with spaces, perhaps an edition in brackets (`Claude Opus 4.8 (Amazon Bedrock Edition)`). */
const edition = /\s*\([^)]*\)$/;
/** `family-line-version` and `family-version-line` are one model; catalogues list either. */
const versionLast = /^([a-z]+)-([a-z]+)-(\d[\d.-]*)$/;
const versionAmid = /^([a-z]+)-(\d[\d.-]*)-([a-z]+)(-20\d{6})?$/;
const compactDate = /-(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=-|:|$)/g;
/** Platform and region in front of a maker's name in clouds' ids: `us.maker.model`, `global.maker.model`. */
const cloudPrefix = /^(?:(?:global|regional|[a-z]{2}(?:-gov)?|apac)\.)?[a-z]+\.(?=[a-z])/;
const cloudVersion = /-v\d+:\d+$/;
/** Ways of being served that a gateway appends: they change the price, not the model. */
const servedAs = /:(?:free|thinking|online|nitro|floor|exacto|beta|standard|extended|batch)$/;

/** The spellings under which a catalogue may list a name, most literal first, in lower case. */
export function spellings(raw: string): readonly string[] {
  const name = raw.trim().toLowerCase().replace(resourcePath, '').replace(contextSuffix, '');
  const words = name.includes(' ') ? displayed(name) : [name];
  const orders = words.flatMap((each) => [
    each,
    each.replace(versionLast, '$1-$3-$2'),
    each.replace(versionAmid, '$1-$3-$2$4'),
  ]);
  return [...new Set([...words, ...orders, ...orders.map(datedApart)])];
}

function displayed(name: string): readonly string[] {
  const words = name.replace(edition, '').trim().replace(/\s+/g, '-');
  return [words, words.replaceAll('.', '-')];
}

function datedApart(name: string): string {
  return name.replace(compactDate, '-$1-$2-$3');
}

/** The maker and the maker's name in a gateway's or cloud's id: `maker/model:variant`, `us.maker.model-v1:0`. */
export function madeBy(name: string): { readonly maker: string | null; readonly model: string } {
  const slash = name.lastIndexOf('/');
  if (slash > 0)
    return {
      maker: name.slice(name[0] === '~' ? 1 : 0, slash),
      model: name.slice(slash + 1).replace(servedAs, ''),
    };
  const model = name.replace(cloudPrefix, '').replace(cloudVersion, '').replace(servedAs, '');
  return { maker: null, model };
}

const snapshot = /-20\d\d(?:-\d\d-\d\d|\d{4})$/;
const newest = /-latest$/;

export function withoutSnapshot(name: string): string {
  return name.replace(snapshot, '');
}

export function withoutLatest(name: string): string {
  return name.replace(newest, '');
}

export function withoutVariant(name: string): string {
  return name.replace(servedAs, '');
}

/** Whether two names differ only in punctuation, order of words, a date, `latest` or a final zero of the version. */
export function isRespelling(a: string, b: string): boolean {
  return wordsOf(a) === wordsOf(b);
}

function wordsOf(name: string): string {
  const words = withoutLatest(withoutSnapshot(name)).split(/[-._@:/ ]/);
  return (words.at(-1) === '0' ? words.slice(0, -1) : words).sort().join(' ');
}

export function isVariant(name: string): boolean {
  return servedAs.test(name) || name.startsWith('~');
}
