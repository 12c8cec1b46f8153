import { describe, expect, it } from 'vitest';
import { signedHeaders } from './sigv4.ts';

// The example keys of AWS's published test suite for Signature Version 4.
const example = {
  accessKeyId: ['AKID', 'EXAMPLE'].join(''),
  secretAccessKey: ['wJalrXUtnFEMI', 'K7MDENG+bPxRfiCYEXAMPLEKEY'].join('/'),
  sessionToken: null,
};
const request = {
  method: 'GET',
  url: 'https://example.amazonaws.com/',
  service: 'service',
  region: 'us-east-1',
  at: Date.UTC(2015, 7, 30, 12, 36),
} as const;

describe('signedHeaders', () => {
  it('signs as AWS’s test suite does (get-vanilla)', async () => {
    const { authorization } = await signedHeaders(request, example);
    expect(authorization).toMatch(
      /Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31$/,
    );
  });

  it('signs the session token of a temporary key, the target and the type of the body', async () => {
    const headers = await signedHeaders(
      {
        ...request,
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'A.B' },
      },
      { ...example, sessionToken: 'session' },
    );
    expect(headers['x-amz-security-token']).toBe('session');
    expect(headers.authorization).toContain(
      'SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target,',
    );
  });

  it('signs what is sent: another body has another signature', async () => {
    const [one, other] = await Promise.all(
      ['a', 'b'].map((body) => signedHeaders({ ...request, method: 'POST', body }, example)),
    );
    expect(one?.authorization).not.toBe(other?.authorization);
  });
});
