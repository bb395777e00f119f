// Reporting a group to the degree office: people of the roster who were forgotten stop it, and are collected one by one.
import { FIELD_NAMES } from '../../regulation/standard/fields.ts';
import type { Graduate } from '../year/graduates.ts';
import { linkAll, type PlayedGroup } from './collect-group.ts';
import { disclose } from './disclosure.ts';
import type { Kind } from './ledger.ts';
import { attachAll } from './photos.ts';
import { RESULTS } from './records.ts';
import { officersOf, type Story, StoryBroken, upper } from './story.ts';
import { checkOwnRecord } from './trespassers.ts';

const FORGOTTEN: Kind = {
  ...{ id: 'forgotten', zh: '名单中的人没有信息', en: 'roster person without a record' },
  code: 'roster-person-without-record',
};

/** Reports a group on a day, or a little later when people must be collected first; returns the day. */
export async function report(story: Story, played: PlayedGroup, resolution: string, day: string): Promise<string> {
  const { batch, delivery } = played;
  const { place, group, forgotten, onRoster } = delivery;
  const { collector } = officersOf(group.category);
  await story.until(day);
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
    today = await collectForgotten(story, played, resolution, today);
  }
  const input = { batch, errorPolicy: 'ALL_OR_NOTHING' };
  const done = await story.must(collector, 'reportBatch', input, `reported missingCount ${RESULTS}`);
  if (done.reported !== onRoster.length) {
    throw new StoryBroken(`${place}: ${done.reported} of ${onRoster.length} reported`);
  }
  story.say(`  ${place}: ${done.reported} reported to the degree office on ${today}`);
  return today;
}

/** An officer who holds two duties collects regular bachelors by hand, so that the rule and not the duty must stop them from checking. */
const BOTH_DUTIES = 'jiaowu.lin';

async function collectForgotten(story: Story, played: PlayedGroup, resolution: string, day: string): Promise<string> {
  const { batch, delivery } = played;
  const { place, group, forgotten } = delivery;
  const { collector, checker } = officersOf(group.category);
  const regular = group.category === 'regular-bachelor';
  const ids: string[] = [];
  for (const graduate of forgotten) {
    ids.push(await collectOne(story, regular ? BOTH_DUTIES : collector, resolution, graduate));
  }
  await attachAll(story, batch, forgotten, `${place.replace('/', '-')}-photos-3`);
  await linkAll(story, batch, delivery);
  if (regular && ids[0]) await checkOwnRecord(story, BOTH_DUTIES, batch, ids[0]);
  await story.must(checker, 'crossCheckRecords', { batch, errorPolicy: 'ALL_OR_NOTHING' }, 'checked');
  return disclose(story, [played], day);
}

/** Collects one person by hand; returns the record's id. */
async function collectOne(story: Story, officer: string, resolution: string, { record }: Graduate): Promise<string> {
  const fields: Record<string, string> = {};
  for (const name of FIELD_NAMES) {
    const value = record[name];
    if (value !== null && value !== '' && name !== 'photoDigest') fields[name] = value;
  }
  const input = { category: upper(record.category), resolution, fields };
  const done = await story.must(officer, 'collectRecord', input, 'record { id }');
  const id = (done.record as { id: string } | null)?.id;
  if (!id) throw new StoryBroken(`collectRecord ${record.certificateNumber}`);
  return id;
}
