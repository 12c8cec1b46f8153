import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TaskContext } from './context.ts';
import { commitFile } from './import-file.ts';
import { renderSampleData } from './sample-data.ts';

/** Imports made-up files through the same pipeline as real ones, marked as sample so that one click removes them. */
export async function loadSample(context: TaskContext): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'llmlab-sample-'));
  let imports = 0;
  try {
    const files = renderSampleData(context.now());
    for (const [i, file] of files.entries()) {
      const path = join(dir, `${i}-${file.fileName}`);
      writeFileSync(path, file.content);
      const { files: done } = await commitFile(context, {
        path,
        fileName: file.fileName,
        as: file.format,
        sample: true,
      });
      imports += done.filter((one) => one.importId !== null).length;
      context.progress(i + 1, files.length, 'files');
    }
    return imports;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
