import { dayText } from '../ledger/day.ts';
import type { Handlers, Namespace } from './context.ts';
import { daySpan } from './spans.ts';

export const appHandlers: Handlers<Namespace<'app'>> = {
  'app.info': (_, context) => {
    const { ports } = context;
    const db = context.db();
    const { zone } = context.zone();
    const now = ports.clock.now();
    const records = db.prepare('SELECT coalesce(sum(records), 0) FROM rollup_source').pluck().get() as number;
    const sample = db
      .prepare('SELECT EXISTS (SELECT 1 FROM imports WHERE sample = 1 AND undone_at IS NULL)')
      .pluck()
      .get();
    return {
      name: 'LLMLab',
      version: ports.version,
      host: ports.host,
      platform: ports.environment.platform,
      dataDir: ports.dataDir,
      zone: zone.name,
      today: dayText(zone.at(now).day),
      now,
      records,
      ...daySpan(db),
      sampleData: sample === 1,
      notices: context.notices(),
    };
  },
};
