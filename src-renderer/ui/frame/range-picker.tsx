import { Calendar } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { Button } from '../button.tsx';
import { formatRange } from '../dates.ts';
import { Field, Input } from '../field.tsx';
import { Menu, MenuRadioGroup, MenuRadioItem } from '../menu.tsx';
import { Segmented } from '../segmented.tsx';
import { FieldButton } from '../select.tsx';
import { useFocusReturn } from '../use-focus-return.ts';
import { useView } from '../use-view.ts';
import { type Dates, type RangeKey, rangeKeys, rangeLabels } from '../view.ts';

/** `28 Sep – 12 Oct` fits its segment. */
const longestWords = 15;

/** The dates the window shows: segments, or a menu in a narrow window; Custom asks for two dates. */
export function RangePicker() {
  const { view, dates, today, setView } = useView();
  const [asking, setAsking] = useState(false);
  const focusReturn = useFocusReturn();
  const choose = (range: RangeKey) => {
    if (range === 'custom') setAsking(true);
    else setView({ range });
  };
  const words = formatRange(dates.from, dates.to, today);
  // Dates of other years would push the rest of the bar into a second line; the figures name them anyway.
  const custom = view.range === 'custom' && words.length <= longestWords ? words : rangeLabels.custom;
  const options = rangeKeys.map((value) => ({
    value,
    label: value === 'custom' ? custom : rangeLabels[value],
  }));
  return (
    <Popover.Root open={asking} onOpenChange={setAsking}>
      <Popover.Anchor className="flex">
        <Segmented
          label="Range"
          options={options}
          value={view.range}
          onChange={choose}
          className="snug:hidden"
        />
        <span className="hidden snug:flex">
          <Menu
            label="Range"
            trigger={
              <FieldButton icon={Calendar}>
                {rangeLabels[view.range]} <span className="tnum font-regular text-text-3">{words}</span>
              </FieldButton>
            }
          >
            <MenuRadioGroup value={view.range}>
              {options.map(({ value, label }) => (
                <MenuRadioItem key={value} value={value} onSelect={() => choose(value)}>
                  {label}
                </MenuRadioItem>
              ))}
            </MenuRadioGroup>
          </Menu>
        </span>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          {...focusReturn}
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Custom range"
          className="enter-pop z-50 rounded-lg border bg-raised p-3 shadow-pop"
        >
          <CustomRange
            dates={dates}
            onApply={(chosen) => {
              setAsking(false);
              setView({ range: 'custom', ...chosen });
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function CustomRange({
  dates,
  onApply,
}: {
  readonly dates: Dates;
  readonly onApply: (dates: Dates) => void;
}) {
  const [from, setFrom] = useState(dates.from);
  const [to, setTo] = useState(dates.to);
  const error = from > to ? 'The first day is after the last.' : null;
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (from && to && !error) onApply({ from, to });
      }}
    >
      <div className="flex gap-2">
        <Field label="First day" error={error}>
          {(ids) => (
            <Input
              {...ids}
              type="date"
              value={from}
              required
              onChange={(event) => setFrom(event.target.value)}
            />
          )}
        </Field>
        <Field label="Last day, included">
          {(ids) => (
            <Input {...ids} type="date" value={to} required onChange={(event) => setTo(event.target.value)} />
          )}
        </Field>
      </div>
      <Button type="submit" kind="primary" className="self-end">
        Show
      </Button>
    </form>
  );
}
