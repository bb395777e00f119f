// Article 18: a leaked copy is traced to who had it, by the names of its rows or by what it gives up, before and after the destruction.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCsv } from '../../../src/files/write-csv.ts';
import { writeXlsx } from '../../../src/files/write-xlsx.ts';
import { decideDataset } from '../../../src/procedures/datasets/decide-dataset.ts';
import { destroyDataset } from '../../../src/procedures/datasets/destroy-dataset.ts';
import { openDatasetAccess, tokenOfAccess } from '../../../src/procedures/datasets/open-dataset-access.ts';
import { openDataset, recipientOf } from '../../../src/procedures/datasets/read-dataset.ts';
import { requestDataset } from '../../../src/procedures/datasets/request-dataset.ts';
import { traceLeak } from '../../../src/procedures/datasets/trace-leak.ts';
import { runDueJobs } from '../../../src/procedures/run-jobs.ts';
import { datasetPaper, filedPeople, goodRequest } from '../../support/filed-people.ts';
import { has, needing, pythonWith } from '../../support/outside.ts';
import { refusal } from '../../support/stages.ts';
import { HERE, type TestWorld, THERE, testWorld } from '../../support/world.ts';

const OFFICER = 'xuewei.guan';
const RECIPIENTS = ['一室', '二室', '三室', '四室'];
let test: TestWorld;
let datasetId = '';
let header: readonly string[] = [];
/** The copy of each recipient, by number from 1. */
const copies = new Map<number, string[][]>();

beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-25');
  await filedPeople(test, 6000);
  const asked = goodRequest(await datasetPaper(test), { recipients: RECIPIENTS });
  ({ datasetId } = await requestDataset(test.callAs(OFFICER), asked));
  await decideDataset(test.callAs('xuewei.zhuren'), {
    ...{ institution: HERE, datasetId, expectedVersion: 1, decision: 'consent', reason: '' },
  });
  await runDueJobs(test.world);
  test.setClock('2026-07-01');
  for (const number of RECIPIENTS.keys()) {
    const opened = await openDatasetAccess(test.callAs(OFFICER), {
      ...{ institution: HERE, datasetId, recipient: number + 1 },
    });
    const reader = await recipientOf(test.world, tokenOfAccess(test.world, { institution: HERE, id: opened.accessId }));
    if (!reader) throw new Error('the token is none');
    const copy = await openDataset(test.world, reader, { institution: HERE, id: datasetId }, { what: 'csv' });
    header = copy.header;
    const rows: string[][] = [];
    for await (const row of copy.all()) rows.push(row);
    copies.set(number + 1, rows);
  }
});
afterAll(() => test.close());

async function bytesOf(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}
const csv = (head: readonly string[], rows: string[][]) => bytesOf(writeCsv(head, rows));
const trace = (bytes: Uint8Array, as = OFFICER, institution = HERE) =>
  traceLeak(test.callAs(as), { institution, name: '泄露.csv', bytes });
const copyOf = (number: number) => copies.get(number) ?? [];
/** One row in so many, from a place on, sorted by what it says: the order tells nothing any more. */
const sample = (rows: string[][], oneIn: number, from = 0) =>
  rows.filter((_, at) => at % oneIn === from % oneIn).sort((one, other) => (one.join() < other.join() ? -1 : 1));
const withoutNames = (rows: string[][]) => rows.map((row) => row.slice(1));

