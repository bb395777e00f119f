// Reporting a group to the degree office: people of the roster who were forgotten stop it, and are collected one by one.
import { FIELD_NAMES } from '../../regulation/standard/fields.ts';
import type { Graduate } from '../year/graduates.ts';
import { linkAll, type PlayedGroup } from './collect-group.ts';
import { disclose } from './disclosure.ts';
import { crossCheckAll, examineSample } from './in-person.ts';
import type { Kind } from './ledger.ts';
import { attachAll } from './photos.ts';
import { RESULTS } from './records.ts';
import { officersOf, type Story, StoryBroken, upper } from './story.ts';
import { checkOwnRecord } from './trespassers.ts';

const FORGOTTEN: Kind = {
  ...{ id: 'forgotten', zh: '名单中的人没有信息', en: 'roster person without a record' },
  code: 'roster-person-without-record',
};

/** A report: the day, and the batches that were reported. */
export interface Reported {
  readonly day: string;
  readonly groups: readonly PlayedGroup[];
}

/** Reports a group on a day, or a little later when people must be collected first: these are a batch of their own. */
export async function report(story: Story, played: PlayedGroup, resolution: string, from: string): Promise<Reported> {
  const { batch, delivery } = played;
  const { forgotten } = delivery;
  await story.until(from);
  if (forgotten.length === 0) return { day: await send(story, played, from), groups: [played] };
  const { collector } = officersOf(delivery.group.category);
  const answer = await story.act(collector, 'reportBatch', { batch, errorPolicy: 'ALL_OR_NOTHING' }, 'reported');
  for (const { record } of forgotten) {
    story.ledger.plant(FORGOTTEN);
    const named = answer.violations.some(
      ({ code, found }) => code === FORGOTTEN.code && found?.includes(record.certificateNumber) === true,
    );
    if (named) story.ledger.find(FORGOTTEN.id);
    else story.ledger.miss(FORGOTTEN.id, `${delivery.place} ${record.certificateNumber}: ${answer.codes}`);
  }
  if (answer.ok) return { day: from, groups: [played] };
  const { day, late } = await collectForgotten(story, played, resolution, from);
  const groups = [played, late];
  for (const group of groups) await send(story, group, day);
  return { day, groups };
}

async function send(story: Story, { batch, delivery }: PlayedGroup, day: string): Promise<string> {
  const { collector } = officersOf(delivery.group.category);
  const input = { batch, errorPolicy: 'ALL_OR_NOTHING' };
  const done = await story.must(collector, 'reportBatch', input, `reported missingCount ${RESULTS}`);
  story.say(`  ${delivery.place}: ${done.reported} reported to the degree office on ${day}`);
  return day;
}

/** An officer who holds two duties collects regular bachelors by hand, so that the rule and not the duty must stop them from checking. */
const BOTH_DUTIES = 'jiaowu.lin';

async function collectForgotten(
  story: Story,
  { delivery }: PlayedGroup,
  resolution: string,
  from: string,
): Promise<{ readonly day: string; readonly late: PlayedGroup }> {
  const { place, group, forgotten } = delivery;
  const { collector } = officersOf(group.category);
  const regular = group.category === 'regular-bachelor';
  const collected: { record: string; batch: string }[] = [];
  for (const graduate of forgotten) {
    collected.push(await collectOne(story, regular ? BOTH_DUTIES : collector, resolution, graduate));
  }
  const [first] = collected;
  if (!first) throw new StoryBroken(`${place}: nobody was forgotten`);
  const { batch } = first;
  const late: PlayedGroup = { delivery, batch };
  await attachAll(story, batch, forgotten, `${place.replace('/', '-')}-photos-3`);
  await linkAll(story, batch, delivery);
  await examineSample(story, group.category, batch);
  if (regular) await checkOwnRecord(story, BOTH_DUTIES, batch, first.record);
  await crossCheckAll(story, group.category, batch);
  return { day: await disclose(story, [late], from), late };
}

/** Collects one person by hand; returns the record and its batch. */
async function collectOne(
  story: Story,
  officer: string,
  resolution: string,
  { record }: Graduate,
): Promise<{ record: string; batch: string }> {
  const fields: Record<string, string> = {};
  for (const name of FIELD_NAMES) {
    const value = record[name];
    if (value !== null && value !== '' && name !== 'photoDigest') fields[name] = value;
  }
  const input = { category: upper(record.category), resolution, fields };
  const done = await story.must(officer, 'collectRecord', input, 'record { id } batch { id }');
  const id = (done.record as { id: string } | null)?.id;
  const batch = (done.batch as { id: string } | null)?.id;
  if (!id || !batch) throw new StoryBroken(`collectRecord ${record.certificateNumber}`);
  return { record: id, batch };
}
