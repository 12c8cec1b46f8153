import { load } from 'js-yaml';
import { z } from 'zod';

/** What the rules look at of a GitHub workflow; the rest may be as it likes. */
const permissions = z.record(z.string(), z.enum(['read', 'write', 'none']));
const step = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  env: z.record(z.string(), z.unknown()).optional(),
});
const job = z.looseObject({
  uses: z.string().optional(),
  'timeout-minutes': z.number().optional(),
  permissions: permissions.optional(),
  env: z.record(z.string(), z.unknown()).optional(),
  steps: z.array(step).default([]),
});
const workflow = z.looseObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions,
  concurrency: z.looseObject({ group: z.string(), 'cancel-in-progress': z.boolean() }),
  env: z.record(z.string(), z.unknown()).optional(),
  jobs: z.record(z.string(), job),
});

type Job = z.output<typeof job>;
type Step = z.output<typeof step>;

/** One sentence for each thing in a workflow that could let a stranger in, or a secret out. */
export function workflowProblems(text: string): readonly string[] {
  const parsed = workflow.safeParse(load(text));
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  const { on, permissions: all, env, jobs } = parsed.data;
  return [
    ...(JSON.stringify(all) === '{"contents":"read"}'
      ? []
      : ['permissions of the whole are not contents: read']),
    // It would run a stranger's code with our rights.
    ...('pull_request_target' in on ? ['it runs on pull_request_target'] : []),
    ...(saysSecret(env) ? ['a secret is in the environment of every job'] : []),
    ...Object.entries(jobs).flatMap(([name, one]) => jobProblems(one).map((what) => `${name}: ${what}`)),
    ...text.split('\n').flatMap(pinProblem),
  ];
}

function jobProblems(one: Job): readonly string[] {
  const writes = Object.entries(one.permissions ?? {}).filter(([, right]) => right === 'write');
  return [
    ...writes.filter(([what]) => what !== 'contents').map(([what]) => `it may write ${what}`),
    ...(writes.length > 0 && one.steps.some(({ run }) => run && /\bnpm\b|\bnpx\b/.test(run))
      ? ['it may write, and runs packages']
      : []),
    ...(one.uses === undefined && one['timeout-minutes'] === undefined ? ['it has no time limit'] : []),
    ...(saysSecret(one.env) ? ['a secret is in the environment of every step'] : []),
    ...one.steps.flatMap(stepProblems),
  ];
}

function stepProblems({ uses, run, with: inputs, env }: Step): readonly string[] {
  const isCheckout = uses?.startsWith('actions/checkout@');
  return [
    // An expression in a command is pasted into it, whatever it holds: a secret, or a branch with quotes in its name.
    ...(run?.includes('${{') ? [`an expression is in a command: ${run.trim().split('\n')[0]}`] : []),
    ...(run && /\bsecrets\b|_PASSWORD\b|GH_TOKEN/.test(run) ? ['a secret is in a command'] : []),
    ...(run && /curl|wget|Invoke-WebRequest/.test(run) ? ['a command downloads what nothing checks'] : []),
    ...(isCheckout && inputs?.['persist-credentials'] !== false ? ['a checkout keeps its token'] : []),
    ...(saysSecret(inputs) ? [`a secret is handed to ${uses}`] : []),
    ...(uses && saysSecret(env) ? [`a secret is in the environment of ${uses}`] : []),
  ];
}

/** An action is code of others: it is named by its commit, which nobody can move, with its version for the reader. */
function pinProblem(line: string): readonly string[] {
  const used = /^\s*(?:- )?uses:\s*(.*)$/.exec(line)?.[1];
  if (used === undefined || used.startsWith('./')) return [];
  return /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used) ? [] : [`not pinned: ${used}`];
}

const saysSecret = (values: Readonly<Record<string, unknown>> | undefined) =>
  /\bsecrets\.|github\.token/.test(JSON.stringify(values ?? {}));
