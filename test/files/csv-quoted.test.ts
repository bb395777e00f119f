// Text with quotation marks: every row comes as it was written, on its line, however wide it is.
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { csvRows } from '../../src/files/csv.ts';
import { listOf } from './make.ts';

const FORM = { encoding: 'utf-8', delimiter: ',', quotes: true, looseQuotes: false } as const;
const rowsOf = async (text: string) => (await listOf(csvRows({ bytes: Buffer.from(text) }, FORM))).flat();

const cell = fc
  .array(fc.constantFrom('a', '学', '𠮷', ',', '"', ' ', '\n', '\r\n'))
  .map((pieces) => `x${pieces.join('')}`);
const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { minLength: 1 });
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

test('rows of every width, each on the line on which it begins', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (written) => {
      let line = 1;
      const expected = written.map((cells) => {
        const row = { line, cells };
        line += 1 + cells.join('').split('\n').length - 1;
        return row;
      });
      const text = written.map((cells) => cells.map(quoted).join(',')).join('\n');
      expect(await rowsOf(text)).toEqual(expected);
    }),
  );
});

test('no error is made for a row that is wider or narrower than the first: a file of them would take ten times as long', async () => {
  const made = vi.spyOn(Error, 'captureStackTrace');
  const read = await rowsOf('"a","b"\n"c"\n"d","e","f"\n"g","h"\n');
  const errors = made.mock.calls.length;
  made.mockRestore();
  expect(read.map(({ cells }) => cells.length)).toEqual([2, 1, 3, 2]);
  expect(errors).toBe(0);
});
