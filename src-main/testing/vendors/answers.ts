import type { Answer, FakeVendor } from './fake-vendor.ts';

/** Replies by `METHOD URL`, as a provider's fixture keeps them: in the vendor's documented shape, with invented figures. */
export type Recorded = Readonly<Record<string, unknown>>;

/** Makes the fake vendor answer as a fixture says. Later answers win, so a test may then change one of them. */
export function answerWith(vendor: FakeVendor, recorded: Recorded): void {
  for (const [request, json] of Object.entries(recorded)) on(vendor, request, { json });
}

/** The same for one request, `GET https://…`, with any reply. */
export function on(vendor: FakeVendor, request: string, answer: Answer): void {
  const [method = 'GET', url = ''] = request.split(' ');
  vendor.answer(method, url, answer);
}
