// Article 7: in every edition and every format, a record that was written and read again is the same in all that the edition carries.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gb18030Length } from '../../../src/files/gb18030.ts';
import { openTable } from '../../../src/files/table.ts';
import { writeCsv } from '../../../src/files/write-csv.ts';
import { writeDbf } from '../../../src/files/write-dbf.ts';
import { writeXlsx } from '../../../src/files/write-xlsx.ts';
import { completeRecord, type RecordFields } from '../../../src/regulation/record/record.ts';
import { CODE_TABLES, type CodeTableName, lookUp } from '../../../src/regulation/standard/codes.ts';
import { dbfName, type Edition, headerOf } from '../../../src/regulation/standard/edition.ts';
import { parseRow, readHeader } from '../../../src/regulation/standard/editions.ts';
import { fieldText } from '../../../src/regulation/standard/field-text.ts';
import { FIELDS, type Field, type FieldName } from '../../../src/regulation/standard/fields.ts';
import { editionsOn } from '../../../src/regulation/standard/shipped-editions.ts';
import { writeRow } from '../../../src/regulation/standard/write-row.ts';
import type { Category } from '../../../src/regulation/vocabulary.ts';
import { bytesOf, listOf } from '../../files/make.ts';
import { runs } from '../../support/chance.ts';
import { INSTITUTION, sample, TODAY } from '../samples.ts';

const OF = { code: INSTITUTION, name: '聊城大学' };
const FORMATS = ['xlsx', 'csv', 'csv-gb18030', 'dbf'] as const;

async function fileOf(format: (typeof FORMATS)[number], edition: Edition, rows: string[][]): Promise<Uint8Array> {
  const header = headerOf(edition);
  if (format === 'xlsx') return bytesOf(writeXlsx(edition.zh, header, rows));
  if (format === 'csv') return bytesOf(writeCsv(header, rows));
  if (format === 'csv-gb18030') return bytesOf(writeCsv(header, rows, 'gb18030'));
  const widths = header.map((_, at) => Math.max(1, ...rows.map((row) => gb18030Length(row[at] ?? '') ?? 0)));
  const columns = edition.columns.map((column, at) => ({ name: dbfName(column), width: widths[at] ?? 1 }));
  return bytesOf(writeDbf(columns, rows, rows.length, TODAY));
}

/** Han of the basic plane and of extensions B and G, middle dots, quotes, what spreadsheets take for formulas or numbers, emoji. */
const character = fc.constantFrom(...'张㛃𬭼𠮷𰻝·“”，；、;,"\'=+-@（）〔〕ABz019 é', '👩‍🎓', '\u3000');
const text = (most: number) =>
  fc
    .array(character, { minLength: 1, maxLength: most })
    .map((parts) => parts.join('').trim())
    .filter((value) => value !== '' && [...value].length <= most && (gb18030Length(value) ?? 999) <= 254);
const name = fc
  .array(fc.constantFrom(...'阿依古丽买提㛃𬭼𠮷·欧阳'), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.join(''))
  .filter((value) => !value.startsWith('·') && !value.endsWith('·') && !value.includes('··'));

const codeOf = (table: CodeTableName) =>
  fc.constantFrom(
    ...CODE_TABLES[table].entries
      .map(({ code }) => code)
      .filter((code) => lookUp(table, code, '2026-06-20')?.code === code),
  );

/** A value that the field can have; coded fields only on the day at which the record is judged. */
function anyOf(field: FieldName): fc.Arbitrary<string> {
  const { kind, table, maxLength }: Field = FIELDS[field];
  if (table !== undefined && table !== 'discipline') return codeOf(table);
  if (kind === 'date') return fc.constantFrom('2004-02-29', '1999-12-31', '2026-06-20');
  if (kind === 'month') return fc.constantFrom('2022-09', '2026-01');
  if (kind === 'name') return name;
  if (kind === 'number' || table === 'discipline')
    return fc.stringMatching(/^[0-9]{5}[0-9A-Z]{0,6}$/).map((value) => value.slice(0, maxLength ?? 12));
  return text(Math.min(60, maxLength ?? 60)).filter((value) => (maxLength ?? 99) > 31 || [...value].length <= 30);
}

const all = editionsOn([]).flatMap((edition) =>
  edition.categories.map((category) => [edition.key, category, edition] as const),
);

describe.each(all)('Article 7: %s for %s', (_, category, edition) => {
  const carried = edition.columns.flatMap(({ field }) => (field === null ? [] : [field]));
  const mandatory = new Set<FieldName>(['conferralDate', 'degreeCategory', 'name']);
  const base = sample(category as Category);
  const record = fc
    .record(
      Object.fromEntries(
        carried
          .filter((field) => field !== 'conferralDate')
          .map((field) => {
            const value = anyOf(field);
            return [field, mandatory.has(field) ? value : fc.option(value, { nil: '' })] as const;
          }),
      ),
    )
    .map((fields): RecordFields => {
      // A record is kept in the one form of such texts.
      const kept = Object.entries(fields).map(([name, value]) => [name, fieldText(name, String(value))]);
      const given = kept.filter(([, value]) => value !== '');
      const input = { ...Object.fromEntries(given), conferralDate: base.conferralDate };
      return completeRecord(input, { institution: INSTITUTION, category: category as Category });
    });

  it.each(FORMATS)('%s loses nothing', async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 4 }), async (records) => {
        const written = records.map((one) =>
          writeRow(edition, one, OF, undefined, (cell) => gb18030Length(cell) ?? 999),
        );
        expect(written.flatMap(({ violations }) => violations)).toEqual([]);
        const bytes = await fileOf(
          format,
          edition,
          written.map(({ cells }) => cells),
        );
        const table = await openTable({ bytes }, { name: 'x', maxBytes: 1 << 24, maxRows: 100 });
        const header = readHeader(table.header, category as Category);
        if (!('edition' in header)) throw new Error(JSON.stringify(header));
        expect([header.edition, header.verified]).toEqual([edition.key, edition.verified]);
        const rows = await listOf(table.rows());
        const read = rows.map(({ cells }) =>
          parseRow(header, cells, category as Category, { on: TODAY, institution: INSTITUTION }),
        );
        expect(read.flatMap(({ violations }) => violations)).toEqual([]);
        const back = read.map(({ fields }) =>
          completeRecord(fields, { institution: INSTITUTION, category: category as Category }),
        );
        for (const [at, one] of records.entries()) {
          for (const field of carried) expect([field, back[at]?.[field]]).toEqual([field, one[field]]);
        }
      }),
      { numRuns: runs(8) },
    );
  });
});
