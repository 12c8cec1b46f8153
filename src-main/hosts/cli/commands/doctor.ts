import type { RouteOutput } from '../../../../src-preload/contract/index.ts';
import type { Outcome, Run } from '../command.ts';
import { exitCodes } from '../failure.ts';
import { bytes, counted, plain } from '../text.ts';

type Findings = RouteOutput<'doctor.run'>;
type Tool = Findings['tools'][number];

const marks = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' } as const;

interface DoctorFlags {
  readonly repair?: boolean;
}

/** `llmlab doctor`: exit 1 when a check failed; a tool that is not there is no failure. */
export async function doctor(run: Run, { repair }: DoctorFlags): Outcome {
  if (repair) return (await import('./repair.ts')).repair(run);
  const findings = await run.withReader(({ ask }) => ask('doctor.run', {}));
  run.print(findings, () => doctorText(findings));
  return findings.checks.some(({ state }) => state === 'fail') ? exitCodes.nothing : exitCodes.done;
}

function doctorText({ dataDir, checks, tools, unusable }: Findings): string {
  const checked = checks.map(({ state, name, detail }) => `  ${marks[state]}  ${name}: ${plain(detail)}`);
  const isHere = (tool: Tool) => tool.records > 0 || tool.folders.some(({ found, error }) => found || error);
  return [
    `Data folder: ${plain(dataDir)}`,
    ...checked,
    '',
    ...tools.filter(isHere).flatMap(toolLines),
    ...unusable.flatMap(unusableLines),
    ...absentLines(tools.filter((tool) => !isHere(tool))),
  ].join('\n');
}

/** Tools without a trace here take a line each, so that the others are not lost among them. */
function absentLines(tools: readonly Tool[]): readonly string[] {
  const known = tools.filter(({ folders }) => folders.length > 0);
  const placeless = tools.filter(({ folders }) => folders.length === 0);
  const files = placeless.map(({ label }) => plain(label)).join(', ');
  return [
    ...(known.length > 0
      ? ['Not on this machine. If one keeps its logs elsewhere, add that folder in Sources.']
      : []),
    ...known.map(absentLine),
    ...(files === '' ? [] : ['', `Without a usual place, read from files you import: ${files}.`]),
  ];
}

function absentLine({ label, tool, folders }: Tool): string {
  const [first, ...others] = folders.map(({ path }) => plain(path));
  const more = others.length > 0 ? ` and ${counted(others.length, 'other place')}` : '';
  return `    ${plain(label)} (${tool}): no ${first}${more}`;
}

function unusableLines(tool: Findings['unusable'][number]): readonly string[] {
  return [
    `${plain(tool.label)} (${tool.tool}): found, and nothing to read`,
    `    ${plain(tool.path)}`,
    `    ${plain(tool.reason)} ${plain(tool.instead)}`,
    '',
  ];
}

function toolLines(tool: Tool): readonly string[] {
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
