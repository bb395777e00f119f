// Bringing what an office delivers into the register: both record files and the enrolment records, with every planted row accounted for.
import type { EnrolmentFields } from '../../regulation/record/enrolment.ts';
import type { Delivery, RecordDelivery } from '../year/deliveries.ts';
import { tableOf } from '../year/deliveries.ts';
import { ENROLMENT_MISTAKES } from '../year/enrolment-mistakes.ts';
import { type TableForm, tableFile } from '../year/files.ts';
import { ROW_MISTAKES } from '../year/row-mistakes.ts';
import { enrolmentTable } from '../year/tables.ts';
import { commit, dryRun } from './imports.ts';
import { officersOf, type Story, StoryBroken } from './story.ts';

const KINDS = new Map([...ROW_MISTAKES, ...ENROLMENT_MISTAKES].map((kind) => [kind.id, kind]));

/** Holds the codes found in a file against what was planted in its rows. */
function account(
  story: Story,
  place: string,
  file: RecordDelivery,
  codes: ReadonlyMap<number, readonly string[]>,
): void {
  for (const [at, { planted, graduate }] of file.rows.entries()) {
    const line = at + 2;
    const found = codes.get(line) ?? [];
    const kind = planted === null ? undefined : KINDS.get(planted);
    if (!kind) {
      if (found.length > 0) story.ledger.wrong(`${place} line ${line} ${graduate.record.certificateNumber}: ${found}`);
      continue;
    }
    story.ledger.plant(kind);
    const allowed: readonly string[] = [kind.code, ...('also' in kind ? (kind.also ?? []) : [])];
    const stranger = found.find((code) => !allowed.includes(code));
    if (found.includes(kind.code) && stranger === undefined) story.ledger.find(kind.id);
    else story.ledger.miss(kind.id, `${place} line ${line}: ${kind.code} ≠ ${found.join(', ') || 'accepted'}`);
  }
}

/** Imports a record file; returns its batch. Rows that the dry run refuses are skipped. */
export async function deliverRecords(
  story: Story,
  delivery: Delivery,
  resolution: string,
  which: 'first' | 'second',
): Promise<string> {
  const { place, group, form } = delivery;
  const { category } = group;
  const { collector } = officersOf(category);
  const content = delivery[which];
  const name = `${place.replace('/', '-')}-${which === 'first' ? '1' : '2'}`;
  const of = { kind: 'records', category, resolution } as const;
  const run = await dryRun(story, collector, of, await tableFile(name, tableOf(content), form));
  account(story, place, content, run.codes);
  const done = await commit(story, collector, 'records', run);
  if (done.accepted !== run.accepted)
    throw new StoryBroken(`${name}: ${run.accepted} checked, ${done.accepted} imported`);
  story.say(`  ${place}: ${name} ${run.total} rows, ${run.accepted} imported, ${run.refused} refused`);
  return (done.batch as { id: string }).id;
}

/** Imports enrolment records; all of them must be taken. */
export async function deliverEnrolment(
  story: Story,
  delivery: Delivery,
  records: readonly EnrolmentFields[],
  again = false,
): Promise<void> {
  if (records.length === 0) return;
  const { place, sitting, group } = delivery;
  const { collector } = officersOf(group.category);
  const form: TableForm = place.startsWith('january') ? 'csv-gb18030' : again ? 'xlsx' : 'csv';
  const name = `${place.replace('/', '-')}-enrolment${again ? '-2' : ''}`;
  const file = await tableFile(name, enrolmentTable(records, sitting.decidedOn), form);
  const run = await dryRun(story, collector, { kind: 'enrolment-records', category: group.category }, file);
  for (const [line, codes] of run.codes) story.ledger.wrong(`${name} line ${line}: ${codes}`);
  await commit(story, collector, 'enrolment-records', run);
  story.say(`  ${place}: ${run.accepted} enrolment records`);
}
