import { useImportRequest } from '../../ui/import-request.ts';
import { Sheet } from '../../ui/sheet.tsx';

/** Opens when files are dropped, picked or named. */
export function ImportSheet() {
  const { files, take } = useImportRequest();
  return (
    <Sheet open={files.length > 0} onOpenChange={() => take()} title="Import">
      <ul>
        {files.map((file) => (
          <li key={file.name}>{file.name}</li>
        ))}
      </ul>
    </Sheet>
  );
}
