import type { WriteDb } from '../database.ts';

/** One step of the schema. Its number is its place in the list; shipped steps never change. */
export interface Migration {
  readonly name: string;
  up(db: WriteDb): void;
}
