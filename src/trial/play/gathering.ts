// Before the report to the province the degree office looks at what it has gathered, and says whether it is whole (R5.1).
import type { Kind } from './ledger.ts';
import { DEGREE_OFFICE } from './resolutions.ts';
import { type Story, StoryBroken } from './story.ts';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });
const INCOMPLETE = kind(
  'report-incomplete',
  'report-records-not-reported',
  '有类别尚未上报却称全部报送',
  'a report called whole while a category has not been reported',
);

/** Looks at what is gathered for a resolution; everybody must be there. */
export async function lookAtGathering(story: Story, resolution: string): Promise<void> {
  const document = `query($id: ID!) { resolution(id: $id) { number gathering {
    category rosterSize reported missing disagreements complete } } }`;
  const data = await story.query(DEGREE_OFFICE, document, { id: resolution });
  const { number, gathering } = data.resolution as {
    number: string;
    gathering: { category: string; rosterSize: number; reported: number; missing: number; complete: boolean }[];
  };
  for (const { category, rosterSize, reported, missing, complete } of gathering) {
    if (!complete) story.ledger.wrong(`${number} ${category}: ${missing} of ${rosterSize} missing when gathered`);
    story.say(`  gathered: ${category.toLowerCase()} ${reported} of ${rosterSize}`);
  }
  if (gathering.length === 0) throw new StoryBroken(`${number}: nothing is gathered`);
}

/** A report that is said to be whole while a category has not come yet. */
export async function reportIncomplete(story: Story, resolution: string): Promise<void> {
  const whole = { resolution, partial: false };
  await story.refused(INCOMPLETE, () => story.act(DEGREE_OFFICE, 'reportUpward', whole, 'reported'));
}
