// One group from delivery to the report: import, link, photos, cross-check, disclosure, and whoever was forgotten.
import { addDays } from '../../regulation/deadlines.ts';
import { FIELD_NAMES } from '../../regulation/standard/fields.ts';
import type { Delivery } from '../year/deliveries.ts';
import { ENROLMENT_MISTAKES } from '../year/enrolment-mistakes.ts';
import type { Graduate } from '../year/graduates.ts';
import { deliverEnrolment, deliverRecords } from './deliver.ts';
import type { Kind } from './ledger.ts';
import { attachAll, attachWithMistakes, NO_PHOTO } from './photos.ts';
import { numbersOf, RESULTS, recordOf, refusedRecords } from './records.ts';
import { officersOf, type Story, StoryBroken, upper } from './story.ts';

/** A group in the register. */
export interface PlayedGroup {
  readonly delivery: Delivery;
  readonly batch: string;
}

/** Places whose photos are first delivered with mistakes. */
const CARELESS = new Set(['june-bachelor/regular-bachelor', 'june-master/professional-master']);
const FORGOTTEN: Kind = {
  ...{ id: 'forgotten', zh: '名单中的人没有信息', en: 'roster person without a record' },
  code: 'roster-person-without-record',
};

/** Imports, links and completes a group until every record of both files is cross-checked. */
export async function collectGroup(story: Story, resolution: string, delivery: Delivery): Promise<PlayedGroup> {
  const { place, onRoster, forgotten, enrolment, enrolmentAgain, second } = delivery;
  // Adult education has its student system's data only after its own files.
  const enrolmentFirst = !place.startsWith('january');
  if (enrolmentFirst) await deliverEnrolment(story, delivery, enrolment);
  const batch = await deliverRecords(story, delivery, resolution, 'first');
  if (enrolmentFirst) await deliverEnrolment(story, delivery, enrolmentAgain, true);
  if (second.rows.length > 0) await deliverRecords(story, delivery, resolution, 'second');
  if (!enrolmentFirst) {
    await deliverEnrolment(story, delivery, enrolment);
    await linkWithMistakes(story, batch, delivery);
    await deliverEnrolment(story, delivery, enrolmentAgain, true);
  }
  const withoutPhoto =
    story.mistakes && CARELESS.has(place)
      ? await attachWithMistakes(story, batch, delivery)
      : await attachAll(
          story,
          batch,
          onRoster.filter((one) => !forgotten.includes(one)),
          place.replace('/', '-'),
        ).then(() => []);
  await linkAll(story, batch, delivery);
  await crossCheck(story, batch, delivery, withoutPhoto);
  return { delivery, batch };
}

/** Links while some enrolment records are still wrong: exactly those are listed. */
async function linkWithMistakes(story: Story, batch: string, { place, group, wrongAtLink }: Delivery): Promise<void> {
  const { collector } = officersOf(group.category);
  const done = await story.must(collector, 'linkEnrolment', { batch }, `linked filled ${RESULTS}`);
  const refused = refusedRecords(done);
  const numbers = await numbersOf(
    story,
    collector,
    refused.map(({ id }) => id),
  );
  const found = new Map(refused.map(({ id, codes }) => [numbers.get(id) ?? id, codes]));
  for (const [number, id] of wrongAtLink) {
    const kind = ENROLMENT_MISTAKES.find((one) => one.id === id);
    if (!kind) continue;
    story.ledger.plant(kind);
    if (found.get(number)?.every((code) => code === kind.code)) story.ledger.find(id);
    else story.ledger.miss(id, `${place} ${number}: ${found.get(number) ?? 'linked'}`);
    found.delete(number);
  }
  for (const [number, codes] of found) story.ledger.wrong(`${place} link ${number}: ${codes}`);
}

async function linkAll(story: Story, batch: string, { place, group }: Delivery): Promise<void> {
  if (group.study === null) return;
  const { collector } = officersOf(group.category);
  const done = await story.must(collector, 'linkEnrolment', { batch }, `linked filled ${RESULTS}`);
  for (const { id, codes } of refusedRecords(done)) story.ledger.wrong(`${place} link ${id}: ${codes}`);
  story.say(`  ${place}: ${done.linked} linked, ${done.filled} completed from enrolment records`);
}

