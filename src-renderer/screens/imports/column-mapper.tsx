import { useEffect } from 'react';
import type { Mapping } from '../../../src-preload/contract/imports.ts';
import { cx } from '../../ui/cx.ts';
import { Notice } from '../../ui/notice.tsx';
import { plural } from '../../ui/numbers.ts';
import { Select } from '../../ui/select.tsx';
import { Cell, HeadCell, Row, Table } from '../../ui/table.tsx';
import {
  isGuessing,
  type MappingDraft,
  missingIn,
  type Role,
  roleOf,
  roles,
  samplesOf,
} from './mapping-draft.ts';
import { MappingOptions } from './mapping-options.tsx';
import type { Columns } from './queue.ts';
import { Section } from './section.tsx';

interface ColumnMapperProps {
  readonly columns: Columns;
  /** The mapping the file was last read with. */
  readonly applied: Mapping | undefined;
  readonly onEdit: (draft: MappingDraft) => void;
  /** Gives a column another role (null: none). */
  readonly onAssign: (column: string, role: Role | null) => void;
  /** Called a moment after the last change, once nothing is missing. */
  readonly onApply: (mapping: Mapping) => void;
}

const settleMs = 350;

/** Tells LLMLab what the columns of an unknown table are. What it would import is shown below as it changes. */
export function ColumnMapper({ columns, applied, onEdit, onAssign, onApply }: ColumnMapperProps) {
  const { file, draft } = columns;
  const missing = missingIn(draft);
  const isComplete = missing.length === 0;
  const { mapping } = draft;
  const isUnsure = isGuessing(draft);
  useEffect(() => {
    if (!isComplete || isUnsure || mapping === applied) return;
    const timer = setTimeout(() => onApply(mapping), settleMs);
    return () => clearTimeout(timer);
  }, [mapping, applied, isComplete, isUnsure, onApply]);
  return (
    <>
      <Section
        title="What the columns are"
        sum={`${plural(file.header.length, 'column')}, no format LLMLab knows`}
      >
        <div className="overflow-hidden rounded-lg border">
          <Table aria-label="Columns of the file">
            <colgroup>
              <col className="w-44" />
              <col />
              <col className="w-44" />
            </colgroup>
            <thead>
              <tr>
                <HeadCell className="static! bg-sunken! first:pl-3">Column</HeadCell>
                <HeadCell className="static! bg-sunken!">In the file</HeadCell>
                <HeadCell className="static! bg-sunken!">Read as</HeadCell>
              </tr>
            </thead>
            <tbody>
              {file.header.map((column) => (
                <ColumnRow key={column} columns={columns} column={column} onAssign={onAssign} />
              ))}
            </tbody>
          </Table>
        </div>
      </Section>
      <MappingOptions draft={draft} onEdit={onEdit} />
      {!isComplete && (
        <Notice tone="info" className="mt-4">
          {missing.join(' ')}
        </Notice>
      )}
    </>
  );
}

interface ColumnRowProps {
  readonly columns: Columns;
  readonly column: string;
  readonly onAssign: ColumnMapperProps['onAssign'];
}

const none = 'none';

function ColumnRow({ columns: { file, draft }, column, onAssign }: ColumnRowProps) {
  const role = roleOf(draft.mapping, column);
  const samples = samplesOf(file, column);
  const options = [
    { value: none, label: 'Not used' },
    ...roles.map((each) => ({ value: each.role, label: each.label })),
  ] satisfies { value: Role | typeof none; label: string }[];
  return (
    <Row>
      <Cell className={cx('h-9! first:pl-3', role === null ? 'text-text-3' : 'font-medium')} title={column}>
        {column}
      </Cell>
      <Cell className="h-9! font-mono text-text-2 text-xs" title={samples.join('\n')}>
        {samples.length === 0 ? <span className="font-sans text-text-3">empty</span> : samples.join('  ·  ')}
      </Cell>
      <Cell className="h-9!">
        <Select<Role | typeof none>
          label={`Read ${column} as`}
          options={options}
          value={role ?? none}
          className="w-full"
          onChange={(next) => onAssign(column, next === none ? null : next)}
        />
      </Cell>
    </Row>
  );
}
