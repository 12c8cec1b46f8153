import type { RouteOutput } from '../../../../src-preload/contract/index.ts';
import type { Outcome, Run } from '../command.ts';
import { exitCodes } from '../failure.ts';
import { bytes, counted, plain } from '../text.ts';

type Findings = RouteOutput<'doctor.run'>;

const marks = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' } as const;

interface DoctorFlags {
  readonly repair?: boolean;
}

/** `llmlab doctor`: exit 1 when a check failed; a tool that is not there is no failure. */
export async function doctor(run: Run, { repair }: DoctorFlags): Outcome {
  if (repair) return (await import('./repair.ts')).repair(run);
  const findings = await run.withCore(({ ask }) => ask('doctor.run', {}));
  run.print(findings, () => doctorText(findings));
  return findings.checks.some(({ state }) => state === 'fail') ? exitCodes.nothing : exitCodes.done;
}

function doctorText({ dataDir, checks, tools, unusable }: Findings): string {
  const checked = checks.map(({ state, name, detail }) => `  ${marks[state]}  ${name}: ${plain(detail)}`);
  return [
    `Data folder: ${plain(dataDir)}`,
    ...checked,
    '',
    ...tools.flatMap(toolLines),
    ...unusable.flatMap(unusableLines),
  ].join('\n');
}

function unusableLines(tool: Findings['unusable'][number]): readonly string[] {
  return [
    `${plain(tool.label)} (${tool.tool}): found, and nothing to read`,
    `    ${plain(tool.path)}`,
    `    ${plain(tool.reason)} ${plain(tool.instead)}`,
    '',
  ];
}

function toolLines(tool: Findings['tools'][number]): readonly string[] {
  const size = tool.files > 0 ? `, ${counted(tool.files, 'file')} (${bytes(tool.bytes)})` : '';
  const unread = tool.unreadBytes > 0 ? `, ${bytes(tool.unreadBytes)} not read yet` : '';
  const folders = tool.folders.map(({ path, why, found, error }) => {
    const state = error ?? (found ? 'found' : 'does not exist');
    return `    ${plain(path)} (${plain(why)}): ${plain(state)}`;
  });
  return [
    `${plain(tool.label)} (${tool.tool}): ${counted(tool.records, 'record')}${size}${unread}`,
    ...folders,
    `    ${plain(tool.verdict)}`,
    '',
  ];
}
