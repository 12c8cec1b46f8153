import { type ActivitySort, nextSort } from './columns.ts';
import { type Grouping, type GroupSort, groupings } from './groups.ts';

type Order = 'asc' | 'desc';

/** How the page is laid out; lives in the hash beside range and filters. */
export interface Layout {
  readonly by: Grouping;
  readonly sort: ActivitySort;
  readonly groupSort: GroupSort;
  readonly order: Order;
}

const sorts: readonly ActivitySort[] = ['at', 'cost', 'input', 'output', 'model', 'project', 'account'];
const groupSorts: readonly GroupSort[] = ['name', 'requests', 'tokens', 'cost', 'equivalent'];

/** Reads the page's own parameters; what it does not understand it leaves at the default. */
export function parseLayout(params: URLSearchParams): Layout {
  const by = groupings.find((grouping) => grouping.by === params.get('by'))?.by ?? 'none';
  const sort = params.get('sort');
  const order = params.get('order');
  return {
    by,
    sort: sorts.find((each) => each === sort) ?? 'at',
    groupSort: groupSorts.find((each) => each === sort) ?? (by === 'day' ? 'name' : 'cost'),
    order: order === 'asc' ? 'asc' : 'desc',
  };
}

/** The parameters after a click on a column of the records: null takes one away. */
export function sortRecords(layout: Layout, clicked: ActivitySort): Record<string, string | null> {
  const { sort, order } = nextSort(layout, clicked);
  return { sort: sort === 'at' ? null : sort, order: order === 'desc' ? null : order };
}

/** The parameters after a click on a column of the groups. */
export function sortGroupsBy(layout: Layout, clicked: GroupSort): Record<string, string | null> {
  const order = layout.groupSort === clicked && layout.order === 'desc' ? 'asc' : 'desc';
  return { sort: clicked, order: order === 'desc' ? null : order };
}

/** The parameters after another grouping was chosen: its order starts afresh. */
export function groupBy(by: Grouping): Record<string, string | null> {
  return { by: by === 'none' ? null : by, sort: null, order: null };
}
