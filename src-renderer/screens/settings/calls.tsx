import { Card } from '../../ui/card.tsx';
import { Skeleton } from '../../ui/progress.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { ModelNamesCard } from './model-names-card.tsx';
import { SettingRow } from './setting-row.tsx';
import { useSettings } from './use-settings.ts';

const levels = [
  { value: 'off', label: 'Off' },
  { value: 'redacted', label: 'Without texts' },
  { value: 'with-text', label: 'With texts' },
] as const;

/** What concerns requests to vendors: names for models, and a look at what is sent. */
export function Calls() {
  const { found, save } = useSettings();
  if (!found) return <Skeleton className="h-40" />;
  const { modelAliases, debugLog } = found.settings;
  return (
    <>
      <ModelNamesCard aliases={modelAliases} save={save} />
      <Card aria-label="Debug log">
        <SettingRow
          label="Debug log"
          help={
            <>
              Keeps every request to a vendor and its reply, never a key. “With texts” keeps prompts and
              replies as well.{' '}
              <a href="#/debug-log" className="font-medium text-accent-text hover:underline">
                Look at it
              </a>
            </>
          }
        >
          <Segmented
            label="Debug log"
            options={levels}
            value={debugLog}
            onChange={(level) => save({ debugLog: level })}
          />
        </SettingRow>
      </Card>
    </>
  );
}
