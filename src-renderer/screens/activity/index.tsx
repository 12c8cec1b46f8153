import { FileSearch, Inbox } from 'lucide-react';
import { useState } from 'react';
import { useRoute } from '../../api/client.ts';
import { activeJobs, useJobs } from '../../api/jobs.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { useHashParams } from '../../ui/hash-location.ts';
import { pickFiles } from '../../ui/import-request.ts';
import { Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/progress.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useView } from '../../ui/use-view.ts';
import { ExportMenu } from './export-menu.tsx';
import { FilterChips, FilterMenus } from './filter-bar.tsx';
import { GroupTable } from './group-table.tsx';
import { type GroupKey, groupings } from './groups.ts';
import { RecordSheet } from './record-sheet.tsx';
import { RecordTable } from './record-table.tsx';
import { groupBy, type Layout, parseLayout, sortGroupsBy, sortRecords } from './sorting.ts';
import { SummaryLine } from './summary-line.tsx';
import { useFirstRecords } from './use-records.ts';

/** Every record behind the figures: filtered, sorted, grouped, opened, exported. */
export function Activity() {
  const info = useRoute('app.info', {}).data;
  const isLoading = useJobs((state) => activeJobs(state.jobs).length > 0);
  if (info?.records === 0 && !isLoading) return <NothingYet />;
  return <Records />;
}

const groupingOptions = groupings.map(({ by, label }) => ({ value: by, label }));

function Records() {
  const { view, filters, setView } = useView();
  const [params, setParams] = useHashParams();
  const layout = parseLayout(params);
  const totals = useRoute('report.run', { by: [], filters }, { keepPrevious: true });
  const setFilters = (next: typeof view.filters) => setView({ filters: next });
  return (
    <div className="flex h-full min-h-80 flex-col gap-2.5 px-5 pt-3 pb-4 narrow:px-4">
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label="Group by"
          options={groupingOptions}
          value={layout.by}
          onChange={(by) => setParams(groupBy(by))}
        />
        <span className="flex-1" />
        <FilterMenus filters={view.filters} onChange={setFilters} />
        <ExportMenu filters={filters} disabled={totals.data?.totals.records === 0} />
      </div>
      <FilterChips filters={view.filters} onChange={setFilters} />
      {totals.error ? (
        <Notice tone="over">{totals.error.message}</Notice>
      ) : (
        <SummaryLine totals={totals.data?.totals ?? null} />
      )}
      <div className="flex min-h-0 flex-1 flex-col overflow-hidden rounded-lg border bg-surface">
        {layout.by === 'none' ? (
          <RecordList layout={layout} onChange={setParams} />
        ) : (
          <Groups by={layout.by} layout={layout} onChange={setParams} />
        )}
      </div>
    </div>
  );
}

interface ListProps {
  readonly layout: Layout;
  readonly onChange: (params: Record<string, string | null>) => void;
}

function RecordList({ layout, onChange }: ListProps) {
  const { filters } = useView();
  const query = { filters, sort: layout.sort, order: layout.order };
  const first = useFirstRecords(query);
  const isEmpty = useRoute('app.info', {}).data?.records === 0;
  const [opened, setOpened] = useState<number | null>(null);
  if (first.error)
    return (
      <Notice tone="over" className="m-4">
        {first.error.message}
      </Notice>
    );
  // An empty ledger is shown only while its first records are on their way.
  const total = isEmpty ? null : (first.data?.total ?? null);
  if (total === 0) return <NoMatch />;
  return (
    <>
      <RecordTable
        query={query}
        total={total}
        isStale={first.isPlaceholderData}
        onSort={(sort) => onChange(sortRecords(layout, sort))}
        onOpen={setOpened}
        opened={opened}
      />
      {opened !== null && <RecordSheet id={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

function Groups({ by, layout, onChange }: ListProps & { readonly by: GroupKey }) {
  const { filters } = useView();
  const report = useRoute('report.run', { by: [by], filters }, { keepPrevious: true });
  const isEmpty = useRoute('app.info', {}).data?.records === 0;
  if (report.error)
    return (
      <Notice tone="over" className="m-4">
        {report.error.message}
      </Notice>
    );
  if (!report.data || isEmpty) return <GroupsPlaceholder />;
  if (report.data.rows.length === 0) return <NoMatch />;
  return (
    <GroupTable
      by={by}
      report={report.data}
      sort={layout.groupSort}
      order={layout.order}
      onSort={(sort) => onChange(sortGroupsBy(layout, sort))}
    />
  );
}

function GroupsPlaceholder() {
  return (
    <div aria-busy className="flex flex-col gap-4 p-4">
      <Skeleton className="w-3/4" />
      <Skeleton className="w-2/3" />
      <Skeleton className="w-1/2" />
    </div>
  );
}

function NoMatch() {
  const { view, setView } = useView();
  const values = useRoute('report.values', {}).data;
  const hasFilters = Object.keys(view.filters).length > 0;
  const { firstDay, lastDay } = values ?? {};
  return (
    <Empty
      icon={FileSearch}
      title="No record matches"
      actions={
        <>
          {hasFilters && <Button onClick={() => setView({ filters: {} })}>Clear filters</Button>}
          {firstDay && lastDay && (
            <Button onClick={() => setView({ range: 'custom', from: firstDay, to: lastDay })}>
              Look at all days
            </Button>
          )}
        </>
      }
    >
      {hasFilters ? 'Nothing in this range fits all the filters.' : 'Nothing was recorded in this range.'}
    </Empty>
  );
}

function NothingYet() {
  return (
    <Empty
      icon={Inbox}
      title="No records yet"
      actions={
        <>
          <Button onClick={pickFiles}>Import a file</Button>
          <ButtonLink kind="quiet" href="#/">
            See what is on this machine
          </ButtonLink>
        </>
      }
    >
      Each call, charge and vendor bucket is listed here once a file or a log was read.
    </Empty>
  );
}
