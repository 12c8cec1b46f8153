import { useRoute } from '../../api/client.ts';
import { Card, CardHead } from '../../ui/card.tsx';
import { Switch } from '../../ui/field.tsx';
import { Skeleton } from '../../ui/progress.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Currency } from './currency.tsx';
import { SettingRow } from './setting-row.tsx';
import { type SettingsAccess, useSettings } from './use-settings.ts';
import { ZonePicker } from './zone-picker.tsx';

const themes = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

const weekStarts = [
  { value: 'monday', label: 'Monday' },
  { value: 'sunday', label: 'Sunday' },
] as const;

/** How figures are shown, and how the app behaves. */
export function General() {
  const access = useSettings();
  const host = useRoute('app.info', {}).data?.host;
  const { found, save } = access;
  if (!found) return <Skeleton className="h-60" />;
  const { settings } = found;
  return (
    <>
      <Card aria-label="Time and look">
        <SettingRow
          label="Zone"
          help="Days begin and end here: ranges, labels and charts alike. Vendors’ daily totals keep their UTC date."
        >
          <ZonePicker found={found} onChange={(zone) => save({ zone })} />
        </SettingRow>
        <SettingRow label="Week starts on">
          <Segmented
            label="Week starts on"
            options={weekStarts}
            value={settings.weekStart}
            onChange={(weekStart) => save({ weekStart })}
          />
        </SettingRow>
        <SettingRow label="Theme">
          <Segmented
            label="Theme"
            options={themes}
            value={settings.theme}
            onChange={(theme) => save({ theme })}
          />
        </SettingRow>
      </Card>
      <Card aria-label="Logs">
        <SettingRow
          label="Follow logs while LLMLab runs"
          help="New lines of coding agents’ logs are read as they are written. Off: they are read when you ask for it in Sources."
          controlId="follow-logs"
        >
          <Switch
            id="follow-logs"
            checked={settings.followLogs}
            onCheckedChange={(on) => save({ followLogs: on })}
          />
        </SettingRow>
      </Card>
      <Currency settings={settings} save={save} />
      {host === 'electron' && <Desktop access={access} />}
    </>
  );
}

function Desktop({ access: { found, save } }: { readonly access: SettingsAccess }) {
  if (!found) return null;
  const { closeToTray, openAtLogin } = found.settings;
  return (
    <Card aria-labelledby="desktop-settings">
      <CardHead id="desktop-settings" title="Desktop" />
      <SettingRow
        label="Keep running in the tray"
        help="Closing the window leaves the icon with today’s cash. Quit from its menu."
        controlId="close-to-tray"
      >
        <Switch
          id="close-to-tray"
          checked={closeToTray}
          onCheckedChange={(on) => save({ closeToTray: on })}
        />
      </SettingRow>
      <SettingRow label="Open at login" controlId="open-at-login">
        <Switch
          id="open-at-login"
          checked={openAtLogin}
          onCheckedChange={(on) => save({ openAtLogin: on })}
        />
      </SettingRow>
    </Card>
  );
}
