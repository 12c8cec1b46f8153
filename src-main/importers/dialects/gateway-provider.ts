import { toolProvider } from './tool-provider.ts';

/** Names gateways and tracers have for vendors, where they differ from the names bills and tools use (2026-10). */
const gatewayNames: ReadonlyMap<string, string> = new Map([
  ['azure-ai', 'azure'],
  ['azureopenai', 'azure'],
  ['amazon', 'aws'],
  ['bedrock-converse', 'aws'],
  ['sagemaker', 'aws'],
  ['cohere-chat', 'cohere'],
  ['codestral', 'mistral'],
  ['text-completion-codestral', 'mistral'],
  ['text-completion-openai', 'openai'],
  ['openai-compatible', ''],
  ['custom', ''],
  ['custom-openai', ''],
  ['perplexity-ai', 'perplexity'],
  ['google-genai', 'google'],
  ['google-vertexai', 'google'],
  ['mistralai', 'mistral'],
  ['x', 'x-ai'],
]);

/** The id of the vendor behind a gateway, whose key the calls were made with; '' where the name tells none. */
export function gatewayProvider(name: string): string {
  const id = toolProvider(name);
  if (id.startsWith('vertex-ai')) return 'google';
  return gatewayNames.get(id) ?? id;
}

/** Families that are sold under these names by their maker first of all. */
const families: readonly (readonly [RegExp, string])[] = [
  [/^(?:gpt-|chatgpt-|o[1345](?:-|$)|text-embedding-(?:3|ada)|dall-e|whisper-|tts-)/, 'openai'],
  [/^claude-/, 'anthropic'],
  [/^gemini-/, 'google'],
  [/^(?:mistral|ministral|magistral|codestral|devstral|pixtral)-/, 'mistral'],
  [/^grok-/, 'x-ai'],
  [/^deepseek-(?:chat|reasoner)/, 'deepseek'],
  [/^command-/, 'cohere'],
  [/^sonar(?:-|$)/, 'perplexity'],
];

/**
 * The vendor a model's name tells, where a record names none: the prefix before a slash, else the maker of the
 * family. '' for open models, which anybody can serve.
 */
export function providerOfModel(model: string): string {
  const slash = model.indexOf('/');
  if (slash > 0) return gatewayProvider(model.slice(0, slash));
  const name = model.toLowerCase();
  return families.find(([pattern]) => pattern.test(name))?.[1] ?? '';
}
