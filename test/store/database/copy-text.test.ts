// The lines of a COPY, byte for byte as PostgreSQL's manual describes them ("Text Format"), whatever the cells hold.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyText } from '../../../src/store/database/copy-text.ts';

const ESCAPES: readonly (readonly [string, string])[] = [
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
];
/** The manual's description, one step after the other. */
const cellOf = (text: string | null): string =>
  text === null ? '\\N' : ESCAPES.reduce((done, [from, to]) => done.replaceAll(from, to), text);
const linesOf = (rows: readonly (readonly (string | null)[])[]): string =>
  rows.map((row) => `${row.map(cellOf).join('\t')}\n`).join('');

const awkward = fc
  .array(fc.constantFrom('\\', '\\N', '\\.', '\t', '\n', '\r', 'a', '学', '𠮷', 'é', '\u2028', '\x7f'))
  .map((pieces) => pieces.join(''));
const cell = fc.option(fc.oneof(awkward, fc.string({ unit: 'grapheme' })));
const columns = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `c${at}`, type: 'text' }));

describe('lines of a COPY', () => {
  it('hold every cell in UTF-8, escaped', () => {
    const table = fc.nat(6).chain((width) => fc.array(fc.array(cell, { minLength: width + 1, maxLength: width + 1 })));
    fc.assert(
      fc.property(table, (rows) => {
        const written = copyText(columns(rows[0]?.length ?? 1), rows);
        expect(Buffer.from(written).toString('utf8')).toBe(linesOf(rows));
      }),
    );
  });

  it('are whole where they outgrow the place in which they are made, and after that', () => {
    const long = [['学'.repeat(900_000), 'x']];
    const short = [['a', null]];
    for (const rows of [short, long, short]) {
      expect(Buffer.from(copyText(columns(2), rows)).equals(Buffer.from(linesOf(rows)))).toBe(true);
    }
  });

  it('stay as they were when the next ones are made: they may not have been sent yet', () => {
    const first = copyText(columns(1), [['first']]);
    copyText(columns(1), [['other']]);
    expect(Buffer.from(first).toString()).toBe('first\n');
  });

  it('cannot hold half a character, and the next lines have nothing of it', () => {
    expect(() => copyText(columns(1), [['good'], ['\ud842']])).toThrow(TypeError);
    expect(Buffer.from(copyText(columns(1), [['next']])).toString()).toBe('next\n');
  });
});
