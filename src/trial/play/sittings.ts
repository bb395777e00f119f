// One sitting from its resolution to the filing of its records.
import { addDays } from '../../regulation/deadlines/deadlines.ts';
import type { SittingYear } from '../year/make-year.ts';
import { sendBadArchives, sendBadTables, sendSameFile } from './bad-files.ts';
import { addTemplates, checkWithoutTemplate } from './certificate-templates.ts';
import { lookAtClocks, readReminder } from './clocks.ts';
import { mapSpokenCodes } from './code-mappings.ts';
import { collectGroup, type PlayedGroup } from './collect-group.ts';
import { disclose } from './disclosure.ts';
import { reportIncomplete } from './gathering.ts';
import { findWrongInPerson } from './in-person.ts';
import type { Kind } from './ledger.ts';
import { fileResolution } from './province.ts';
import { report } from './report.ts';
import { loadResolution } from './resolutions.ts';
import { officersOf, type Story } from './story.ts';
import { askStudents } from './students.ts';
import { applyTooEarly, playLate } from './supplementary.ts';
import { trespass } from './trespassers.ts';
import type { PlayedApplication } from './written-case.ts';

/** What a sitting left in the register. */
export interface PlayedSitting {
  readonly filed: number;
  readonly applications: readonly PlayedApplication[];
  /** Its batches, filed; a late group goes on in a batch of its own. */
  readonly groups: readonly PlayedGroup[];
}

const DAYS_LATE = 20;
/** Whose office calls party members as people call them. */
const SPOKEN_AT = 'december/professional-master';

/** Plays a sitting. The one of September comes too late. */
export async function playSitting(story: Story, year: SittingYear): Promise<PlayedSitting> {
  const { sitting, deliveries } = year;
  const late = sitting.key === 'september';
  const rich = sitting.key === 'june-bachelor';
  const resolution = await loadResolution(story, year, rich);
  if (late) {
    await story.until(addDays(sitting.decidedOn, DAYS_LATE));
    await readReminder(story, officersOf('regular-bachelor').collector);
  }
  const groups: PlayedGroup[] = [];
  for (const made of deliveries) {
    const delivery = made.place === SPOKEN_AT ? await mapSpokenCodes(story, made, resolution) : made;
    const regular = rich && delivery.group.category === 'regular-bachelor';
    if (regular) await sendBadTables(story, delivery, resolution);
    const beforeCheck = async (played: PlayedGroup) => {
      if (regular) {
        await sendSameFile(story, delivery, resolution);
        await sendBadArchives(story, delivery, played.batch);
        await trespass(story, played);
      }
      if (delivery.place === 'june-master/academic-master') await askStudents(story, played);
      if (delivery.place === 'december/academic-master' && story.mistakes) await findWrongInPerson(story, played);
      if (sitting.key !== 'january') return;
      await checkWithoutTemplate(story, played);
      await addTemplates(story, Number(sitting.decidedOn.slice(0, 4)));
    };
    groups.push(await collectGroup(story, resolution, delivery, beforeCheck));
  }
  const [first] = groups;
  if (late && first) {
    const application = await playLate(story, resolution, first, addDays(sitting.decidedOn, DAYS_LATE));
    return { filed: application.people, applications: [application], groups: [] };
  }
  if (sitting.key === 'march' && first) await reportTooEarly(story, first);
  if (rich && first) await lookAtClocks(story, officersOf(first.delivery.group.category).collector);
  let day = await disclose(story, groups, addDays(sitting.decidedOn, 1), rich);
  if (rich && first) await applyTooEarly(story, resolution, first);
  const reported: PlayedGroup[] = [];
  for (const played of groups) {
    const done = await report(story, played, resolution, day);
    day = done.day;
    reported.push(...done.groups);
    if (rich && played === first) await reportIncomplete(story, resolution);
  }
  const returned = rich || sitting.key === 'december' ? 3 : 0;
  const filed = await fileResolution(story, resolution, reported, { returned, eventful: rich });
  story.say(`  ${filed} filed`);
  return { filed, applications: [], groups: reported };
}

/** Reporting what has not been disclosed. */
async function reportTooEarly(story: Story, { batch, delivery }: PlayedGroup): Promise<void> {
  const kind: Kind = {
    id: 'stage-skipped',
    code: 'stage-skipped',
    zh: '未公开即上报',
    en: 'a report before disclosure',
  };
  const { collector } = officersOf(delivery.group.category);
  await story.refused(kind, () =>
    story.act(collector, 'reportBatch', { batch, errorPolicy: 'ALL_OR_NOTHING' }, 'reported'),
  );
}
