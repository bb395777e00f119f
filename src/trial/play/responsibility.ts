// At the end of the year the auditor asks where fields come from, finds what was unusual, and is refused every change (articles 22, 23).
import type { SyntheticYear } from '../year/make-year.ts';
import type { Kind } from './ledger.ts';
import { type FoundRecord, recordOf } from './records.ts';
import { INSTITUTION, officersOf, type Story, StoryBroken } from './story.ts';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });
const REVEALS = kind('unusual-reveals', 'REVEALS_ABOVE_USUAL', '连续查看十二次敏感信息', 'twelve reveals in a row');
const NIGHT = kind('unusual-night', 'OUTSIDE_HOURS', '凌晨三点办理', 'work at three in the morning');
const GUESSED = kind(
  'unusual-sign-in',
  'MANY_FAILED_SIGN_INS',
  '反复猜测口令',
  'a password guessed at again and again',
);
const CHANGES = [
  kind('auditor-reveal', 'read-only-duty', '监督人员查看敏感信息', 'an auditor who reveals a secret'),
  kind('auditor-correct', 'read-only-duty', '监督人员更正信息', 'an auditor who corrects a record'),
  kind('auditor-calendar', 'read-only-duty', '监督人员改节假日', 'an auditor who changes the calendar'),
] as const;

const AUDITOR = 'jiancha';
const LOOKED_AT = 5;
const REVEALED = 12;
const GUESSES = 10;
/** An officer who did nothing else in the year, so that the account may be locked. */
const GUESSED_AT = 'yanjiu.zhang';

const ORIGINS = `query($id: ID!) { record(id: $id) { origins { sound faults(first: 5) { code }
  fields { field value source step { officer { name } seal { valid } } cell { line heading raw } } } } }`;

interface Origins {
  readonly sound: boolean;
  readonly faults: readonly { readonly code: string }[];
  readonly fields: readonly {
    readonly field: string;
    readonly value: string | null;
    readonly source: string;
    readonly step: { readonly officer: { readonly name: string } | null; readonly seal: { readonly valid: boolean } };
    readonly cell: { readonly line: number; readonly heading: string; readonly raw: string } | null;
  }[];
}

/** Plays it after everything else of the year: the clock goes on to the third hour of the next day. */
export async function playResponsibility(story: Story, year: SyntheticYear): Promise<void> {
  const asked = await askOrigins(story, year);
  story.say(`  the auditor was told the line of the file of ${asked.told} records, each as it was delivered`);
  if (!story.mistakes || asked.record === null) return;
  const { collector } = officersOf('regular-bachelor');
  const { record } = asked;
  await tryChanges(story, record);
  await revealMany(story, collector, record.id);
  await guess(story);
  await report(story, [REVEALS, NIGHT, GUESSED]);
}

/** The certificate number of good rows leads back to the very line on which it was delivered. */
async function askOrigins(
  story: Story,
  { sittings }: SyntheticYear,
): Promise<{ told: number; record: FoundRecord | null }> {
  const deliveries = sittings.flatMap((sitting) => sitting.deliveries);
  const delivery = deliveries.find(({ group }) => group.category === 'regular-bachelor') ?? deliveries[0];
  if (!delivery) return { told: 0, record: null };
  const good = delivery.first.rows
    .map(({ planted, graduate }, at) => ({ planted, number: graduate.record.certificateNumber, line: at + 2 }))
    .filter(({ planted }) => planted === null);
  let told = 0;
  let record: FoundRecord | null = null;
  for (const { number, line } of good.slice(0, LOOKED_AT)) {
    const found = await recordOf(story, AUDITOR, number);
    if (!found) throw new StoryBroken(`the auditor does not find ${number}`);
    const data = await story.query(AUDITOR, ORIGINS, { id: found.id });
    const { origins } = data.record as { origins: Origins };
    if (!origins.sound) throw new StoryBroken(`${number}: ${origins.faults.map(({ code }) => code).join(', ')}`);
    const origin = origins.fields.find(({ field }) => field === 'certificateNumber');
    if (origin?.cell?.line !== line || origin.cell.raw !== number || !origin.step.seal.valid) {
      throw new StoryBroken(
        `${number} was delivered on line ${line}, and is said to come from ${JSON.stringify(origin)}`,
      );
    }
    told += 1;
    record ??= found;
  }
  return { told, record };
}

