import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { report } from '../measure/child.ts';

/** DuckDB reads a billing file into a table of its own: as it is, or with the charge's id as a unique key. */
interface Connection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRowObjectsJson(): readonly Record<string, unknown>[] }>;
}
interface DuckDb {
  readonly DuckDBInstance: {
    create(
      path: string,
      options: Readonly<Record<string, string>>,
    ): Promise<{ connect(): Promise<Connection> }>;
  };
}

const [peers = '', file = '', folder = '', mode = ''] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(join(peers, 'package.json'))('@duckdb/node-api') as DuckDb;
const path = join(folder, `duckdb-${mode}.db`);
for (const each of [path, `${path}.wal`]) rmSync(each, { force: true });
const begin = performance.now();
const db = await (await DuckDBInstance.create(path, {})).connect();
const csv = `read_csv('${file.replaceAll("'", "''")}')`;
if (mode === 'unique') {
  const columns = (await db.runAndReadAll(`DESCRIBE SELECT * FROM ${csv}`)).getRowObjectsJson();
  const types = columns.map((column) => `${column.column_name} ${column.column_type}`).join(', ');
  await db.run(`CREATE TABLE charges (${types}, PRIMARY KEY (generation_id))`);
  await db.run(`INSERT OR IGNORE INTO charges SELECT * FROM ${csv}`);
} else await db.run(`CREATE TABLE charges AS SELECT * FROM ${csv}`);
await db.run('CHECKPOINT');
const wallMs = performance.now() - begin;
const rows = await db.runAndReadAll(
  `SELECT strftime(created_at, '%Y-%m-%d') AS day, count(*) AS requests, sum(tokens_prompt - tokens_cached) AS input,
     sum(tokens_cached) AS cacheRead, sum(tokens_completion) AS output FROM charges GROUP BY 1`,
);
const cells = Object.fromEntries(
  rows
    .getRowObjectsJson()
    .map(({ day, ...sums }) => [
      String(day),
      Object.fromEntries(Object.entries(sums).map(([key, sum]) => [key, Number(sum)])),
    ]),
);
for (const each of [path, `${path}.wal`]) rmSync(each, { force: true });
report({ wallMs, cells });
// Its native threads would keep the process for a while.
process.exit(0);
