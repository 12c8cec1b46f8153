import {
  type Query,
  QueryClient,
  type UseMutationOptions,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import type { RouteInput, RouteName, RouteOutput } from '../../src-preload/contract/index.ts';
import { bridge } from './bridge.ts';
import { CallError } from './call-error.ts';

/** Calls the core; throws a CallError where it answers with a failure. */
export async function callRoute<R extends RouteName>(
  route: R,
  input: RouteInput<R>,
): Promise<RouteOutput<R>> {
  const result = await bridge.call(route, input);
  if (!result.ok) throw CallError.from(result);
  return result.data;
}

export interface RouteOptions {
  readonly enabled?: boolean;
  /** Keeps showing the last answer while the next one, for another input, is on its way. */
  readonly keepPrevious?: boolean;
}

/** The answer of a reading call, cached until the core says that something changed. */
export function useRoute<R extends RouteName>(
  route: R,
  input: RouteInput<R>,
  options: RouteOptions = {},
): UseQueryResult<RouteOutput<R>, CallError> {
  return useQuery<RouteOutput<R>, CallError>({
    queryKey: [route, input],
    queryFn: () => callRoute(route, input),
    enabled: options.enabled ?? true,
    ...(options.keepPrevious && { placeholderData: keepAlike(input) as never }),
  });
}

/** The last answer, unless it was grouped in another way: its rows would be read as what they are not. */
function keepAlike(input: unknown) {
  return (last: unknown, asked: Query | undefined) =>
    groupingOf(asked?.queryKey[1]) === groupingOf(input) ? last : undefined;
}

function groupingOf(input: unknown): string {
  return typeof input === 'object' && input !== null && 'by' in input ? JSON.stringify(input.by) : '';
}

/** A call made by the user, usually one that changes something; what it changed comes back through events. */
export function useAction<R extends RouteName>(
  route: R,
  options: Omit<UseMutationOptions<RouteOutput<R>, CallError, RouteInput<R>>, 'mutationFn'> = {},
): UseMutationResult<RouteOutput<R>, CallError, RouteInput<R>> {
  return useMutation<RouteOutput<R>, CallError, RouteInput<R>>({
    ...options,
    mutationFn: (input) => callRoute(route, input),
  });
}

/** The core owns the data and says when it changes: nothing is fetched again on its own, and a failure is an answer. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: false,
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});
