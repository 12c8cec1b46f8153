import { z } from 'zod';

/** What servers of open models take besides OpenAI's own parameters, in the words of their bodies. */
export const compatibleParameters = z.strictObject({
  top_k: z.int().min(0).optional(),
  min_p: z.number().min(0).max(1).optional(),
  repetition_penalty: z.number().positive().optional(),
  frequency_penalty: z.number().min(-2).max(2).optional(),
  presence_penalty: z.number().min(-2).max(2).optional(),
  reasoning_effort: z.string().max(20).optional(),
  user: z.string().max(200).optional(),
});

/** What only Gemini knows, in the words of its API (ai.google.dev, 2026). */
export const googleParameters = z.strictObject({
  thinkingConfig: z
    .strictObject({
      thinkingBudget: z.int().min(-1).optional(),
      thinkingLevel: z.enum(['minimal', 'low', 'medium', 'high', 'xhigh']).optional(),
      includeThoughts: z.boolean().optional(),
    })
    .optional(),
  serviceTier: z.enum(['standard', 'flex', 'priority']).optional(),
  cachedContent: z.string().max(300).optional(),
  mediaResolution: z.string().max(60).optional(),
  safetySettings: z
    .array(z.strictObject({ category: z.string().max(100), threshold: z.string().max(100) }))
    .max(20)
    .optional(),
});
