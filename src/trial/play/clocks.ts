// The clocks (R11.4): a day of the calendar set by an officer, the board of deadlines, and the reminders of an office.
import { addDays, civilDateInShanghai } from '../../regulation/deadlines/deadlines.ts';
import { makeScan } from '../year/scans.ts';
import type { Kind } from './ledger.ts';
import { DEGREE_OFFICE } from './resolutions.ts';
import { INSTITUTION, type Story, StoryBroken } from './story.ts';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });
const PAST = kind('calendar-past', 'calendar-day-past', '补设已过的节假日', 'a day of the calendar that is over');
const TWICE = kind('calendar-twice', 'calendar-day-doubled', '同一日设两次', 'a day of the calendar twice');
const NAMELESS = kind('calendar-nameless', 'calendar-name', '节假日没有名称', 'a holiday without a name');

/** Makes the last day of the report a holiday of the university: the deadlines that end on it move. */
async function setOwnHoliday(story: Story, holiday: string): Promise<void> {
  const { me } = await story.query(DEGREE_OFFICE, '{ me { now } }');
  const yesterday = addDays(civilDateInShanghai((me as { now: string }).now), -1);
  const notice = await makeScan(`calendar-${holiday}`, '关于校庆日放假的通知', [`${holiday}为校庆日，全校放假一天。`]);
  const noticeDigest = await story.upload(DEGREE_OFFICE, 'CALENDAR_NOTICE', notice);
  const day = { date: holiday, kind: 'HOLIDAY', name: '校庆日' };
  const input = (days: readonly object[]) => ({ institution: INSTITUTION, days, noticeDigest });
  const set = (days: readonly object[]) => () => story.act(DEGREE_OFFICE, 'setCalendarDays', input(days), 'days');
  await story.refused(PAST, set([{ ...day, date: yesterday }]));
  await story.refused(TWICE, set([day, { ...day, kind: 'WORKING_DAY' }]));
  await story.refused(NAMELESS, set([{ ...day, name: ' ' }]));
  const done = await story.must(DEGREE_OFFICE, 'setCalendarDays', input([day]), 'days movedCount');
  if (done.movedCount === 0) story.ledger.wrong(`no deadline moves with the holiday of ${holiday}`);
  story.say(`  ${holiday} is a holiday of the university: ${done.movedCount} deadlines move`);
}

interface Clock {
  readonly kind: string;
  readonly rolled: string;
  readonly daysLeft: number;
}

/** Looks at the board of deadlines, on which a group that is to be reported must stand, and sets a day of the calendar. */
export async function lookAtClocks(story: Story, officer: string): Promise<void> {
  const data = await story.query(officer, '{ deadlines(first: 20) { nodes { kind rolled daysLeft } } }');
  const { nodes } = data.deadlines as { nodes: Clock[] };
  const next = nodes.find(({ kind }) => kind === 'REPORT');
  if (!next) throw new StoryBroken('the report to come is not on the board of deadlines');
  story.say(`  ${nodes.length} clocks on the board, the report is due on ${next.rolled} (${next.daysLeft} days left)`);
  await setOwnHoliday(story, next.rolled);
}

interface Reminder {
  readonly id: string;
  readonly phase: string;
  readonly nominal: string;
}

/** The server reminds in the background, a little after a day has begun. */
const PATIENCE_MS = 15_000;

/** Reads a reminder of an office; in a year without mistakes nobody waits for one. */
export async function readReminder(story: Story, officer: string): Promise<void> {
  const document = '{ reminders(first: 1, unreadOnly: true) { nodes { id phase nominal } } }';
  const until = Date.now() + (story.mistakes ? PATIENCE_MS : 0);
  for (;;) {
    const data = await story.query(officer, document);
    const [unread] = (data.reminders as { nodes: Reminder[] }).nodes;
    if (unread) {
      await story.must(officer, 'markReminderRead', { reminder: unread.id }, 'reminder { read }');
      story.say(`  a reminder (${unread.phase.toLowerCase()}, ${unread.nominal}) came and is marked as read`);
      return;
    }
    if (Date.now() > until) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
