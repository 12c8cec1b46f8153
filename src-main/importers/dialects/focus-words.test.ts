import { describe, expect, it } from 'vitest';
import { isOtherService } from './focus-words.ts';
import { vendorId } from './vendor-id.ts';

describe('vendors and services', () => {
  it.each([
    ['Amazon Web Services, Inc.', 'aws'],
    ['Microsoft', 'azure'],
    ['Google Cloud', 'google'],
    ['OpenAI', 'openai'],
    ['Acme  Cloud!', 'acme-cloud'],
    ['__proto__', 'proto'],
    ['constructor', 'constructor'],
    ['', ''],
  ])('names %s %s', (name, id) => {
    expect(vendorId(name)).toBe(id);
  });

  it('leaves out other services of clouds only', () => {
    expect(isOtherService('aws', 'Compute', 'Amazon EC2')).toBe(true);
    expect(isOtherService('aws', 'Other', 'Claude (Amazon Bedrock Edition)')).toBe(false);
    expect(isOtherService('exampleai', 'Compute', 'GPU hours')).toBe(false);
  });
});