/** Three attempts at a change, each refused. */
async function tryChanges(story: Story, { id: record, version: expectedVersion }: FoundRecord): Promise<void> {
  const [reveal, correct, calendar] = CHANGES;
  await story.refused(reveal, () =>
    story.act(AUDITOR, 'revealField', { record, field: 'identityNumber', reason: '监督抽查' }),
  );
  const changes = { thesisTitle: '监督人员改的题目' };
  await story.refused(correct, () => story.act(AUDITOR, 'correctRecord', { record, expectedVersion, changes }));
  const days = [{ date: '2099-01-05', kind: 'HOLIDAY', name: '补休' }];
  await story.refused(calendar, () => story.act(AUDITOR, 'setCalendarDays', { institution: INSTITUTION, days }));
}

/** One officer looks at a secret again and again in the night. */
async function revealMany(story: Story, officer: string, record: string): Promise<void> {
  const { me } = (await story.query('xuewei.guan', '{ me { now } }')) as { me: { now: string } };
  const night = new Date(new Date(me.now).getTime() + 24 * 3_600_000 + 8 * 3_600_000).toISOString().slice(0, 10);
  story.ledger.plant(REVEALS);
  story.ledger.plant(NIGHT);
  await story.must(
    'xuewei.guan',
    'advanceTrialClock',
    { to: `${await workingDay(story, night)}T03:00:00+08:00` },
    'now',
  );
  for (let at = 0; at < REVEALED; at += 1) {
    await story.must(
      officer,
      'revealField',
      { record, field: 'identityNumber', reason: '逐人核对身份证件号码' },
      'simulated',
    );
  }
}

/** The first day from this one on that the calendar of the institution has as a working day. */
async function workingDay(story: Story, from: string): Promise<string> {
  const document = `query($institution: String!, $year: Int!) {
    calendar(institution: $institution, year: $year, first: 100) { nodes { date kind } } }`;
  const data = await story.query('xuewei.guan', document, { institution: INSTITUTION, year: Number(from.slice(0, 4)) });
  const { nodes } = data.calendar as { nodes: { date: string; kind: string }[] };
  const kinds = new Map(nodes.map(({ date, kind: of }) => [date, of]));
  for (let day = new Date(`${from}T00:00:00Z`); ; day = new Date(day.getTime() + 24 * 3_600_000)) {
    const date = day.toISOString().slice(0, 10);
    const weekend = [0, 6].includes(day.getUTCDay());
    if (kinds.get(date) === 'WORKING_DAY' || (!weekend && kinds.get(date) !== 'HOLIDAY')) return date;
  }
}

async function guess(story: Story): Promise<void> {
  story.ledger.plant(GUESSED);
  for (let at = 0; at < GUESSES; at += 1) {
    const answer = await story.api.act(null, 'signIn', { loginName: GUESSED_AT, password: 'guess' }, 'token');
    if (answer.ok) throw new StoryBroken('a guessed password was right');
  }
}

/** What was planted is in the report; attempts to sign in stand under the day of the machine, the others under that of the register. */
async function report(story: Story, kinds: readonly Kind[]): Promise<void> {
  const document = `query($institution: String!, $from: Date!, $until: Date!, $codes: [UnusualCode!]) {
    unusualActs(institution: $institution, from: $from, until: $until, codes: $codes, first: 100) { nodes { code officerName found } } }`;
  const { me } = (await story.query(AUDITOR, '{ me { now } }')) as { me: { now: string } };
  const day = (instant: Date) => new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  for (const planted of kinds) {
    const on = day(planted === GUESSED ? new Date() : new Date(me.now));
    const given = { institution: INSTITUTION, from: on, until: on, codes: [planted.code] };
    const data = await story.query(AUDITOR, document, given);
    const { nodes } = data.unusualActs as { nodes: { found: string }[] };
    if (nodes.length > 0) story.ledger.find(planted.id);
    else story.ledger.miss(planted.id, 'not in the report of unusual acts');
  }
  story.say('  the report of unusual acts was looked at by the auditor');
}
