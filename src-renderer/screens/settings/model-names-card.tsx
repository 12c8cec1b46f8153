import { ArrowRight, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Settings } from '../../../src-preload/contract/settings.ts';
import { useRoute } from '../../api/client.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Card, CardHead } from '../../ui/card.tsx';
import { ModelNameDialog } from './model-name-dialog.tsx';
import { type ModelName, modelNames, withName, withoutName } from './model-names.ts';

interface ModelNamesCardProps {
  readonly aliases: Settings['modelAliases'];
  readonly save: (change: Pick<Settings, 'modelAliases'>) => void;
}

/** The user's common names for models: one name, and what each vendor knows it by. */
export function ModelNamesCard({ aliases, save }: ModelNamesCardProps) {
  const [isAdding, setAdding] = useState(false);
  const providers = useRoute('providers.list', {}).data?.providers ?? [];
  const labelOf = (id: string) => providers.find((provider) => provider.id === id)?.label ?? id;
  const names = modelNames(aliases);
  return (
    <Card aria-labelledby="model-names">
      <CardHead
        id="model-names"
        title="Your names for models"
        tools={
          <Button size="sm" icon={Plus} onClick={() => setAdding(true)}>
            Add a name
          </Button>
        }
      />
      <p className="px-4 pb-3 text-sm text-text-2">
        A name such as <code className="font-mono text-xs">fast</code> that stands for each vendor’s own id
        when you call a model.
      </p>
      <ul>
        {names.map((one) => (
          <NameLine
            key={`${one.name}/${one.provider}`}
            one={one}
            provider={labelOf(one.provider)}
            onRemove={() => save({ modelAliases: withoutName(aliases, one) })}
          />
        ))}
      </ul>
      <ModelNameDialog
        open={isAdding}
        providers={providers.filter(({ offers }) => offers.includes('calls'))}
        onClose={() => setAdding(false)}
        onSave={(one) => {
          save({ modelAliases: withName(aliases, one) });
          setAdding(false);
        }}
      />
    </Card>
  );
}

interface NameLineProps {
  readonly one: ModelName;
  readonly provider: string;
  readonly onRemove: () => void;
}

function NameLine({ one, provider, onRemove }: NameLineProps) {
  return (
    <li className="flex min-h-9 items-center gap-2 border-t pr-2 pl-4 text-sm">
      <span className="break-all font-medium">{one.name}</span>
      <ArrowRight aria-label="stands for" className="size-3.5 shrink-0 text-text-3" />
      <span className="break-all">{one.model}</span>
      <span className="flex-1 text-text-3">{provider}</span>
      <IconButton icon={Trash2} size="sm" label={`Remove ${one.name} at ${provider}`} onClick={onRemove} />
    </li>
  );
}
