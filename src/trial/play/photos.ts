// Photos of a group: archives named as each office names them, with photos that are missing, foreign, doubled or no photos at all.
import type { Delivery } from '../year/deliveries.ts';
import { zipFile } from '../year/files.ts';
import type { Graduate } from '../year/graduates.ts';
import { makePhoto } from '../year/photos.ts';
import type { Kind } from './ledger.ts';
import { officersOf, type Story } from './story.ts';

const STRANGER: Kind = {
  ...{ id: 'photo-stranger', zh: '照片没有对应的人', en: 'photo of nobody', code: 'photo-without-person' },
};
const TWICE: Kind = { id: 'photo-twice', zh: '同一人两张照片', en: 'two photos of one person', code: 'photo-doubled' };
const NO_IMAGE: Kind = {
  id: 'photo-no-image',
  zh: '照片不是图片',
  en: 'photo that is no image',
  code: 'file-wrong-type',
};
/** Found by the cross-check: the record has no photo. */
export const NO_PHOTO: Kind = {
  id: 'photo-missing',
  zh: '没有照片',
  en: 'record without a photo',
  code: 'field-missing',
};

/** What a photo file of a graduate is named by: each office has its own habit. */
function nameOf({ record }: Graduate): string {
  if (record.category === 'adult-education-bachelor') return record.identityNumber;
  if (record.level === 'master' && record.studentNumber !== null) return record.studentNumber;
  return record.certificateNumber;
}

const seedOf = ({ record }: Graduate) =>
  Number(record.certificateNumber.slice(-6)) + (record.level === 'master' ? 500_000 : 0);
const entryOf = (graduate: Graduate) => ({
  name: `photos/${nameOf(graduate)}.jpg`,
  bytes: makePhoto(seedOf(graduate)),
});

/** Attaches an archive of photos that must all be taken. */
export async function attachAll(story: Story, batch: string, people: readonly Graduate[], name: string): Promise<void> {
  const [first] = people;
  if (!first) return;
  const { collector } = officersOf(first.record.category);
  const digest = await story.upload(collector, 'PHOTOS', await zipFile(name, people.map(entryOf)));
  const select = 'attached problems { entry violations { code } }';
  const done = await story.must(collector, 'attachPhotos', { batch, fileDigest: digest }, select);
  for (const { entry, codes } of problemsOf(done)) story.ledger.wrong(`${name} ${entry}: ${codes}`);
}

function problemsOf(done: object): { entry: string; codes: string[] }[] {
  const { problems } = done as { problems: { entry: string; violations: { code: string }[] }[] };
  return problems.map(({ entry, violations }) => ({ entry, codes: violations.map(({ code }) => code) }));
}

/**
 * Attaches the photos of a group as they are first delivered, with mistakes among them.
 * @returns the people who have no photo yet
 */
export async function attachWithMistakes(
  story: Story,
  batch: string,
  { onRoster, forgotten, place }: Delivery,
): Promise<Graduate[]> {
  const people = onRoster.filter((graduate) => !forgotten.includes(graduate));
  const [broken, missing, twice] = people;
  if (!broken || !missing || !twice) return [];
  const { collector } = officersOf(broken.record.category);
  const planted: readonly (readonly [Kind, string, Uint8Array])[] = [
    [STRANGER, 'photos/9999999999.jpg', makePhoto(999_999)],
    [TWICE, `again/${twice.record.certificateNumber}.jpg`, makePhoto(999_998)],
    [NO_IMAGE, `photos/${nameOf(broken)}.jpg`, Buffer.from('not a photo, whatever its name says')],
  ];
  const good = people.filter((graduate) => graduate !== broken && graduate !== missing).map(entryOf);
  const entries = [...good, ...planted.map(([, name, bytes]) => ({ name, bytes }))];
  const digest = await story.upload(collector, 'PHOTOS', await zipFile(`${place.replace('/', '-')}-photos`, entries));
  const select = 'attached problems { entry violations { code } }';
  const done = await story.must(collector, 'attachPhotos', { batch, fileDigest: digest }, select);
  const found = new Map(problemsOf(done).map(({ entry, codes }) => [entry, codes]));
  for (const [kind, name] of planted) {
    story.ledger.plant(kind);
    if (found.get(name)?.includes(kind.code)) story.ledger.find(kind.id);
    else story.ledger.miss(kind.id, `${name}: ${found.get(name) ?? 'taken'}`);
    found.delete(name);
  }
  for (const [name, codes] of found) story.ledger.wrong(`photo ${name}: ${codes}`);
  return [broken, missing];
}
