import { AppError } from '../error.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known. Check the address and the connection to the internet',
  EAI_AGAIN: 'its name could not be looked up. Check the connection to the internet',
  ECONNREFUSED: 'nothing listens there. Check the address, and whether the server runs',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  ETIMEDOUT: 'it did not answer in time',
  EHOSTUNREACH: 'there is no way to it. Check the connection to the internet',
  ENETUNREACH: 'there is no way to it. Check the connection to the internet',
  UND_ERR_CONNECT_TIMEOUT: 'it did not answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'it did not answer in time',
  UND_ERR_BODY_TIMEOUT: 'its answer stopped halfway',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'its answer is too large',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted(),
  SELF_SIGNED_CERT_IN_CHAIN: untrusted(),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted(),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted(),
};

function untrusted(): string {
  return 'its certificate is not trusted. If it is your company’s own, name it in NODE_EXTRA_CA_CERTS';
}

export interface Asked {
  readonly origin: string;
  /** The caller's. */
  readonly signal: AbortSignal | null | undefined;
}

/** What a failed request or a broken answer is to the user: a refusal as it was made, the caller's abort as it came, else NETWORK. */
export function failureOf(error: unknown, { origin, signal }: Asked): unknown {
  if (signal?.aborted) return error;
  const chain = causesOf(error);
  const refusal = chain.find((one) => one instanceof AppError);
  if (refusal !== undefined) return refusal;
  const code = chain.map((one) => ('code' in one ? String(one.code) : '')).find((one) => one in reasons);
  const said = chain.at(-1)?.message ?? String(error);
  const reason = code === undefined ? `the request failed (${said.slice(0, 200)})` : reasons[code];
  return new AppError('NETWORK', `${origin} cannot be reached: ${reason}.`, { cause: error });
}

function causesOf(error: unknown): Error[] {
  const found: Error[] = [];
  for (let one = error; one instanceof Error && found.length < 8; one = one.cause) {
    found.push(one);
    // Several addresses were tried: the first failure tells as much as any.
    if (one instanceof AggregateError && one.errors[0] instanceof Error) found.push(one.errors[0]);
  }
  return found;
}
