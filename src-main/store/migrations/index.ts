import type { WriteDb } from '../database.ts';
import { ledger } from './0001-ledger.ts';

/** One step of the schema. Its number is its place in the list; shipped steps never change. */
export interface Migration {
  readonly name: string;
  up(db: WriteDb): void;
}

export const migrations: readonly Migration[] = [ledger];
