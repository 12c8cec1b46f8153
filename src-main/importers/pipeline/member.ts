/** A plain file that came out of an input: the input itself, or one file of an archive. */
export interface Member {
  /** The file's name; inside an archive its path there. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** True when `path` lies in the scratch folder and is the caller's to delete. */
  readonly temporary: boolean;
}

/** Writes one unpacked stream below the caps, and answers with what was really written. */
export type Unpack = (source: NodeJS.ReadableStream, consumed: () => number, name: string) => Promise<Member>;
