// The statistics of the year (article 17): looked at, published with a seal, read by anybody, with no small count among them.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kind } from './ledger.ts';
import { DEGREE_OFFICE } from './resolutions.ts';
import { INSTITUTION, type Story, StoryBroken } from './story.ts';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });
const FUTURE = kind(
  'statistics-future',
  'statistics-year-impossible',
  '统计未到的年份',
  'statistics of a year to come',
);
const EMPTY = kind('statistics-empty', 'statistics-too-few', '发布无人的年份', 'statistics of a year without anybody');
const UNSEEN = kind(
  'statistics-unseen',
  'statistics-seen-otherwise',
  '发布未曾预览的数据',
  'other figures than those looked at',
);
const OTHER_OFFICE = kind(
  'statistics-other-office',
  'not-your-office',
  '其他部门发布统计',
  'statistics published by another office',
);
const AUDITOR = kind('statistics-auditor', 'read-only-duty', '监督人员发布统计', 'statistics published by the auditor');
const AGAIN = kind('statistics-again', 'statistics-unchanged', '重复发布相同数据', 'the same figures published again');

/** People whose degrees ended in the year after filing, at most: deleted, revoked, declared invalid. */
const ENDED = 3;
const TABLE = `table(rows: DISCIPLINE, columns: SEX, subtotals: true) {
  lines(first: 100) { nodes { node { name } cells { count } total { count } } } }`;

interface Cell {
  readonly count: number | null;
}
interface Published {
  readonly total: number;
  readonly pdfUrl: string;
  readonly xlsxUrl: string;
  readonly csvUrl: string;
}
interface Table {
  readonly lines: { readonly nodes: readonly { readonly cells: readonly Cell[]; readonly total: Cell | null }[] };
}

/** Plays it on the day it is; `filed`: how many people the year filed. Returns the sealed notice and the tables, nothing when `out` is null. */
export async function playStatistics(
  story: Story,
  { year, filed }: { readonly year: number; readonly filed: number },
  out: string | null,
): Promise<{ sealed: string[]; unsealed: string[] }> {
  const preview = `query($institution: String!, $year: Int!) { statistics(institution: $institution, year: $year) {
    digest total { count } withheld ${TABLE} violations { code } } }`;
  const { statistics } = await story.query(DEGREE_OFFICE, preview, { institution: INSTITUTION, year });
  const seen = statistics as { digest: string | null; total: Cell; withheld: string[]; violations: { code: string }[] };
  if (seen.digest === null) throw new StoryBroken(`the statistics of ${year}: ${JSON.stringify(seen.violations)}`);
  const input = { institution: INSTITUTION, year, expectedDigest: seen.digest };
  const attempt =
    (more: object, as = DEGREE_OFFICE) =>
    () =>
      story.act(as, 'publishStatistics', { ...input, ...more });
  await story.refused(FUTURE, attempt({ year: year + 10, expectedDigest: null }));
  await story.refused(EMPTY, attempt({ year: 1990, expectedDigest: null }));
  await story.refused(UNSEEN, attempt({ expectedDigest: '0'.repeat(64) }));
  await story.refused(OTHER_OFFICE, attempt({}, 'jiaowu.cai'));
  await story.refused(AUDITOR, attempt({}, 'jiancha'));
  const select = 'version threshold documentNumber publication { total pdfUrl xlsxUrl csvUrl }';
  const done = await story.must(DEGREE_OFFICE, 'publishStatistics', input, select);
  await story.refused(AGAIN, attempt({ expectedDigest: null }));
  const { total, pdfUrl, xlsxUrl, csvUrl } = done.publication as Published;
  const threshold = Number(done.threshold);
  if (total > filed || total < filed - ENDED) story.ledger.wrong(`statistics of ${total} people; ${filed} were filed`);
  const small = await smallCounts(story, year, threshold);
  if (small > 0) story.ledger.wrong(`${small} published counts are below ${threshold}`);
  story.say(
    `  ${done.documentNumber}: statistics of ${total} people published, no count below ${threshold}${seen.withheld.length > 0 ? `, withheld: ${seen.withheld.join(', ').toLowerCase()}` : ''}`,
  );
  const sealed = await bring(story, pdfUrl, out);
  const unsealed = [
    ...(await bring(story, xlsxUrl, out, 'unsealed')),
    ...(await bring(story, csvUrl, out, 'unsealed')),
  ];
  return { sealed, unsealed };
}

/** What anybody may fetch without signing in; kept unless `out` is null. */
async function bring(story: Story, url: string, out: string | null, folder = ''): Promise<string[]> {
  const { status, bytes, name } = await story.api.download(null, new URL(url).pathname);
  if (status !== 200) throw new StoryBroken(`GET ${url}: ${status}`);
  if (out === null) return [];
  await mkdir(join(out, folder), { recursive: true });
  const file = join(out, folder, name ?? `statistics${url.slice(url.lastIndexOf('.'))}`);
  await writeFile(file, bytes);
  return [file];
}

/** How many counts of the published table, as a visitor sees it, are small and not nought. */
async function smallCounts(story: Story, year: number, threshold: number): Promise<number> {
  const document = `query($institution: String!, $year: Int!) {
    statisticsPublication(institution: $institution, year: $year) { ${TABLE} } }`;
  const data = await story.api.query(null, document, { institution: INSTITUTION, year });
  const { table } = data.statisticsPublication as { table: Table };
  const cells = table.lines.nodes.flatMap((line) => [...line.cells, ...(line.total ? [line.total] : [])]);
  if (cells.length === 0) throw new StoryBroken('the published table is empty');
  return cells.filter(({ count }) => count !== null && count > 0 && count < threshold).length;
}
