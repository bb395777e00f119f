// Loading the year's resolutions, and the attempts to load one that does not hold.
import { type TableForm, tableFile } from '../year/files.ts';
import type { SittingYear } from '../year/make-year.ts';
import { makeScan } from '../year/scans.ts';
import { rosterTable } from '../year/tables.ts';
import type { Kind } from './ledger.ts';
import { INSTITUTION, type Story } from './story.ts';

/** Who loads resolutions: the degree office. */
export const DEGREE_OFFICE = 'xuewei.guan';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });

const FORM_OF: Partial<Record<string, TableForm>> = { january: 'csv-gb18030', 'june-master': 'csv' };

/** Loads the resolution of a sitting with its scan and roster; returns its id. `tries` are made before, on the same files. */
export async function loadResolution(story: Story, year: SittingYear, tries: boolean): Promise<string> {
  const { sitting, roster } = year;
  await story.until(sitting.decidedOn);
  const lines = [
    `经学位评定委员会${sitting.meeting}会议审议通过，决定授予名单所列人员学位。`,
    `日期：${sitting.decidedOn}`,
  ];
  const scan = await makeScan(`resolution-${sitting.key}`, sitting.number, lines);
  const table = await tableFile(`roster-${sitting.key}`, rosterTable(roster), FORM_OF[sitting.key] ?? 'xlsx');
  const input = {
    ...{ institution: INSTITUTION, number: sitting.number, meeting: sitting.meeting },
    ...{ decidedOn: sitting.decidedOn, effectiveOn: sitting.decidedOn },
    ...{ members: 25, present: 23, yes: 22, no: 0, abstain: 1, headName: '周明远', chairName: '周明远' },
    scanDigest: await story.upload(DEGREE_OFFICE, 'RESOLUTION_SCAN', scan),
    rosterDigest: await story.upload(DEGREE_OFFICE, 'ROSTER', table),
  };
  if (tries) await loadWrongly(story, input, year);
  const select = 'resolution { id } rosterSize';
  const key = `resolution-${sitting.key}-${sitting.decidedOn}`;
  const done = await story.must(DEGREE_OFFICE, 'loadResolution', { ...input, idempotencyKey: key }, select);
  const id = (done.resolution as { id: string }).id;
  if (tries && story.mistakes) await loadAgain(story, { ...input, idempotencyKey: key }, id);
  story.say(`${sitting.decidedOn} ${sitting.number}: ${done.rosterSize} people on the roster`);
  return id;
}

async function loadWrongly(story: Story, input: object, { roster }: SittingYear): Promise<void> {
  const load = (changes: object) => () => story.act(DEGREE_OFFICE, 'loadResolution', { ...input, ...changes });
  const votes: readonly (readonly [Kind, object])[] = [
    [kind('vote-sum', 'resolution-votes-do-not-add-up', '票数不符', 'votes that do not add up'), { no: 5 }],
    [
      kind('vote-majority', 'resolution-no-majority', '同意票未过半', 'no majority of all members'),
      { yes: 12, abstain: 11 },
    ],
    [
      kind('vote-present', 'resolution-too-few-present', '出席不足三分之二', 'too few present'),
      { present: 15, yes: 14 },
    ],
    [kind('vote-even', 'resolution-even-members', '组成人员为双数', 'an even number of members'), { members: 24 }],
    [
      kind('no-scan', 'resolution-scan-missing', '没有决议扫描件', 'no scan of the resolution'),
      { scanDigest: '0'.repeat(64) },
    ],
  ];
  for (const [wrong, changes] of votes) await story.refused(wrong, load(changes));
  const [first, second] = roster;
  if (!first || !second || !story.mistakes) return;
  const doubled = rosterTable([first, { ...second, certificateNumber: first.certificateNumber }]);
  const rosterDigest = await story.upload(DEGREE_OFFICE, 'ROSTER', await tableFile('roster-doubled', doubled, 'xlsx'));
  await story.refused(
    kind('roster-doubled', 'roster-row-doubled', '名单编号重复', 'certificate number twice on a roster'),
    load({ rosterDigest }),
  );
  const dated = rosterTable([{ ...first, conferralDate: `${Number(first.conferralDate.slice(0, 4)) - 1}-06-18` }]);
  const datedDigest = await story.upload(DEGREE_OFFICE, 'ROSTER', await tableFile('roster-dated', dated, 'csv'));
  await story.refused(
    kind('roster-date', 'roster-date', '名单日期不符', 'roster of another day'),
    load({ rosterDigest: datedDigest }),
  );
}

/** The same mutation twice is one; the same resolution under another key is refused. */
async function loadAgain(story: Story, input: { idempotencyKey: string }, id: string): Promise<void> {
  const same = kind('same-mutation', 'first answer', '同一请求重复提交', 'the same mutation twice');
  story.ledger.plant(same);
  const again = await story.act(DEGREE_OFFICE, 'loadResolution', input, 'resolution { id }');
  const second = (again.value.resolution as { id: string } | undefined)?.id;
  if (second === id) story.ledger.find(same.id);
  else story.ledger.miss(same.id, `${again.type} ${second}`);
  const reused = kind(
    'key-reused',
    'idempotency-key-reused',
    '幂等键用于另一请求',
    'an idempotency key for another request',
  );
  await story.refused(reused, () => story.act(DEGREE_OFFICE, 'loadResolution', { ...input, meeting: '另一次会议' }));
  const taken = kind('resolution-twice', 'resolution-number-taken', '决议编号重复', 'resolution number twice');
  await story.refused(taken, () => story.act(DEGREE_OFFICE, 'loadResolution', { ...input, idempotencyKey: null }));
}
