import { fileURLToPath } from 'node:url';
import { desktopRules, findProblems } from './index.ts';
import { readSubject } from './subject.ts';

/** `npm test -- desktop`: every rule on this checkout and what it built. */
const subject = readSubject(fileURLToPath(new URL('../../..', import.meta.url)));
const findings = findProblems(subject);
for (const { id, title, what } of findings) process.stdout.write(`${id} ${title}: ${what}\n`);
process.stdout.write(
  `${desktopRules.length} rules on ${subject.sources.size} sources and ${subject.built.size} built files: ` +
    `${findings.length === 0 ? 'nothing found' : `${findings.length} found`}\n`,
);
if (subject.built.size === 0) process.stdout.write('nothing is built: bundles were not looked at\n');
process.exitCode = findings.length === 0 && subject.built.size > 0 ? 0 : 1;
