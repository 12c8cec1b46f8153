declare module 'js-yaml' {
  /** Reads one YAML document. @throws YAMLException where it is none. */
  export function load(text: string): unknown;
}
