import { useRoute } from '../../api/client.ts';
import { Card } from '../../ui/card.tsx';
import { SettingRow } from './setting-row.tsx';

const hosts = {
  electron: 'Desktop app',
  web: 'In the browser, served on this machine',
  cli: 'Command line',
} as const;

/** What is running, and under which licence. */
export function About() {
  const info = useRoute('app.info', {}).data;
  const prices = useRoute('prices.list', {}).data;
  if (!info) return null;
  return (
    <Card aria-label="About LLMLab">
      <SettingRow label={info.name} help="One honest local ledger of what you spend on LLMs.">
        <span className="tnum text-sm text-text-2">version {info.version}</span>
      </SettingRow>
      <SettingRow label="Running as">
        <span className="text-sm text-text-2">{hosts[info.host]}</span>
      </SettingRow>
      <SettingRow label="Built-in prices" help="genai-prices, with a dated supplement for what it lacks.">
        <span className="text-sm text-text-2">{prices?.version ?? '–'}</span>
      </SettingRow>
      <SettingRow
        label="Licence"
        help="Free to use, change and pass on. Inter is under the SIL Open Font Licence, the icons (Lucide) under ISC."
      >
        <span className="text-sm text-text-2">MIT</span>
      </SettingRow>
      <SettingRow label="Network" help="Nothing you import or that is read from logs leaves this machine.">
        <span className="text-sm text-text-2">not used</span>
      </SettingRow>
    </Card>
  );
}
