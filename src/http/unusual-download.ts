// The report of unusual acts as a table, or as a working paper without a seal (article 23): only for a session, because nobody is told of themselves.
import type { World } from '../procedures/call.ts';
import { printUnusualActs } from '../procedures/responsibility/print-unusual-acts.ts';
import { type NamedFinding, unusualActs } from '../procedures/responsibility/unusual-acts.ts';
import { watches } from '../procedures/responsibility/watching.ts';
import { daysBetween, isCivilDate } from '../regulation/deadlines/deadlines.ts';
import { NO_GUILT, UNUSUAL_ACTS } from '../regulation/responsibility/unusual-acts.ts';
import { MOST_REPORT_DAYS } from '../regulation/responsibility/unusual-days.ts';
import { dispositionOf } from './file-reply.ts';
import type { Holder, Place } from './place.ts';
import type { Reply } from './reply.ts';
import type { Asked } from './request.ts';
import { type TableFormat, tableReply } from './table-download.ts';

/** Where the report is: institution, first and last day. */
export const UNUSUAL_PLACES: readonly Place[] = [
  { pattern: /^\/unusual-acts\/(\d{5})\/(\d{4}-\d{2}-\d{2})\/(\d{4}-\d{2}-\d{2})\.(csv|xlsx|pdf)$/, answer: report },
];

const HEADER = ['提示', 'Unusual', '人员', '首次', '末次', '现为', '通常', '说明', 'Why', '条款'];

async function report(
  world: World,
  _asked: Asked,
  holder: Holder,
  [institution = '', from = '', until = '', format = '']: string[],
): Promise<Reply | null> {
  if (holder === 'link' || !watches(holder)) return null;
  const days = isCivilDate(from) && isCivilDate(until) ? daysBetween(from, until) : -1;
  if (days < 0 || days >= MOST_REPORT_DAYS) return null;
  if (!(await isTheirs(world, holder, institution))) return null;
  const found = await unusualActs(world, holder, { institution, from, until });
  if (format === 'pdf') return paper(world, holder, { institution, from, until }, found);
  const rows = [[NO_GUILT.zh, NO_GUILT.en, '', '', '', '', '', '', '', '23'], ...found.map(rowOf)];
  return tableReply(format as TableFormat, `异常操作提示 ${institution} ${from} ${until}`, HEADER, rows);
}

/** The report for people who read on paper, made while it is sent. */
async function paper(
  world: World,
  { name: askedBy }: Exclude<Holder, 'link'>,
  period: { readonly institution: string; readonly from: string; readonly until: string },
  found: readonly NamedFinding[],
): Promise<Reply | null> {
  const findings = found.map((one) => ({ ...one, first: inShanghai(one.first), last: inShanghai(one.last) }));
  const body = await printUnusualActs(world, { ...period, askedBy, findings });
  const name = `异常操作提示 ${period.institution} ${period.from} ${period.until}.pdf`;
  const headers = { 'content-type': 'application/pdf', 'content-disposition': dispositionOf(name) };
  return body && { status: 200, headers, body };
}

async function isTheirs(world: World, holder: Exclude<Holder, 'link'>, institution: string): Promise<boolean> {
  if (holder.institution !== null) return holder.institution === institution;
  const where = { code: institution, provincialOfficeId: holder.officeId };
  return (await world.db.prisma.institution.count({ where })) > 0;
}

function rowOf({ code, officerName, first, last, found, expected }: NamedFinding): string[] {
  const { zh, en, article, why } = UNUSUAL_ACTS[code];
  return [zh, en, officerName ?? '', inShanghai(first), inShanghai(last), found, expected, why.zh, why.en, article];
}

/** The wall clock in Shanghai of an ISO instant. */
function inShanghai(instant: string): string {
  const shifted = new Date(new Date(instant).getTime() + 8 * 3_600_000).toISOString();
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 19)}`;
}
