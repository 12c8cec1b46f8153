import { describe, expect, it } from 'vitest';
import type { Preview } from '../../../src-preload/contract/imports.ts';
import type { PendingFile } from '../../ui/import-request.ts';
import { createImportStore } from './import-store.ts';
import { assignRole } from './mapping-draft.ts';
import { type Item, previewOf, stateOf } from './queue.ts';
import { choosePreview, readyPreview, unknownPreview, unreadablePreview } from './testing/previews.ts';

interface Asked {
  readonly route: string;
  readonly input: unknown;
  readonly answer: (data: unknown) => void;
  readonly fail: (error: Error) => void;
}

/** A host whose answers the test gives by hand, in the order of the calls. */
function openSheet() {
  const asked: Asked[] = [];
  const store = createImportStore({
    call: (route, input) =>
      new Promise((resolve, reject) => {
        asked.push({ route, input, answer: (data) => resolve(data as never), fail: reject });
      }),
  });
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  const answer = async (index: number, data: unknown): Promise<void> => {
    asked[index]?.answer(data);
    await settled();
  };
  const fail = async (index: number, message: string): Promise<void> => {
    asked[index]?.fail(new Error(message));
    await settled();
  };
  const files = (index: number, ...previews: Preview[]): Promise<void> => answer(index, { files: previews });
  const states = (): readonly string[] => store.getState().items.map(stateOf);
  return { store, asked, settled, answer, fail, files, states };
}

const byPath = (path: string): PendingFile => ({
  name: path.slice(1),
  bytes: null,
  open: async () => ({ path }),
});
const csv = (name: string): PendingFile => ({
  name,
  bytes: 8,
  open: async () => {
    if (name === 'gone.csv') throw new Error('The upload broke off.');
    return { uploadId: `up-${name}` };
  },
});

