import type { ProviderInfo } from '../../../src-preload/contract/connections.ts';
import { capabilityLabel } from './capability-words.ts';

interface MissingListProps {
  readonly missing: ProviderInfo['missing'];
  readonly label: string;
}

/** What a vendor does not offer, and what to do instead. */
export function MissingList({ missing, label }: MissingListProps) {
  if (missing.length === 0) return null;
  return (
    <section aria-label={`What ${label} does not offer`} className="rounded-lg border bg-sunken px-4 py-3">
      <h3 className="text-sm!">What {label} does not offer</h3>
      <dl className="mt-1 flex flex-col gap-2 text-sm">
        {missing.map(({ capability, why, instead }) => (
          <div key={`${capability} ${why}`}>
            <dt className="inline font-medium">{capabilityLabel(capability)}.</dt>{' '}
            <dd className="inline text-text-2">
              {why} <span className="text-text">{instead}</span>{' '}
              {/import/i.test(instead) && (
                <a href="#/imports" className="rounded-sm font-medium text-accent-text hover:underline">
                  Import a file
                </a>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
