import type { ComparedPlan } from '../../../../src-preload/contract/reconcile.ts';
import type { Outcome, Run } from '../command.ts';
import { atLeast, plain, table, usd } from '../text.ts';

/** How many cycles the text shows; `--json` has all. */
const shownCycles = 6;

/** `llmlab plans`: flat fees beside what their usage would cost per token. */
export async function comparePlans(run: Run): Outcome {
  const answer = await run.withReader(({ ask }) => ask('plans.compare', {}));
  run.print(answer, () =>
    answer.accounts.length === 0
      ? 'No plan to compare. Say what an account is with llmlab accounts set NAME --kind plan --fee 20.'
      : answer.accounts.map(planText).join('\n\n'),
  );
  return undefined;
}

function planText({ account, kind, verdict, cycles, alternatives, caveats }: ComparedPlan): string {
  return [
    `${plain(account)} (${kind}): ${verdict}`,
    table(
      [
        {
          title: kind === 'plan' ? 'Cycle' : 'Month',
          cell: (row) => `${row.from} to ${row.to}${row.isOver ? '' : ' (running)'}`,
        },
        { title: 'Fee', right: true, cell: (row) => (row.feeNanoUsd === null ? '-' : usd(row.feeNanoUsd)) },
        {
          title: kind === 'plan' ? 'API-equivalent' : 'Cash',
          right: true,
          cell: (row) => (row.usageNanoUsd === null ? '-' : atLeast(row.usageNanoUsd, row.unpricedRequests)),
        },
      ],
      cycles.slice(0, shownCycles),
    ),
    ...(alternatives.length === 0
      ? []
      : [
          table(
            [
              { title: 'Plan', cell: (row) => `${row.name}${row.isCurrent ? ' (yours)' : ''}` },
              { title: 'Fee', right: true, cell: (row) => `${usd(row.feeNanoUsd)} a ${row.cycle}` },
              { title: 'Against per token', cell: (row) => row.note },
              { title: 'As of', cell: (row) => `${row.asOf}, ${row.confidence}` },
            ],
            alternatives,
          ),
        ]),
    ...caveats.map((line) => `- ${line}`),
  ].join('\n');
}
