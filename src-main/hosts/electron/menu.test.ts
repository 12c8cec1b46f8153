import type { MenuItemConstructorOptions } from 'electron';
import { expect, it } from 'vitest';
import { menuTemplate } from './menu.ts';

const actions = { importFiles: () => {}, readLogs: () => {}, goTo: () => {}, showDataFolder: () => {} };

function all(items: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? all(item.submenu) : [])]);
}

it.each([true, false])('can be quit and copied from, and gives no shortcut twice (mac: %s)', (isMac) => {
  const items = all(menuTemplate({ isMac, isDevelopment: false, actions }));
  const shortcuts = items.flatMap(({ accelerator }) => accelerator ?? []);
  expect(new Set(shortcuts).size).toBe(shortcuts.length);
  expect(items.filter(({ role }) => role === 'quit')).toHaveLength(1);
  expect(items.filter(({ role }) => role === 'editMenu')).toHaveLength(1);
  expect(items.filter(({ accelerator }) => accelerator === 'CmdOrCtrl+,')).toHaveLength(1);
});

it('has developer tools only while developing', () => {
  const tools = (isDevelopment: boolean) =>
    all(menuTemplate({ isMac: false, isDevelopment, actions })).filter(
      ({ role }) => role === 'toggleDevTools',
    );
  expect([tools(true).length, tools(false).length]).toEqual([1, 0]);
});
