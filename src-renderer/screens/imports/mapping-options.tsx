import type { Mapping } from '../../../src-preload/contract/imports.ts';
import { useRoute } from '../../api/client.ts';
import { evidenceMeaning } from '../../ui/evidence.ts';
import { Checkbox, Field, Input } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { answer, type MappingDraft } from './mapping-draft.ts';
import { Section } from './section.tsx';

interface MappingOptionsProps {
  readonly draft: MappingDraft;
  readonly onEdit: (draft: MappingDraft) => void;
}

const dateFormats: readonly { readonly value: Mapping['dateFormat']; readonly label: string }[] = [
  { value: 'iso', label: '2026-02-01' },
  { value: 'dmy', label: 'day first, 1.2.2026' },
  { value: 'mdy', label: 'month first, 2/1/2026' },
  { value: 'epoch-s', label: 'seconds since 1970' },
  { value: 'epoch-ms', label: 'milliseconds since 1970' },
];

const decimals: readonly { readonly value: Mapping['decimal']; readonly label: string }[] = [
  { value: '.', label: 'point, 1,234.50' },
  { value: ',', label: 'comma, 1.234,50' },
];

const evidences = ['billed', 'recorded', 'estimated'] as const;

/** What the columns leave open: how dates and numbers are written, and what to assume where no column says it. */
export function MappingOptions({ draft, onEdit }: MappingOptionsProps) {
  const { mapping, open } = draft;
  const set = <K extends keyof Omit<Mapping, 'columns'>>(key: K, value: Mapping[K]) =>
    onEdit(answer(draft, key, value));
  const hasCache = mapping.columns.cacheRead !== undefined || mapping.columns.cacheWrite !== undefined;
  return (
    <Section title="How to read them">
      <div className="grid grid-cols-3 gap-x-4 gap-y-3">
        <Field
          label="Dates are written"
          error={open.includes('dateFormat') ? 'Both orders fit: choose one.' : null}
        >
          {(ids) => (
            <Select
              {...ids}
              label="Dates are written"
              placeholder="Choose"
              options={dateFormats}
              className="w-full"
              value={open.includes('dateFormat') ? null : mapping.dateFormat}
              onChange={(value) => set('dateFormat', value)}
            />
          )}
        </Field>
        <Field label="Decimal sign" error={open.includes('decimal') ? 'Both signs fit: choose one.' : null}>
          {(ids) => (
            <Select
              {...ids}
              label="Decimal sign"
              placeholder="Choose"
              options={decimals}
              className="w-full"
              value={open.includes('decimal') ? null : mapping.decimal}
              onChange={(value) => set('decimal', value)}
            />
          )}
        </Field>
        <ZoneField zone={mapping.zone} onChange={(zone) => set('zone', zone)} />
        {mapping.columns.provider === undefined && (
          <Field label="Provider" hint="Who bills it, e.g. openai">
            {(ids) => (
              <Input
                {...ids}
                maxLength={60}
                value={mapping.provider}
                onChange={(event) => set('provider', event.target.value.toLowerCase())}
              />
            )}
          </Field>
        )}
        {mapping.columns.currency === undefined && (
          <Field label="Currency" hint="Three letters, e.g. USD">
            {(ids) => (
              <Input
                {...ids}
                maxLength={3}
                value={mapping.currency}
                onChange={(event) => set('currency', event.target.value.toUpperCase())}
              />
            )}
          </Field>
        )}
        <Field label="The money is" hint={evidenceMeaning[mapping.evidence]}>
          {(ids) => (
            <Select
              {...ids}
              label="The money is"
              className="w-full"
              value={mapping.evidence}
              options={evidences.map((value) => ({ value, label: value }))}
              onChange={(value) => set('evidence', value)}
            />
          )}
        </Field>
        <Field label="Remember as" hint="Used again for files with these columns">
          {(ids) => (
            <Input
              {...ids}
              maxLength={100}
              value={mapping.name}
              onChange={(event) => set('name', event.target.value)}
            />
          )}
        </Field>
      </div>
      {hasCache && (
        <CacheQuestion
          value={mapping.inputIncludesCache}
          onChange={(value) => set('inputIncludesCache', value)}
        />
      )}
    </Section>
  );
}

function ZoneField({ zone, onChange }: { readonly zone: string; readonly onChange: (zone: string) => void }) {
  const info = useRoute('app.info', {}).data;
  const names = [...new Set(['UTC', info?.zone ?? 'UTC', zone])];
  return (
    <Field label="Zone of the times" hint="Where the file names none">
      {(ids) => (
        <Select
          {...ids}
          label="Zone of the times"
          className="w-full"
          value={zone}
          onChange={onChange}
          options={names.map((value) => ({ value, label: value }))}
        />
      )}
    </Field>
  );
}

function CacheQuestion({
  value,
  onChange,
}: {
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the checkbox beside the words
    <label className="mt-3 flex items-start gap-2 text-sm">
      <Checkbox className="mt-0.5" checked={value} onCheckedChange={(next) => onChange(next === true)} />
      <span>
        Input tokens already include the cache columns
        <span className="block text-text-3 text-xs">
          As OpenAI counts. Anthropic counts them apart: then leave it empty, or tokens are counted twice.
        </span>
      </span>
    </label>
  );
}
