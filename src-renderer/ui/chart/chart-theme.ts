import { useSyncExternalStore } from 'react';

/** The tokens charts draw with, as plain colours. */
export interface ChartTheme {
  readonly series: readonly string[];
  readonly other: string;
  readonly surface: string;
  readonly sunken: string;
  readonly grid: string;
  readonly axis: string;
  readonly text: string;
  readonly text2: string;
  readonly text3: string;
  readonly borderStrong: string;
  readonly accentSoft: string;
  readonly fontFamily: string;
}

/** The chart colours of the theme that is on; new ones as soon as it changes. */
export function useChartTheme(): ChartTheme {
  return useSyncExternalStore(watchTheme, currentTheme);
}

let cached: { readonly key: string; readonly theme: ChartTheme } | null = null;

function currentTheme(): ChartTheme {
  const styles = getComputedStyle(document.documentElement);
  const read = (name: string) => styles.getPropertyValue(name).trim();
  const key = read('--color-surface') + read('--color-text');
  if (cached?.key === key) return cached.theme;
  const theme: ChartTheme = {
    series: Array.from({ length: 10 }, (_, index) => read(`--color-series-${index + 1}`)),
    other: read('--color-other'),
    surface: read('--color-surface'),
    sunken: read('--color-sunken'),
    grid: read('--color-grid'),
    axis: read('--color-axis'),
    text: read('--color-text'),
    text2: read('--color-text-2'),
    text3: read('--color-text-3'),
    borderStrong: read('--color-border-strong'),
    accentSoft: read('--color-accent-soft'),
    fontFamily: read('--font-sans'),
  };
  cached = { key, theme };
  return theme;
}

function watchTheme(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', listener);
  };
}
