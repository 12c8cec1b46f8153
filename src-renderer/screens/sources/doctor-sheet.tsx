import { CircleAlert, CircleCheck, RefreshCw, TriangleAlert } from 'lucide-react';
import { useRef } from 'react';
import type { RouteOutput } from '../../../src-preload/contract/index.ts';
import { useRoute } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { formatCount, plural } from '../../ui/numbers.ts';
import { Skeleton } from '../../ui/progress.tsx';
import { Sheet } from '../../ui/sheet.tsx';

type Doctor = RouteOutput<'doctor.run'>;

interface DoctorSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Is everything all right, and if a source reads zero, why. */
export function DoctorSheet({ open, onOpenChange }: DoctorSheetProps) {
  const again = useRef<HTMLButtonElement>(null);
  const doctor = useRoute('doctor.run', {}, { enabled: open });
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title="Check everything"
      description="The ledger, the data folder, and where each tool’s logs were looked for."
      initialFocus={() => again.current}
      tools={
        <Button
          ref={again}
          icon={RefreshCw}
          aria-disabled={doctor.isFetching}
          onClick={() => void doctor.refetch()}
        >
          Check again
        </Button>
      }
    >
      {doctor.error && <Notice tone="over">{doctor.error.message}</Notice>}
      {doctor.isPending && <Skeleton className="h-40" />}
      {doctor.data && <Findings doctor={doctor.data} />}
    </Sheet>
  );
}

function Findings({ doctor }: { readonly doctor: Doctor }) {
  const isHere = (tool: Doctor['tools'][number]) =>
    tool.records > 0 || tool.folders.some((folder) => folder.found || folder.error !== null);
  const here = doctor.tools.filter(isHere);
  const absent = doctor.tools.filter((tool) => !isHere(tool));
  return (
    <div className="flex flex-col gap-5 pb-6">
      <section aria-labelledby="doctor-checks">
        <h3 id="doctor-checks" className="mb-1">
          LLMLab itself
        </h3>
        <ul className="rounded-lg border">
          {doctor.checks.map((check) => (
            <CheckLine key={check.name} check={check} />
          ))}
        </ul>
      </section>
      <section aria-labelledby="doctor-tools">
        <h3 id="doctor-tools" className="mb-1">
          Logs of each tool
        </h3>
        <ul className="rounded-lg border">
          {here.map((tool) => (
            <ToolVerdict key={tool.tool} tool={tool} />
          ))}
          {absent.length > 0 && (
            <li className="border-t first:border-t-0">
              <Disclosure label={`${plural(absent.length, 'tool')} not found here`}>
                <ul>
                  {absent.map((tool) => (
                    <ToolVerdict key={tool.tool} tool={tool} />
                  ))}
                </ul>
              </Disclosure>
            </li>
          )}
        </ul>
      </section>
      {doctor.unusable.length > 0 && <Unusable tools={doctor.unusable} />}
      <p className="text-text-3 text-xs">
        Data folder: <code className="break-all font-mono">{doctor.dataDir}</code>
      </p>
    </div>
  );
}

const signs = {
  ok: { Icon: CircleCheck, tint: 'text-good', word: 'in order' },
  warn: { Icon: TriangleAlert, tint: 'text-warn', word: 'look at this' },
  fail: { Icon: CircleAlert, tint: 'text-over', word: 'broken' },
} as const;

function CheckLine({ check }: { readonly check: Doctor['checks'][number] }) {
  const { Icon, tint, word } = signs[check.state];
  return (
    <li className="flex items-start gap-2.5 border-t px-3 py-2 text-sm first:border-t-0">
      <Icon aria-label={word} className={`mt-px size-4 shrink-0 ${tint}`} strokeWidth={1.5} />
      <span className="w-40 shrink-0 font-medium">{check.name}</span>
      <span className="min-w-0 break-words text-text-2">{check.detail}</span>
    </li>
  );
}

/** Tools people would expect to be read, and why they are not. */
function Unusable({ tools }: { readonly tools: Doctor['unusable'] }) {
  return (
    <section aria-labelledby="doctor-unusable">
      <h3 id="doctor-unusable" className="mb-1">
        Found here, with nothing to read
      </h3>
      <ul className="rounded-lg border">
        {tools.map((tool) => (
          <li key={tool.tool} className="border-t px-3 py-2 text-sm first:border-t-0">
            <div className="flex items-baseline gap-2">
              <span className="w-40 shrink-0 font-medium">{tool.label}</span>
              <span className="min-w-0 flex-1 text-text-2">
                {tool.reason} <span className="text-text">{tool.instead}</span>
              </span>
            </div>
            <p className="mt-1 ml-42 break-all text-text-3 text-xs">
              <code className="font-mono">{tool.path}</code>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ToolVerdict({ tool }: { readonly tool: Doctor['tools'][number] }) {
  return (
    <li className="border-t px-3 py-2 text-sm first:border-t-0">
      <div className="flex items-baseline gap-2">
        <span className="w-40 shrink-0 font-medium">{tool.label}</span>
        <span className="min-w-0 flex-1 text-text-2">{tool.verdict}</span>
        <span className="tnum shrink-0 text-text-3 text-xs">
          {plural(tool.files, 'file')}, {formatCount(tool.records)} in the ledger
        </span>
      </div>
      <ul className="mt-1 ml-42 flex flex-col gap-0.5 text-text-3 text-xs">
        {tool.folders.map((folder) => (
          <li key={`${folder.path} ${folder.why}`}>
            <code className="break-all font-mono">{folder.path}</code> ({folder.why}):{' '}
            {folder.error ?? (folder.found ? plural(folder.files, 'file') : 'not there')}
          </li>
        ))}
      </ul>
    </li>
  );
}
