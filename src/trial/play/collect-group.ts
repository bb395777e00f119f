// One group from delivery to the cross-check: import, link, photos, cross-check.
import type { Delivery } from '../year/deliveries.ts';
import { ENROLMENT_MISTAKES } from '../year/enrolment-mistakes.ts';
import type { Graduate } from '../year/graduates.ts';
import { declassifyAll, withdrawMistaken } from './declassifications.ts';
import { deliverEnrolment, deliverRecords } from './deliver.ts';
import { crossCheckAll, examineSample } from './in-person.ts';
import { attachAll, attachWithMistakes, NO_PHOTO } from './photos.ts';
import { numbersOf, RESULTS, refusedRecords } from './records.ts';
import { officersOf, type Story } from './story.ts';

/** A group in the register. */
export interface PlayedGroup {
  readonly delivery: Delivery;
  readonly batch: string;
}

/** Places whose photos are first delivered with mistakes. */
const CARELESS = new Set(['june-bachelor/regular-bachelor', 'june-master/professional-master']);
/** Imports, links and completes a group until every record of both files is cross-checked; `beforeCheck` comes before the last of these. */
export async function collectGroup(
  story: Story,
  resolution: string,
  delivery: Delivery,
  beforeCheck: (played: PlayedGroup) => Promise<void>,
): Promise<PlayedGroup> {
  const { place, onRoster, forgotten, enrolment, enrolmentAgain, second } = delivery;
  // Adult education has its student system's data only after its own files.
  const enrolmentFirst = !place.startsWith('january');
  if (enrolmentFirst) await deliverEnrolment(story, delivery, enrolment);
  const mistaken = await declassifyAll(story, delivery);
  const batch = await deliverRecords(story, delivery, resolution, 'first');
  await withdrawMistaken(story, delivery, mistaken);
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
  await beforeCheck({ delivery, batch });
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

/** Links the records of a group; all of them must agree with their enrolment records. */
export async function linkAll(story: Story, batch: string, { place, group }: Delivery): Promise<void> {
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
  await examineSample(story, group.category, batch);
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
    await crossCheckAll(story, group.category, batch);
  }
  story.say(`  ${place}: ${done.checked} cross-checked`);
}
