import { useEffect, useId, useState } from 'react';
import type { ProviderInfo } from '../../../src-preload/contract/connections.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { type ModelName, nameProblems } from './model-names.ts';

interface ModelNameDialogProps {
  readonly open: boolean;
  readonly providers: readonly ProviderInfo[];
  readonly onClose: () => void;
  readonly onSave: (name: ModelName) => void;
}

const blank: ModelName = { name: '', provider: '', model: '' };

export function ModelNameDialog({ open, providers, onClose, onSave }: ModelNameDialogProps) {
  const formId = useId();
  const [draft, setDraft] = useState(blank);
  const [isTried, setTried] = useState(false);
  useEffect(() => {
    if (!open) return;
    setDraft(blank);
    setTried(false);
  }, [open]);
  const problems = nameProblems(draft);
  const shown = isTried ? problems : {};
  const change = (part: Partial<ModelName>) => setDraft({ ...draft, ...part });
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title="Name a model"
      description="The name can have a model at each vendor."
      width={420}
      footer={
        <>
          <span className="flex-1" />
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form={formId}>
            Save
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (Object.keys(problems).length > 0) return;
          onSave({ ...draft, name: draft.name.trim(), model: draft.model.trim() });
        }}
      >
        <Field label="Name" error={shown.name}>
          {(ids) => (
            <Input {...ids} value={draft.name} onChange={(event) => change({ name: event.target.value })} />
          )}
        </Field>
        <Field label="Served by" error={shown.provider}>
          {({ id }) => (
            <Select
              id={id}
              label="Served by"
              options={providers.map((provider) => ({ value: provider.id, label: provider.label }))}
              value={draft.provider === '' ? null : draft.provider}
              onChange={(provider) => change({ provider })}
            />
          )}
        </Field>
        <Field label="Model" hint="The id, as that vendor writes it." error={shown.model}>
          {(ids) => (
            <Input {...ids} value={draft.model} onChange={(event) => change({ model: event.target.value })} />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