describe('Article 18: a leaked copy', () => {
  it('carries marks that say how much a sample of it tells, and is the data otherwise', async () => {
    const row = await test.world.db.prisma.dataset.findFirstOrThrow({ where: { id: datasetId } });
    const { marks } = row.columns as unknown as { marks: { evidence: number; carriers: string[]; anchors: string[] } };
    expect(marks.evidence).toBeGreaterThan(7);
    expect(copyOf(1).length).toBe(row.rowCount);
    expect(JSON.stringify(withoutNames(copyOf(1)).sort())).not.toBe(JSON.stringify(withoutNames(copyOf(2)).sort()));
    // k of a copy as its reader has it: no class became smaller than was asked for.
    const quasi = [...marks.carriers, ...marks.anchors].map((heading) => header.indexOf(heading));
    for (const rows of copies.values()) {
      const classes = new Map<string, number>();
      for (const cells of rows) {
        const look = quasi.map((at) => cells[at]).join('\t');
        classes.set(look, (classes.get(look) ?? 0) + 1);
      }
      expect(Math.min(...classes.values())).toBeGreaterThanOrEqual(5);
    }
  });

  it('with its row names is known from a few rows, in any column', async () => {
    const leaked = sample(copyOf(2), 500).map((row) => [...row.slice(1), row[0] ?? '']);
    const found = await trace(await csv([...header.slice(1), 'anything'], leaked));
    expect(found.copies).toMatchObject([
      { recipient: 2, readerName: '二室', by: 'row-names', matching: leaked.length },
    ]);
    expect(found.copies[0]?.certainty).toBeGreaterThan(12);
    const reformatted = leaked.map((row) => row.map((cell) => cell.toUpperCase()));
    const again = await trace(await csv([...header.slice(1), 'anything'], reformatted));
    expect(again.copies).toMatchObject([{ recipient: 2, by: 'row-names', matching: leaked.length }]);
  });

  it.each([1, 2, 3, 4])(
    'of recipient %i without names, sorted anew, from every tenth row, is known',
    async (number) => {
      const found = await trace(await csv(header.slice(1), withoutNames(sample(copyOf(number), 10, number))));
      expect(found.copies.map(({ recipient, by }) => [recipient, by])).toEqual([[number, 'marks']]);
      expect(found.copies[0]?.certainty).toBeGreaterThanOrEqual(found.needed);
    },
  );

  it('saved anew as a workbook is known', async () => {
    const rows = withoutNames(sample(copyOf(3), 15));
    const found = await trace(await bytesOf(writeXlsx('Sheet1', header.slice(1), rows)));
    expect(found.copies.map(({ recipient }) => recipient)).toEqual([3]);
  });

  it.skipIf(!has('python3-openpyxl'))(
    needing('python3-openpyxl', 'read and written by pandas, which guesses at types, is known'),
    async () => {
      const directory = mkdtempSync(join(tmpdir(), 'vermilion-leak-'));
      writeFileSync(join(directory, 'in.csv'), await csv(header, copyOf(4)));
      const script = `import pandas as pd
d = pd.read_csv('in.csv').drop(columns=['行标识']).sample(frac=0.1, random_state=7)
d.to_excel('out.xlsx', index=False)
d.to_csv('out.csv', index=True)`;
      execFileSync(pythonWith('pandas', 'openpyxl') ?? '', ['-c', script], { cwd: directory });
      for (const name of ['out.xlsx', 'out.csv']) {
        const found = await trace(readFileSync(join(directory, name)));
        expect(
          found.copies.map(({ recipient, by }) => [recipient, by]),
          name,
        ).toEqual([[4, 'marks']]);
      }
    },
  );

  it('put together from two copies with their names is both; without evidence nobody is named', async () => {
    const both = [...sample(copyOf(1), 300), ...sample(copyOf(4), 300)];
    expect((await trace(await csv(header, both))).copies.map(({ recipient }) => recipient).sort()).toEqual([1, 4]);
    const few = await trace(await csv(header.slice(1), withoutNames(copyOf(1).slice(0, 3))));
    expect(few).toMatchObject({ copies: [], rows: 3, candidates: 4 });
    expect(few.best === null || few.best < few.needed).toBe(true);
    const foreign = await trace(await csv(['a', 'b'], [['1', '2']]));
    expect(foreign).toMatchObject({ copies: [], best: null });
  });

  it('read inside by an officer is known, too', async () => {
    const { actor } = test.callAs(OFFICER);
    const own = await openDataset(test.world, actor, { institution: HERE, id: datasetId }, { what: 'rows', rows: 3 });
    const rows = (await own.rows(0, 3)).map(({ cells }) => [...cells]);
    const found = await trace(await csv(header, rows));
    expect(found.copies).toMatchObject([{ recipient: null, readerName: actor.name, by: 'row-names' }]);
  });

  it('is traced by the degree office and the auditor of the institution, by nobody else; what is no table is refused', async () => {
    const bytes = await csv(header, copyOf(1).slice(0, 2));
    expect((await trace(bytes, 'jiancha')).copies.length).toBe(1);
    for (const [as, institution] of [
      ['jiaowu.cai', HERE],
      ['sheng.shen', HERE],
      ['donghai.xuewei', HERE],
      [OFFICER, THERE],
    ] as const) {
      expect((await refusal(trace(bytes, as, institution))).kind).toBe('Forbidden');
    }
    expect(await trace(bytes, 'donghai.xuewei', THERE)).toMatchObject({ copies: [], candidates: 0 });
    expect((await refusal(trace(Buffer.from('%PDF-1.7')))).kind).toBe('Refused');
    expect((await refusal(trace(new Uint8Array()))).kind).toBe('Refused');
  });

  it('is still known after the destruction, when nothing of the data is kept', async () => {
    await destroyDataset(test.callAs(OFFICER), { institution: HERE, datasetId, reason: '发现数据泄露' });
    expect(await test.world.db.prisma.datasetPiece.count()).toBe(0);
    const marked = await trace(await csv(header.slice(1), withoutNames(sample(copyOf(2), 10))));
    expect(marked.copies.map(({ recipient, by }) => [recipient, by])).toEqual([[2, 'marks']]);
    const named = await trace(await csv(header, copyOf(3).slice(0, 1)));
    expect(named.copies.map(({ recipient, by }) => [recipient, by])).toEqual([[3, 'row-names']]);
  });
});
