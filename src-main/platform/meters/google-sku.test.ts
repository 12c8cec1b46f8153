import { describe, expect, it } from 'vitest';
import { googleSku } from './google-sku.ts';

const long = { longContext: true };
const short = { longContext: false };

describe('SKUs of Google Cloud', () => {
  it.each([
    [
      'Generate content input token count gemini 2.5 flash short input text',
      'input',
      'gemini-2.5-flash',
      short,
    ],
    [
      'Generate content output token count gemini 2.5 flash short input text',
      'output',
      'gemini-2.5-flash',
      short,
    ],
    [
      'Generate content cached input token count gemini 2.5 pro input long text',
      'cacheRead',
      'gemini-2.5-pro',
      long,
    ],
    [
      'Generate_content text cached input token count for gemini 3 pro short',
      'cacheRead',
      'gemini-3-pro',
      short,
    ],
    ['GenerateContent text output token count for Gemini 2.0 Flash', 'output', 'gemini-2.0-flash', null],
    ['EmbedContent input token count for gemini-embedding-001', 'input', 'gemini-embedding-001', null],
    [
      'Generate content input token count gemini 3.5 flash text batch',
      'input',
      'gemini-3.5-flash',
      { serviceTier: 'batch' },
    ],
    ['Generate content input token count gemini 3.5 flash image', 'input', 'gemini-3.5-flash', null],
    [
      'Generate content output token count gemini 3 pro image output image',
      'output',
      'gemini-3-pro-image',
      null,
    ],
    [
      'Generate content output token count gemini 2.5 flash native audio output audio',
      'output',
      'gemini-2.5-flash-native-audio',
      null,
    ],
    [
      'Generate content input token count gemini 2.5 flash text caching',
      'cacheRead',
      'gemini-2.5-flash',
      null,
    ],
    ['Generate content cached input token count storage gemini 2.5 flash', null, 'gemini-2.5-flash', null],
    [
      'Generate content input token count gemini 2.5 flash image image',
      'input',
      'gemini-2.5-flash-image',
      null,
    ],
    ['Claude Opus 4.5 Batch Output Tokens', null, 'claude-opus-4.5', { serviceTier: 'batch' }],
    ['Gemini 2.5 Pro Thinking Text Output - Predictions', null, 'gemini-2.5-pro', null],
    ['Gemini 2.5 Flash GA Input Text Caching (Long)', null, 'gemini-2.5-flash', long],
    ['Gemini 3.5 Flash Global Text Input - Predictions', null, 'gemini-3.5-flash', null],
    ['Grounding with Google Search requests', null, null, null],
    ['Online prediction on n1-standard-4', null, null, null],
    ['', null, null, null],
  ])('reads %s', (text, part, model, priceFacts) => {
    expect(googleSku(text)).toEqual({ part, model, priceFacts });
  });
});
