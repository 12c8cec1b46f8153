import type { Page } from '@playwright/test';
import type * as Electron from 'electron';

/** The parts of Electron a test may reach into, on the real one and on the stand-in alike. */
export type ElectronModule = typeof Electron;

/** A running desktop app, whichever Electron runs it. */
export interface DesktopApp {
  readonly runs: 'Electron' | 'the stand-in';
  /** The window's page; waits for it. */
  window(): Promise<Page>;
  /** Runs a function in the app's main process. It must stand alone: it travels as text. */
  evaluate<T, A>(run: (electron: ElectronModule, arg: A) => T | Promise<T>, arg: A): Promise<T>;
  /** Exit code, once the app has ended. */
  readonly ended: Promise<number | null>;
  /** What it wrote to stdout and stderr so far. */
  output(): string;
  kill(): void;
}

export interface DesktopStart {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Folders of the files the test gives to the page. The real Electron knows a file's path, the stand-in looks here. */
  readonly files: readonly string[];
}
