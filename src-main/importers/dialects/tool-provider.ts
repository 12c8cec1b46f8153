import { vendorId } from './vendor-id.ts';

/** Names coding tools have for vendors, where they differ from the names bills use (models.dev ids, 2026-10). */
const toolNames: ReadonlyMap<string, string> = new Map([
  ['aws-bedrock', 'aws'],
  ['azure-cognitive-services', 'azure'],
  ['azure-openai', 'azure'],
  ['bedrock', 'aws'],
  ['copilot-chat', 'github-copilot'],
  ['gcp-vertex-ai', 'google'],
  ['gemini', 'google'],
  ['google-vertex', 'google'],
  ['google-vertex-anthropic', 'google'],
  ['ollama-chat', 'ollama'],
  ['open-router', 'openrouter'],
  ['togetherai', 'together'],
  ['vertex', 'google'],
  ['vertex-ai', 'google'],
  ['zed-dev', 'zed'],
]);

/** The id of who serves and bills a call, from the name a coding tool gives it; '' for no name. */
export function toolProvider(name: string): string {
  const id = vendorId(name);
  return toolNames.get(id) ?? id;
}
