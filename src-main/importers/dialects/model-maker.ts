const families: readonly (readonly [RegExp, string])[] = [
  [/^claude[-_ ]/, 'anthropic'],
  [/^(?:gpt-|chatgpt-|codex-|o[1-9](?:-|$))/, 'openai'],
  [/^(?:text-embedding-(?:3|ada)-|dall-e-|whisper-|tts-)/, 'openai'],
  [/^gemini-/, 'google'],
  [/^grok-/, 'x-ai'],
  [/^deepseek-/, 'deepseek'],
  [/^(?:kimi-|moonshot-)/, 'moonshotai'],
  [/^(?:mistral|ministral|codestral|devstral|magistral|pixtral)-/, 'mistral'],
  [/^command-/, 'cohere'],
  [/^sonar(?:-|$)/, 'perplexity'],
  [/^minimax-/, 'minimax'],
  [/^glm-/, 'zai'],
];

/**
 * The vendor whose list price a model's own name points to; '' where the name is no vendor's own. For tools that say
 * which model answered but not who served it.
 */
export function makerOf(model: string | undefined): string {
  const name = (model ?? '').toLowerCase();
  return families.find(([family]) => family.test(name))?.[1] ?? '';
}
