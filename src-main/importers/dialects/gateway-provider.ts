import { modelVendor } from './model-vendor.ts';
import { toolProvider } from './tool-provider.ts';

/** Names gateways and tracers have for vendors, where they differ from the names bills and tools use (2026-10). */
const gatewayNames: ReadonlyMap<string, string> = new Map([
  ['azure-ai', 'azure'],
  ['amazon', 'aws'],
  ['bedrock-converse', 'aws'],
  ['sagemaker', 'aws'],
  ['cohere-chat', 'cohere'],
  ['codestral', 'mistral'],
  ['text-completion-codestral', 'mistral'],
  ['text-completion-openai', 'openai'],
  ['perplexity-ai', 'perplexity'],
  ['google-genai', 'google'],
  ['google-vertexai', 'google'],
  ['x', 'x-ai'],
  // These name a protocol, not a vendor.
  ['custom', ''],
  ['custom-openai', ''],
  ['openai-compatible', ''],
  ['openai-like', ''],
]);

/**
 * The id of the vendor behind a gateway, whose key a call was made with: from the gateway's name for it, else from the
 * model's (`groq/llama-4`, `gpt-5-mini`); `unknown` where neither tells.
 */
export function gatewayProvider(name: string, model: string | null): string {
  const slash = model?.indexOf('/') ?? -1;
  const prefix = slash > 0 ? vendorNamed(model?.slice(0, slash) ?? '') : '';
  return vendorNamed(name) || prefix || modelVendor(undefined, model);
}

function vendorNamed(name: string): string {
  const id = toolProvider(name);
  return id.startsWith('vertex-ai') ? 'google' : (gatewayNames.get(id) ?? id);
}
