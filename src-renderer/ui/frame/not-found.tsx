import { ButtonLink } from '../button.tsx';
import { Empty } from '../empty.tsx';

export function NotFound() {
  return (
    <Empty title="There is no such page" actions={<ButtonLink href="#/">Go to Overview</ButtonLink>}>
      The address may come from a newer version of LLMLab.
    </Empty>
  );
}
