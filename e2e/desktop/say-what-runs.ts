import { runsOn } from './start-desktop.ts';

/** Once per run, so that nobody takes the stand-in for the real thing. */
export default function sayWhatRuns(): void {
  process.stdout.write(`desktop specs run on ${runsOn}\n`);
}
