import { startTestCore } from '../core.ts';

/** Imports one file in a process of its own and reports what became of it and what it took. */
const [path = '', as] = process.argv.slice(2);
await using t = await startTestCore();
const before = process.cpuUsage();
const { files, unreadable } = await t.call('imports.commit', { file: { path }, ...(as ? { as } : {}) });
const { user, system } = process.cpuUsage(before);
const { counts = null, problems = [] } = files[0] ?? {};
process.stdout.write(
  JSON.stringify({
    ...{ counts, reasons: problems.map(({ reason }) => reason), refused: unreadable.map(({ code }) => code) },
    cpuMs: (user + system) / 1000,
    peakMebibytes: process.resourceUsage().maxRSS / 1024,
  }),
);
