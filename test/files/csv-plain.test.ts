// Text without quotation marks: the short way gives what the parser for quoted text gives.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvRows } from '../../src/files/csv.ts';
import { plainRows } from '../../src/files/csv-plain.ts';
import { runs } from '../support/chance.ts';
import { listOf, problemOf } from './make.ts';

const rowsOf = async <T>(blocks: AsyncIterable<T[]>): Promise<T[]> => (await listOf(blocks)).flat();

const text = fc
  .array(
    fc.constantFrom(
      'a',
      '学',
      '𠮷',
      ',',
      ',',
      ';',
      '\t',
      ' ',
      '\n',
      '\n',
      '\r\n',
      '\r',
      '\n\r',
      '12345678901234567890',
    ),
  )
  .map((pieces) => pieces.join(''));

async function* inPieces(whole: string, cuts: readonly number[]): AsyncGenerator<string> {
  const places = cuts.map((cut) => cut % (whole.length + 1)).sort((a, b) => a - b);
  for (const [at, place] of [...places, whole.length].entries())
    yield whole.slice(at === 0 ? 0 : places[at - 1], place);
}

test('the same rows on the same lines, however the text is cut', async () => {
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.nat()), fc.constantFrom(',', ';', '\t'), async (whole, cuts, delimiter) => {
      const form = { encoding: 'utf-8', delimiter, quotes: true, looseQuotes: false } as const;
      const expected = await rowsOf(csvRows({ bytes: Buffer.from(whole) }, form));
      expect(await rowsOf(plainRows(inPieces(whole, cuts), delimiter, 1e6))).toEqual(expected);
    }),
    { numRuns: runs(500) },
  );
});

test('a row that is too long is named by its line, whole or still without an end', async () => {
  const long = 'x'.repeat(101);
  for (const whole of [`a,b\n\n${long}\nc,d\n`, `a,b\n\n${long}`, `a,b\r\n\r\n${'学'.repeat(34)}`]) {
    const problem = await problemOf('row-too-long', () => rowsOf(plainRows(inPieces(whole, [3, 9]), ',', 100)));
    expect(problem.place).toEqual({ row: 3 });
  }
  expect(await rowsOf(plainRows(inPieces('x'.repeat(100), []), ',', 100))).toHaveLength(1);
});
