import type { ReactNode } from 'react';
import { Stat, StatRow } from '../../ui/stat.tsx';
import { useMoney } from '../../ui/use-money.ts';
import { shareWords } from './words.ts';

interface FiguresRowProps {
  readonly label: string;
  readonly billedNanoUsd: number | null;
  readonly ownNanoUsd: number | null;
  readonly gapNanoUsd: number | null;
  readonly gapPerMille: number | null;
  readonly unpricedRecords: number;
  readonly billedNote: ReactNode;
  readonly ownNote: ReactNode;
  readonly gapNote: ReactNode;
  readonly verdict: ReactNode;
  /** The records behind both sides. */
  readonly href?: string;
}

/** The figure first: what was billed, what is known here, and the gap between them. */
export function FiguresRow(props: FiguresRowProps) {
  const { money, title } = useMoney();
  const { billedNanoUsd, ownNanoUsd, gapNanoUsd, gapPerMille, unpricedRecords, href } = props;
  const figure = (nanoUsd: number | null, options = {}) => (nanoUsd === null ? '–' : money(nanoUsd, options));
  const exact = (nanoUsd: number | null) => (nanoUsd === null ? {} : { title: title(nanoUsd) });
  return (
    <StatRow label={props.label} className="grid-cols-3">
      <Stat
        label="Billed"
        figure={figure(billedNanoUsd)}
        {...exact(billedNanoUsd)}
        href={href}
        asOf={props.billedNote}
      />
      <Stat
        label="Own figures"
        figure={figure(ownNanoUsd, { atLeast: unpricedRecords > 0 })}
        {...exact(ownNanoUsd)}
        atLeast={unpricedRecords > 0}
        asOf={props.ownNote}
      />
      <Stat
        label={gapPerMille === null ? 'Gap' : `Gap, ${shareWords(gapPerMille)} of the bill`}
        figure={figure(gapNanoUsd, { signed: true })}
        {...exact(gapNanoUsd)}
        evidence={props.verdict}
        asOf={props.gapNote}
      />
    </StatRow>
  );
}
