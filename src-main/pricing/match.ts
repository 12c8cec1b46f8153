import type { MatchLogic } from '@pydantic/genai-prices';

/** What may follow a catalogue prefix without naming another model: snapshot dates and numbers, release words, effort. */
const sameModel =
  /^(?:[-@:._ /](?:latest|stable|preview|exp|experimental|beta|default|thinking|minimal|low|medium|high|xhigh|v\d+(?::\d+)?|\d{3}|\d{6,8}|20\d\d-\d\d-\d\d|\d\d-\d\d|\d\d-20\d\d))*$/;
const endsInYear = /-20\d\d$/;
const restOfDate = /^(?:\d{4}|-\d\d-\d\d)(?=\D|$)/;
/** What follows in a fine-tuned model's name is whose it is, at one price for all. */
const fineTuned = /^ft:|\.ft-$/;
const separator = /[-@:._ /]$/;

/**
 * The catalogue's match rules, with one rule more: a prefix names a model only up to a date, a snapshot number or a
 * release word. `…-flash-lite` is not `…-flash` and `…-5-5` is not `…-5`, whatever the prefix says: a new model has
 * no price until it has one of its own.
 */
export function matches(logic: MatchLogic, name: string): boolean {
  if ('or' in logic) return logic.or.some((part) => matches(part, name));
  if ('and' in logic) return logic.and.every((part) => matches(part, name));
  if ('equals' in logic) return name === logic.equals.toLowerCase();
  if ('starts_with' in logic) return continues(logic.starts_with.toLowerCase(), name);
  if ('ends_with' in logic) return name.endsWith(logic.ends_with.toLowerCase());
  if ('contains' in logic) return name.includes(logic.contains.toLowerCase());
  return new RegExp(logic.regex).test(name);
}

function continues(prefix: string, name: string): boolean {
  if (!name.startsWith(prefix)) return false;
  const rest = name.slice(prefix.length);
  if (rest === '' || fineTuned.test(prefix)) return true;
  if (endsInYear.test(prefix)) return sameModel.test(rest.replace(restOfDate, ''));
  return sameModel.test(separator.test(prefix) ? `-${rest}` : rest);
}

/** Whether a rule lists this very name. */
export function lists(logic: MatchLogic, name: string): boolean {
  if ('or' in logic) return logic.or.some((part) => lists(part, name));
  if ('and' in logic) return logic.and.some((part) => lists(part, name));
  return 'equals' in logic && name === logic.equals.toLowerCase();
}
