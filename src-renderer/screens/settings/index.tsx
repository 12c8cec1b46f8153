import { cx } from '../../ui/cx.ts';
import { useHashParams } from '../../ui/hash-location.ts';
import { About } from './about.tsx';
import { Calls } from './calls.tsx';
import { Data } from './data.tsx';
import { General } from './general.tsx';
import { Keys } from './keys/index.tsx';
import { Prices } from './prices.tsx';

const tabs = [
  { id: 'general', label: 'General', Tab: General },
  { id: 'prices', label: 'Prices', Tab: Prices },
  { id: 'keys', label: 'Keys and vault', Tab: Keys },
  { id: 'calls', label: 'Calls', Tab: Calls },
  { id: 'data', label: 'Data and backups', Tab: Data },
  { id: 'about', label: 'About', Tab: About },
] as const;

/** Settings, one topic at a time; the topic is in the hash (`?tab=prices`), so other screens can link to it. */
export function Settings() {
  const [params] = useHashParams();
  const current = tabs.find((tab) => tab.id === params.get('tab')) ?? tabs[0];
  return (
    <div className="flex items-start gap-6 px-5 pt-3 pb-6 narrow:gap-4 narrow:px-4 tight:flex-col tight:items-stretch">
      <nav
        aria-label="Settings"
        className="sticky top-3 flex w-40 shrink-0 flex-col gap-0.5 narrow:w-36 tight:static tight:w-auto tight:flex-row tight:flex-wrap"
      >
        {tabs.map((tab) => (
          <a
            key={tab.id}
            href={`#/settings?tab=${tab.id}`}
            aria-current={tab === current ? 'page' : undefined}
            className={cx(
              'flex h-7 items-center rounded-md px-2 font-medium text-sm',
              tab === current ? 'bg-pressed text-text' : 'text-text-2 hover:bg-hover hover:text-text',
            )}
          >
            {tab.label}
          </a>
        ))}
      </nav>
      <div className="flex min-w-0 max-w-[800px] flex-1 flex-col gap-3">
        <current.Tab />
      </div>
    </div>
  );
}