describe('the import sheet', () => {
  it('reads one file after the other, in the order given', async () => {
    const sheet = openSheet();
    sheet.store.getState().add([csv('a.csv'), byPath('/home/me/b.csv')]);
    await sheet.settled();
    expect(sheet.states()).toEqual(['reading', 'waiting']);
    await sheet.files(0, readyPreview({ accepted: 1 }));
    await sheet.files(1, choosePreview);
    expect(sheet.asked.map(({ input }) => input)).toEqual([
      { file: { uploadId: 'up-a.csv' }, ref: 'import-1' },
      { file: { path: '/home/me/b.csv' }, ref: 'import-2' },
    ]);
    expect(sheet.states()).toEqual(['ready', 'asks']);
  });

  it('says so when the upload fails and goes on with the next file', async () => {
    const sheet = openSheet();
    sheet.store.getState().add([csv('gone.csv'), csv('b.csv')]);
    await sheet.settled();
    expect(sheet.store.getState().items[0]?.phase).toEqual({
      kind: 'failed',
      message: 'The upload broke off.',
    });
    expect(sheet.states()).toEqual(['unreadable', 'reading']);
  });

  it('reads the rest after a file that failed', async () => {
    const sheet = openSheet();
    sheet.store.getState().add([byPath('/x'), byPath('/y')]);
    await sheet.settled();
    await sheet.fail(0, 'No such file.');
    await sheet.files(1, readyPreview({ accepted: 2 }));
    expect(sheet.states()).toEqual(['unreadable', 'ready']);
  });

  it('drops the answer of a read that was cancelled meanwhile, and cancels its job', async () => {
    const sheet = openSheet();
    sheet.store.getState().add([byPath('/big.csv')]);
    await sheet.settled();
    void sheet.store.getState().cancel('import-1');
    await sheet.settled();
    await sheet.answer(1, { jobs: [{ id: 'j9', ref: 'import-1', state: 'running' }] });
    expect(sheet.asked[2]).toMatchObject({ route: 'jobs.cancel', input: { id: 'j9' } });
    await sheet.files(0, readyPreview({ accepted: 1 }));
    expect(sheet.states()).toEqual(['cancelled']);
  });

  it('takes the answer to the last choice, not a late one to an earlier choice', async () => {
    const sheet = openSheet();
    sheet.store.getState().add([byPath('/a.csv')]);
    await sheet.settled();
    void sheet.store.getState().choose('import-1', { as: 'focus' });
    await sheet.answer(1, { jobs: [] });
    await sheet.files(0, unreadablePreview);
    expect(sheet.states()).toEqual(['reading']);
    await sheet.files(2, readyPreview({ accepted: 4 }));
    expect(sheet.asked[2]?.input).toMatchObject({ as: 'focus' });
    expect(sheet.states()).toEqual(['ready']);
  });

  it('keeps showing the last answer and the columns chosen while it reads again', async () => {
    const sheet = openSheet();
    const one = (): Item | undefined => sheet.store.getState().items[0];
    sheet.store.getState().add([byPath('/odd.csv')]);
    await sheet.settled();
    await sheet.files(0, unknownPreview);
    const columns = one()?.columns;
    if (!columns) throw new Error('the mapper did not open');
    const draft = assignRole(columns.draft, 'Euro', 'cost');
    sheet.store.getState().edit('import-1', draft);
    void sheet.store.getState().choose('import-1', { mapping: draft.mapping });
    await sheet.settled();
    expect(previewOf(sheet.store.getState().items[0] ?? null)).toBe(unknownPreview);
    await sheet.files(1, readyPreview({ accepted: 2 }));
    expect(one()?.columns?.draft).toBe(draft);
    void sheet.store.getState().commit(['import-1']);
    await sheet.settled();
    expect(sheet.asked[2]?.input).toMatchObject({ mapping: draft.mapping, saveMapping: true });
  });

  it('guesses anew for each choice of columns, and minds only the answer to the last', async () => {
    const sheet = openSheet();
    const draft = () => sheet.store.getState().items[0]?.columns?.draft;
    const guess = { dateFormat: 'iso', zone: 'UTC', decimal: '.', inputIncludesCache: true, currency: 'USD' };
    sheet.store.getState().add([byPath('/odd.csv')]);
    await sheet.settled();
    await sheet.files(0, unknownPreview);
    void sheet.store.getState().assign('import-1', 'Euro', 'cost');
    void sheet.store.getState().assign('import-1', 'Tag', 'date');
    await sheet.settled();
    expect(sheet.asked[2]).toMatchObject({
      route: 'imports.guess',
      input: { header: unknownPreview.header, columns: { date: 'Tag', cost: 'Euro' } },
    });
    await sheet.answer(1, { ...guess, decimal: ',', open: [] });
    expect(draft()?.mapping.currency).toBe('EUR');
    await sheet.answer(2, { ...guess, open: [] });
    expect(draft()?.mapping).toMatchObject({ dateFormat: 'iso', decimal: '.', currency: 'USD' });
    expect(draft()?.open).toEqual([]);
    void sheet.store.getState().assign('import-1', 'Note', 'project');
    await sheet.settled();
    await sheet.fail(3, 'gone');
    expect(draft()?.guessedFor).toBe(draft()?.mapping.columns);
  });

  it('asks again about one file of an archive and leaves the others as they are', async () => {
    const sheet = openSheet();
    sheet.store.getState().add([byPath('/all.zip')]);
    await sheet.settled();
    await sheet.files(0, readyPreview({ accepted: 1 }), choosePreview);
    void sheet.store.getState().choose('import-1/1', { as: 'focus' });
    await sheet.settled();
    await sheet.files(
      1,
      readyPreview({ accepted: 1 }),
      readyPreview({ accepted: 5 }, { fileName: 'usage.csv', sha256: 'beef' }),
    );
    expect(sheet.store.getState().items.map((item) => [item.key, item.member, stateOf(item)])).toEqual([
      ['import-1/0', 'costs.csv', 'ready'],
      ['import-1/1', 'usage.csv', 'ready'],
    ]);
  });

  it('commits only what is ready, with the hash of what was previewed', async () => {
    const sheet = openSheet();
    sheet.store.getState().add([byPath('/all.zip')]);
    await sheet.settled();
    await sheet.files(0, readyPreview({ accepted: 1 }), unreadablePreview);
    const done = sheet.store.getState().commit(['import-1/0', 'import-1/1']);
    await sheet.settled();
    expect(sheet.states()).toEqual(['committing', 'unreadable']);
    expect(sheet.asked[1]?.input).toEqual({
      file: { path: '/all.zip' },
      ref: 'import-1/0',
      sha256: 'f00d',
      member: 'costs.csv',
    });
    await sheet.answer(1, { files: [{ importId: 3 }], unreadable: [] });
    expect(await done).toEqual([{ importId: 3 }]);
    expect(sheet.states()).toEqual(['committed', 'unreadable']);
  });

  it('commits the same content once, and the second file when the first is left out', async () => {
    const sheet = openSheet();
    sheet.store.getState().add([byPath('/a.csv'), byPath('/copy.csv')]);
    await sheet.settled();
    await sheet.files(0, readyPreview({ accepted: 1 }));
    await sheet.files(1, readyPreview({ accepted: 1 }));
    expect(sheet.states()).toEqual(['ready', 'same']);
    expect(sheet.store.getState().items[1]?.sameAs).toBe('a.csv');
    void sheet.store.getState().commit(['import-1', 'import-2']);
    await sheet.settled();
    expect(sheet.asked.filter(({ route }) => route === 'imports.commit')).toHaveLength(1);
    expect(sheet.states()).toEqual(['committing', 'same']);
    sheet.store.getState().remove('import-1');
    expect(sheet.states()).toEqual(['ready']);
  });

  it('says why when the file changed between preview and commit, and writes nothing', async () => {
    const sheet = openSheet();
    sheet.store.getState().add([byPath('/a.csv')]);
    await sheet.settled();
    await sheet.files(0, readyPreview({ accepted: 1 }));
    const done = sheet.store.getState().commit(['import-1']);
    await sheet.settled();
    await sheet.fail(1, 'It changed.');
    expect(await done).toEqual([]);
    expect(sheet.store.getState().items[0]?.phase).toEqual({ kind: 'failed', message: 'It changed.' });
  });

  it('writes every file it was told to, also when the sheet is closed halfway', async () => {
    const sheet = openSheet();
    sheet.store.getState().add([byPath('/all.zip')]);
    await sheet.settled();
    const [first, second] = [
      readyPreview({ accepted: 1 }),
      readyPreview({ accepted: 2 }, { fileName: 'two.csv', sha256: 'beef' }),
    ];
    await sheet.files(0, first, second);
    const done = sheet.store.getState().commit(['import-1/0', 'import-1/1']);
    await sheet.settled();
    await sheet.store.getState().reset();
    await sheet.answer(1, { files: [{ importId: 3 }], unreadable: [] });
    expect(sheet.asked[2]).toMatchObject({ route: 'imports.commit', input: { member: 'two.csv' } });
    await sheet.answer(2, { files: [{ importId: 4 }], unreadable: [] });
    expect(await done).toEqual([{ importId: 3 }, { importId: 4 }]);
  });
});
