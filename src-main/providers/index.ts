import type { Provider } from '../platform/provider.ts';
import { anthropic } from './anthropic.ts';
import { azure } from './azure.ts';
import { bedrock } from './bedrock.ts';
import { cohere } from './cohere.ts';
import { custom } from './custom.ts';
import { deepinfra } from './deepinfra.ts';
import { deepseek } from './deepseek.ts';
import { fireworks } from './fireworks.ts';
import { gemini } from './gemini.ts';
import { groq } from './groq.ts';
import { huggingface } from './huggingface.ts';
import { litellm } from './litellm.ts';
import { lmstudio } from './lmstudio.ts';
import { mistral } from './mistral.ts';
import { novita } from './novita.ts';
import { ollama } from './ollama.ts';
import { openai } from './openai.ts';
import { openrouter } from './openrouter.ts';
import { perplexity } from './perplexity.ts';
import { portkey } from './portkey.ts';
import { replicate } from './replicate.ts';
import { together } from './together.ts';
import { vertex } from './vertex.ts';
import { xai } from './xai.ts';

/** Every vendor, gateway and local server LLMLab knows, in the order the gallery shows them. */
export const providers: readonly Provider[] = [
  openai,
  anthropic,
  gemini,
  vertex,
  azure,
  bedrock,
  mistral,
  xai,
  deepseek,
  groq,
  together,
  fireworks,
  deepinfra,
  huggingface,
  cohere,
  perplexity,
  novita,
  replicate,
  openrouter,
  litellm,
  portkey,
  ollama,
  lmstudio,
  custom,
];
