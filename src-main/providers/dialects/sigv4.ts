import { AwsV4Signer } from 'aws4fetch';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Only of temporary keys (`ASIA…`). */
  readonly sessionToken: string | null;
}

export interface AwsRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** `ce`, `sts`, `bedrock` … */
  readonly service: string;
  readonly region: string;
  /** The moment it is signed for, UTC ms; AWS refuses one over five minutes off. */
  readonly at: number;
}

/** Headers of a request signed with AWS Signature Version 4, `Authorization` among them. */
export async function signedHeaders(
  { method, url, headers, body, service, region, at }: AwsRequest,
  { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials,
): Promise<Readonly<Record<string, string>>> {
  const signer = new AwsV4Signer({
    method,
    url,
    headers: { ...headers },
    ...(body !== undefined && { body }),
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== null && { sessionToken }),
    service,
    region,
    datetime: new Date(at).toISOString().replace(/[:-]|\.\d{3}/g, ''),
    // The content type is part of what AWS asks to be signed here.
    allHeaders: true,
  });
  const signed = await signer.sign();
  return Object.fromEntries([...signed.headers].filter(([name]) => name !== 'host'));
}