/** Cross-checks; people without a photo are refused until theirs has come. */
async function crossCheck(
  story: Story,
  batch: string,
  delivery: Delivery,
  withoutPhoto: readonly Graduate[],
): Promise<void> {
  const { place, group } = delivery;
  const { checker } = officersOf(group.category);
  const input = { batch, errorPolicy: 'SKIP_REFUSED' };
  const done = await story.must(checker, 'crossCheckRecords', input, `checked ${RESULTS}`);
  const refused = refusedRecords(done);
  const numbers = await numbersOf(
    story,
    checker,
    refused.map(({ id }) => id),
  );
  const found = new Map(refused.map(({ id, codes }) => [numbers.get(id) ?? id, codes]));
  for (const { record } of withoutPhoto) {
    story.ledger.plant(NO_PHOTO);
    const codes = found.get(record.certificateNumber);
    if (codes?.includes(NO_PHOTO.code)) story.ledger.find(NO_PHOTO.id);
    else story.ledger.miss(NO_PHOTO.id, `${place} ${record.certificateNumber}: ${codes ?? 'cross-checked'}`);
    found.delete(record.certificateNumber);
  }
  for (const [number, codes] of found) story.ledger.wrong(`${place} cross-check ${number}: ${codes}`);
  if (withoutPhoto.length > 0) {
    await attachAll(story, batch, withoutPhoto, `${place.replace('/', '-')}-photos-2`);
    await story.must(checker, 'crossCheckRecords', { batch, errorPolicy: 'ALL_OR_NOTHING' }, 'checked');
  }
  story.say(`  ${place}: ${done.checked} cross-checked`);
}

/** Discloses what is cross-checked for its period and closes it. `during` happens on the first day. */
export async function disclose(
  story: Story,
  { batch, delivery }: PlayedGroup,
  from: string,
  during?: () => Promise<void>,
): Promise<string> {
  const { checker } = officersOf(delivery.group.category);
  await story.until(from);
  const opened = await story.must(checker, 'openDisclosure', { batch }, 'from until');
  await during?.();
  const closing = addDays(String(opened.until), 1);
  await story.until(closing);
  const done = await story.must(checker, 'closeDisclosure', { batch }, `disclosed ${RESULTS}`);
  for (const { id, codes } of refusedRecords(done)) story.ledger.wrong(`${delivery.place} disclosure ${id}: ${codes}`);
  return closing;
}

/** Reports a group: when people of the roster were forgotten, the report is refused and they are collected one by one first. */
export async function report(story: Story, played: PlayedGroup, resolution: string, day: string): Promise<string> {
  const { batch, delivery } = played;
  const { place, group, forgotten } = delivery;
  const { collector, checker } = officersOf(group.category);
  let today = day;
  if (forgotten.length > 0) {
    const answer = await story.act(collector, 'reportBatch', { batch, errorPolicy: 'ALL_OR_NOTHING' }, 'reported');
    for (const { record } of forgotten) {
      story.ledger.plant(FORGOTTEN);
      const named = answer.violations.some(
        ({ code, found }) => code === FORGOTTEN.code && found?.includes(record.certificateNumber) === true,
      );
      if (named) story.ledger.find(FORGOTTEN.id);
      else story.ledger.miss(FORGOTTEN.id, `${place} ${record.certificateNumber}: ${answer.codes}`);
    }
    if (answer.ok) return today;
    for (const graduate of forgotten) await collectOne(story, collector, resolution, graduate);
    await attachAll(story, batch, forgotten, `${place.replace('/', '-')}-photos-3`);
    await linkAll(story, batch, delivery);
    await story.must(checker, 'crossCheckRecords', { batch, errorPolicy: 'ALL_OR_NOTHING' }, 'checked');
    today = await disclose(story, played, today);
  }
  const done = await story.must(
    collector,
    'reportBatch',
    { batch, errorPolicy: 'ALL_OR_NOTHING' },
    `reported missingCount ${RESULTS}`,
  );
  const expected = delivery.onRoster.length;
  if (done.reported !== expected) throw new StoryBroken(`${place}: ${done.reported} of ${expected} reported`);
  story.say(`  ${place}: ${done.reported} reported to the degree office on ${today}`);
  return today;
}

/** Collects one person by hand; returns the record's id. */
export async function collectOne(
  story: Story,
  officer: string,
  resolution: string,
  { record }: Graduate,
): Promise<string> {
  const fields: Record<string, string> = {};
  for (const name of FIELD_NAMES) {
    const value = record[name];
    if (value !== null && value !== '' && name !== 'photoDigest') fields[name] = value;
  }
  const input = { category: upper(record.category), resolution, fields };
  const done = await story.must(officer, 'collectRecord', input, 'record { id }');
  const id = (done.record as { id: string } | null)?.id;
  if (!id) throw new StoryBroken(`collectRecord ${record.certificateNumber}`);
  const seen = await recordOf(story, officer, record.certificateNumber);
  if (seen?.id !== id) throw new StoryBroken(`record ${record.certificateNumber} cannot be read back`);
  return id;
}
