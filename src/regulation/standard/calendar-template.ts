// The table by which an officer enters an arrangement of holidays: date, kind, name.
import { CALENDAR_KINDS, type CalendarKind, type GivenDay } from '../deadlines/calendar.ts';
import type { Violation } from '../violations.ts';
import { isKeyOf, keysOf } from '../vocabulary.ts';
import { type Column, type ColumnMatch, matchHeader } from './headings.ts';

/** A column of such a table. */
export interface CalendarColumn extends Column {
  readonly key: keyof GivenDay;
}

/** The columns in the order in which we offer them; the order of a file is free. */
export const CALENDAR_TEMPLATE: readonly CalendarColumn[] = [
  { key: 'date', heading: '日期', en: 'date', aliases: ['date'], required: true },
  { key: 'kind', heading: '类别', en: 'kind', aliases: ['安排', 'kind'], required: true },
  { key: 'name', heading: '名称', en: 'name', aliases: ['节假日', '说明', 'name'], required: true },
];

const KINDS: ReadonlyMap<string, CalendarKind> = new Map([
  ...keysOf(CALENDAR_KINDS).map((kind): [string, CalendarKind] => [CALENDAR_KINDS[kind].zh, kind]),
  ['休', 'holiday'],
  ['班', 'working-day'],
]);

/** Reads the header; every violation at once. */
export function readCalendarHeader(
  cells: readonly string[],
): { readonly header: ColumnMatch<CalendarColumn> } | { readonly violations: readonly Violation[] } {
  const result = matchHeader(cells, CALENDAR_TEMPLATE);
  return 'violations' in result ? result : { header: result.match };
}

/** Reads a row as it stands; what is wrong with a day is said by the rules about days. */
export function readCalendarRow(
  match: ColumnMatch<CalendarColumn>,
  cells: readonly string[],
): { readonly entry: GivenDay; readonly violations: readonly Violation[] } {
  const values = { date: '', kind: '', name: '' };
  for (const [at, column] of match.entries()) if (column) values[column.key] = cells[at]?.trim() ?? '';
  const kind = isKeyOf(CALENDAR_KINDS, values.kind) ? values.kind : (KINDS.get(values.kind) ?? values.kind);
  return { entry: { ...values, kind }, violations: [] };
}
