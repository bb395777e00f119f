// The statistics of the year (R17.1): looked at by the degree office, published under its seal, then read by somebody without an account.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kind } from './ledger.ts';
import { DEGREE_OFFICE } from './resolutions.ts';
import { INSTITUTION, type Story, StoryBroken } from './story.ts';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });
const OTHER_YEAR = kind(
  'statistics-no-year',
  'statistics-year-impossible',
  '统计未来年份',
  'statistics of a year to come',
);
const TOO_FEW = kind('statistics-too-few', 'statistics-too-few', '人数过少的年份', 'statistics of hardly anybody');
const UNSEEN = kind(
  'statistics-unseen',
  'statistics-seen-otherwise',
  '发布未预览的数据',
  'figures that nobody looked at',
);
const OTHER_OFFICE = kind(
  'statistics-office',
  'not-your-office',
  '类别部门发布统计',
  'statistics by a category office',
);
const AGAIN = kind('statistics-again', 'statistics-unchanged', '重复发布同一数据', 'the same figures once more');

const LOOK = `query($of: String!, $year: Int!) { statistics(institution: $of, year: $year) { digest withheld total { count }
  table(rows: CATEGORY, columns: SEX) { lines(first: 20) { nodes { node { name } cells { count status } } } } } }`;

interface Looked {
  readonly digest: string;
  readonly withheld: number;
  readonly total: { readonly count: number | null };
  readonly table: {
    readonly lines: { readonly nodes: { readonly cells: { count: number | null; status: string }[] }[] };
  };
}

/** Publishes the statistics of the year and brings the sealed PDF and the tables home. @returns the files */
export async function playStatistics(story: Story, year: number, out: string | null): Promise<string[]> {
  const input = { institution: INSTITUTION, year };
  const publish = (changes: object, officer = DEGREE_OFFICE) =>
    story.act(officer, 'publishStatistics', { ...input, ...changes });
  await story.refused(OTHER_YEAR, () => publish({ year: year + 1 }));
  await story.refused(TOO_FEW, () => publish({ year: year - 30 }));
  await story.refused(UNSEEN, () => publish({ expectedDigest: '0'.repeat(64) }));
  await story.refused(OTHER_OFFICE, () => publish({}, 'jiaowu.zhang'));
  const data = await story.query(DEGREE_OFFICE, LOOK, { of: INSTITUTION, year });
  const looked = data.statistics as Looked;
  for (const { cells } of looked.table.lines.nodes) {
    for (const { count, status } of cells) {
      if ((count === null) === (status === 'PUBLISHED')) story.ledger.wrong(`statistics: ${status} with ${count}`);
    }
  }
  const done = await story.must(
    DEGREE_OFFICE,
    'publishStatistics',
    { ...input, expectedDigest: looked.digest },
    'version documentNumber digest publication { pdfUrl xlsxUrl csvUrl jsonUrl }',
  );
  await story.refused(AGAIN, () => publish({}));
  story.say(
    `statistics ${year} published: ${done.documentNumber}, ${looked.total.count} people, ${looked.withheld} figures withheld`,
  );
  const urls = done.publication as { pdfUrl: string; xlsxUrl: string; csvUrl: string; jsonUrl: string };
  const files: string[] = [];
  for (const [ending, url] of [
    ['pdf', urls.pdfUrl],
    ['xlsx', urls.xlsxUrl],
    ['csv', urls.csvUrl],
  ] as const) {
    // Without a token: what is published is for everybody.
    const { status, bytes } = await story.api.download(null, new URL(url, 'http://localhost').pathname);
    if (status !== 200) throw new StoryBroken(`statistics.${ending}: ${status}`);
    if (out === null) continue;
    const path = join(out, ...(ending === 'pdf' ? [] : ['unsealed']), `statistics-${year}.${ending}`);
    await writeFile(path, bytes);
    files.push(path);
  }
  return files;
}
