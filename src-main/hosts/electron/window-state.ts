import { z } from 'zod';

const size = { width: 1280, height: 800 };
export const smallest = { width: 720, height: 500 };

/** Screen pixels as Electron gives them. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowState {
  /** Without x and y the system places the window. */
  readonly bounds: Omit<Area, 'x' | 'y'> & Partial<Pick<Area, 'x' | 'y'>>;
  readonly isMaximized: boolean;
}

const kept = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() }),
  isMaximized: z.boolean(),
});

/**
 * Where the window opens: where it was, as long as its title bar can still be reached on a screen that is connected
 * now, and never larger than that screen. Anything unreadable gives the usual size, placed by the system.
 */
export function restoredState(saved: unknown, workAreas: readonly Area[]): WindowState {
  const { data } = kept.safeParse(saved);
  if (!data) return { bounds: size, isMaximized: false };
  const { bounds, isMaximized } = data;
  for (const screen of workAreas) {
    const fitted = { ...bounds, ...fittedSize(bounds, screen) };
    if (canGrab(fitted, screen)) return { bounds: fitted, isMaximized };
  }
  return { bounds: fittedSize(bounds, workAreas[0] ?? size), isMaximized };
}

type Size = Pick<Area, 'width' | 'height'>;

function fittedSize(wanted: Size, screen: Size): Size {
  return {
    width: clamp(wanted.width, smallest.width, screen.width),
    height: clamp(wanted.height, smallest.height, screen.height),
  };
}

/** Whether enough of the title bar lies on the screen to drag the window by. */
function canGrab(window: Area, screen: Area): boolean {
  const visible = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x);
  const isOnTop = window.y >= screen.y - 8 && window.y <= screen.y + screen.height - 40;
  return visible >= 120 && isOnTop;
}

const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most));
