import { FlaskConical } from 'lucide-react';
import { useAction } from '../../api/client.ts';
import { Notice, noticeAction } from '../../ui/notice.tsx';
import { plural } from '../../ui/numbers.ts';
import { toast } from '../../ui/toast.tsx';

/** Says that figures are made up, and takes them away in one click. */
export function SampleBanner() {
  const remove = useAction('sample.remove', {
    onSuccess: ({ removed }) => toast.success(`Sample data removed: ${plural(removed, 'record')}`),
    onError: (error) => toast.error(error.message),
  });
  return (
    <Notice
      tone="info"
      icon={FlaskConical}
      actions={
        <button
          type="button"
          className={noticeAction(true)}
          disabled={remove.isPending}
          onClick={() => remove.mutate({})}
        >
          Remove sample data
        </button>
      }
    >
      <b className="font-semibold">Sample data.</b> These figures are made up, to look around with.
    </Notice>
  );
}
