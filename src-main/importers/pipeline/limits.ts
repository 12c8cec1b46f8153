/** Caps on what one input may hold; beyond them a row or a file is refused, never read on. */
export const limits = {
  fileBytes: 2 * 1024 ** 3,
  archiveBytes: 4 * 1024 ** 3,
  archiveEntries: 10_000,
  archiveRatio: 200,
  lineChars: 16 * 1024 ** 2,
  fieldChars: 1024 ** 2,
  columns: 1_000,
} as const;
