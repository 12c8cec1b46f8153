import { type ReactNode, useEffect, useId } from 'react';
import {
  type DefaultValues,
  type FieldErrors,
  type FieldValues,
  type Resolver,
  type UseFormRegister,
  useForm,
} from 'react-hook-form';
import type { RouteInput, RouteOutput } from '../../../src-preload/contract/index.ts';
import { useAction } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { plural } from '../../ui/numbers.ts';
import { toast } from '../../ui/toast.tsx';

type SaveRoute = 'prices.saveOverride' | 'prices.saveAlias';

interface PricingDialogProps<Draft extends FieldValues, R extends SaveRoute> {
  readonly route: R;
  /** What the form opens with; null while closed. */
  readonly draft: Draft | null;
  /** Of what is changed; null for a new one. */
  readonly id: number | null;
  readonly resolver: Resolver<Draft, unknown, Omit<RouteInput<R>, 'id'>>;
  readonly onClose: () => void;
  readonly title: string;
  readonly description: string;
  readonly save: string;
  readonly width: number;
  /** Name of the field that is typed in first. */
  readonly firstField: string;
  /** The first half of the toast: what was saved. */
  readonly saved: (value: Omit<RouteInput<R>, 'id'>) => string;
  readonly columns: string;
  readonly children: (form: {
    readonly register: UseFormRegister<Draft>;
    readonly errors: FieldErrors<Draft>;
  }) => ReactNode;
}

/** A form that says how something is priced: saving prices the past anew and says how much of it. */
export function PricingDialog<Draft extends FieldValues, R extends SaveRoute>(
  props: PricingDialogProps<Draft, R>,
) {
  const { draft, id, onClose, children } = props;
  const formId = useId();
  const form = useForm<Draft, unknown, Omit<RouteInput<R>, 'id'>>({ resolver: props.resolver });
  const save = useAction(props.route);
  const { reset } = form;
  const { reset: forget } = save;
  useEffect(() => {
    if (draft === null) return;
    // a whole draft is a set of defaults
    reset(draft as DefaultValues<Draft> & Draft);
    forget();
  }, [draft, reset, forget]);
  const submit = form.handleSubmit((value) => {
    // both routes take the value with the id of what it replaces, and answer alike
    const input = (id === null ? value : { ...value, id }) as RouteInput<R>;
    const onSuccess = ({ repriced }: RouteOutput<SaveRoute>) => {
      toast.success(`${props.saved(value)}${plural(repriced, 'record')} priced anew.`);
      onClose();
    };
    save.mutate(input, { onSuccess });
  });
  return (
    <Dialog
      open={draft !== null}
      onOpenChange={onClose}
      title={props.title}
      description={props.description}
      width={props.width}
      initialFocus={() =>
        document.querySelector<HTMLElement>(`#${CSS.escape(formId)} [name=${props.firstField}]`)
      }
      footer={
        <>
          <span className="flex-1" />
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form={formId} disabled={save.isPending}>
            {props.save}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className={`grid gap-3 ${props.columns}`}>
        {save.error && (
          <Notice tone="over" className="col-span-full">
            {save.error.message}
          </Notice>
        )}
        {children({ register: form.register, errors: form.formState.errors })}
      </form>
    </Dialog>
  );
}
