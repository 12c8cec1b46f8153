import { expect, it } from 'vitest';
import { autostartEntry, autostartPath } from './autostart.ts';

it('lies where the desktop looks', () => {
  expect(autostartPath({ home: '/home/a', env: {} })).toBe('/home/a/.config/autostart/llmlab.desktop');
  expect(autostartPath({ home: '/home/a', env: { XDG_CONFIG_HOME: '/c' } })).toBe(
    '/c/autostart/llmlab.desktop',
  );
});

it('quotes a path that a shell or the key would read otherwise', () => {
  expect(autostartEntry('/opt/My "$apps"/100%/llmlab')).toContain(
    'Exec="/opt/My \\\\"\\\\$apps\\\\"/100%%/llmlab" --hidden\n',
  );
});
