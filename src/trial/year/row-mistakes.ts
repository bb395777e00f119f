// Every kind of deliberate mistake in a row of a record file.
import { OF_CODES } from './mistakes-of-codes.ts';
import { OF_NUMBERS } from './mistakes-of-numbers.ts';
import { OF_PERSONS } from './mistakes-of-persons.ts';
import { OF_THESES } from './mistakes-of-theses.ts';
import type { RowMistake } from './row-mistake.ts';

/** Every kind of mistake in a row. */
export const ROW_MISTAKES: readonly RowMistake[] = [...OF_PERSONS, ...OF_CODES, ...OF_NUMBERS, ...OF_THESES];
