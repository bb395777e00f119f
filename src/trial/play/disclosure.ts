// Disclosure inside the school (R11.3): opened, objected to, closed after its period.
import { addDays } from '../../regulation/deadlines/deadlines.ts';
import type { PlayedGroup } from './collect-group.ts';
import { revisitPage, visitPage } from './disclosure-page.ts';
import type { Kind } from './ledger.ts';
import { RESULTS, recordOf, refusedRecords } from './records.ts';
import { officersOf, type Story, StoryBroken } from './story.ts';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });

/** Discloses groups side by side from a day on, and closes them when the period is over. Returns the closing day. With `objections`, the first group is looked at by its page, and records of it are objected to. */
export async function disclose(
  story: Story,
  groups: readonly PlayedGroup[],
  from: string,
  objections = false,
): Promise<string> {
  await story.until(from);
  let closing = from;
  for (const { batch, delivery } of groups) {
    const { checker } = officersOf(delivery.group.category);
    const opened = await story.must(checker, 'openDisclosure', { batch }, 'until');
    closing = addDays(String(opened.until), 1);
  }
  const [first] = groups;
  const page = objections && first ? await visitPage(story, first) : null;
  const objected = objections && story.mistakes && first ? await object(story, first) : null;
  await story.until(closing);
  if (page !== null) await revisitPage(story, page);
  for (const played of groups) {
    const { batch, delivery } = played;
    const { checker } = officersOf(delivery.group.category);
    const done = await story.must(checker, 'closeDisclosure', { batch }, `disclosed ${RESULTS}`);
    const refused = refusedRecords(done);
    if (objected && played === first) await resolve(story, played, objected, refused);
    else for (const { id, codes } of refused) story.ledger.wrong(`${delivery.place} disclosure ${id}: ${codes}`);
  }
  return closing;
}

interface Objected {
  readonly objection: string;
  readonly record: string;
}

const OBJECTION = kind('objection', 'objection-open', '异议未处理', 'an objection that is open');

/** Somebody objects to a record; others try to close the disclosure at once. */
async function object(story: Story, { batch, delivery }: PlayedGroup): Promise<Objected> {
  const { checker, collector } = officersOf(delivery.group.category);
  const number = delivery.onRoster[0]?.record.certificateNumber ?? '';
  const record = await recordOf(story, collector, number);
  if (!record) throw new StoryBroken(`record ${number} is not there`);
  const early = kind(
    'disclosure-early',
    'disclosure-period-open',
    '公开期未满即结束',
    'closing a disclosure too early',
  );
  await story.refused(early, () => story.act(checker, 'closeDisclosure', { batch }, 'disclosed'));
  const silent = kind('objection-reason', 'objection-reason-missing', '异议不写理由', 'an objection without a reason');
  const said = { record: record.id, raisedBy: '本人' };
  await story.refused(silent, () => story.act(collector, 'raiseObjection', { ...said, reason: ' ' }));
  story.ledger.plant(OBJECTION);
  const raised = await story.must(
    collector,
    'raiseObjection',
    { ...said, reason: '专业名称与本人证书不一致，请核对。' },
    'objection { id }',
  );
  return { objection: (raised.objection as { id: string }).id, record: record.id };
}

async function resolve(
  story: Story,
  { batch, delivery }: PlayedGroup,
  { objection, record }: Objected,
  refused: readonly { readonly id: string; readonly codes: readonly string[] }[],
): Promise<void> {
  const { checker } = officersOf(delivery.group.category);
  for (const { id, codes } of refused) {
    if (id === record && codes.includes(OBJECTION.code)) story.ledger.find(OBJECTION.id);
    else story.ledger.wrong(`${delivery.place} disclosure ${id}: ${codes}`);
  }
  if (refused.length === 0) story.ledger.miss(OBJECTION.id, 'the record was disclosed');
  await story.must(checker, 'resolveObjection', { objection, outcome: '经核对证书存根，信息无误，已告知本人。' });
  await story.must(checker, 'closeDisclosure', { batch }, 'disclosed');
}
