import { expect, it } from 'vitest';
import { problemsCsv } from './problems-csv.ts';

it('writes refused rows so that quotes survive and no cell runs as a formula', () => {
  const csv = problemsCsv('a,b.csv', [
    { line: 3, reason: 'cost "n/a" is not a number', raw: '=HYPERLINK("http://x")' },
    { line: 0, reason: 'row is short', raw: null },
  ]);
  expect(csv).toBe(
    'file,line,reason,raw row\r\n' +
      '"a,b.csv",3,"cost ""n/a"" is not a number","\'=HYPERLINK(""http://x"")"\r\n' +
      '"a,b.csv",,row is short,\r\n',
  );
});
