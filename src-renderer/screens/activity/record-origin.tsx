import type { ActivityDetail } from '../../../src-preload/contract/activity.ts';
import { formatCount } from '../../ui/numbers.ts';

/** Where the record was read, and what else the file said about it. */
export function RecordOrigin({ record }: { readonly record: ActivityDetail }) {
  const extras = Object.entries(record.extras);
  return (
    <section className="mt-4 border-t pt-4">
      <h3>Where it was read</h3>
      <p className="mt-1 break-words text-sm text-text-2">
        {record.fileName === null ? 'The file is not known.' : record.fileName}
        {record.line !== null && record.line > 0 && `, line ${formatCount(record.line)}`}
      </p>
      {record.vendorCallId !== null && <Pair name="Call id" value={record.vendorCallId} />}
      {record.modelRaw !== null && record.modelRaw !== record.model && (
        <Pair name="Model as written" value={record.modelRaw} />
      )}
      {extras.length > 0 && (
        <>
          <h3 className="mt-4 mb-1">Also in the row</h3>
          {extras.map(([name, value]) => (
            <Pair key={name} name={name} value={typeof value === 'string' ? value : JSON.stringify(value)} />
          ))}
        </>
      )}
    </section>
  );
}

function Pair({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="flex gap-3 py-0.5 text-xs">
      <span className="w-32 shrink-0 truncate text-text-3" title={name}>
        {name}
      </span>
      <code className="min-w-0 flex-1 break-words font-mono text-text">{value}</code>
    </div>
  );
}
