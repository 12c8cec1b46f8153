import type { WriteDb } from './database.ts';

/** Interns texts (models, projects, sessions …) as small integers; 0 is the empty text. */
export interface Names {
  idOf(text: string | null | undefined): number;
}

export function createNames(db: WriteDb): Names {
  const select = db.prepare('SELECT id FROM names WHERE text = ?').pluck();
  const insert = db.prepare('INSERT INTO names (text) VALUES (?)');
  const known = new Map<string, number>();
  return {
    idOf(text) {
      if (text === null || text === undefined || text === '') return 0;
      const cached = known.get(text);
      if (cached !== undefined) return cached;
      const found = select.get(text) as number | undefined;
      const id = found ?? Number(insert.run(text).lastInsertRowid);
      known.set(text, id);
      return id;
    },
  };
}

export function createNameReader(db: WriteDb): (id: number) => string {
  const select = db.prepare('SELECT text FROM names WHERE id = ?').pluck();
  const known = new Map<number, string>();
  return (id) => {
    const cached = known.get(id);
    if (cached !== undefined) return cached;
    const text = (select.get(id) as string | undefined) ?? '';
    known.set(id, text);
    return text;
  };
}
