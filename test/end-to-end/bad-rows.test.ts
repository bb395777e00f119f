// What bad input gets, row by row: each mistake comes in a table through the server; the good rows beside it still go in.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { globalId } from '../../src/graphql/global-id.ts';
import { ALLOWED_IN_NAMES } from '../../src/regulation/record/name-characters.ts';
import type { RecordFields } from '../../src/regulation/record/record.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { act, checkTable, expectTaught, unchanged } from '../support/bad-input.ts';
import { loadSample } from '../support/collecting.ts';
import { recordCsv, sampleRecord } from '../support/samples.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

const ON_ROSTER = 84;
let test: TestWorld;
let api: TestApi;
let resolution: string;
let serial = 1;
/** Three people of the roster who have no record yet; those of odd serials are men. */
let first: RecordFields;
let middle: RecordFields;
let last: RecordFields;

beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-22');
  api = await startApi(test);
  const all = Array.from({ length: ON_ROSTER }, (_, at) => sampleRecord('regular-bachelor', at + 1));
  resolution = globalId('Resolution', { institution: HERE, id: await loadSample(test, all) });
  await api.signIn('jiaowu.cai');
});
afterAll(async () => {
  await api.close();
  await test.close();
});
beforeEach(() => {
  first = sampleRecord('regular-bachelor', serial++);
  middle = sampleRecord('regular-bachelor', serial++);
  last = sampleRecord('regular-bachelor', serial++);
});

/** What is told of a row; the line is that of the middle row unless given. */
interface Problem {
  readonly code: string;
  readonly column: string;
  readonly article: string;
  readonly line?: number;
  readonly found: string | null;
  readonly expected: string | null;
}

const problem = (
  code: string,
  column: string,
  article: string,
  found: string | null,
  expected: string | null = null,
) => ({
  ...{ code, column, article, found, expected },
});
const offRoster = (column: string, found: string, expected: string) =>
  problem('roster-mismatch', column, '9', found, expected);

/** Sends the three rows with the middle one changed: exactly these problems are told of it, and the other two go in. */
async function refuses(changes: Partial<RecordFields>, ...problems: Problem[]): Promise<void> {
  const rows = [first, { ...middle, ...changes }, last];
  const checked = await checkTable(api, { resolution, bytes: recordCsv('regular-bachelor', rows) });
  expect(checked).toMatchObject({ __typename: 'CheckImportSuccess', total: 3, accepted: 2, refused: 1 });
  const { id, problems: told } = checked.import;
  for (const one of told.nodes) expectTaught({ ...one, path: one.column });
  expect(told.nodes).toEqual(
    problems.map((one) => ({ line: 3, ...one, message: expect.any(String), messageEn: expect.any(String) })),
  );
  const whole = await unchanged(test, () => act(api, 'jiaowu.cai', 'importRecords', { import: id }));
  expect(whole).toMatchObject({ __typename: 'Refused', violationCount: problems.length });
  const places = problems.map(({ line = 3, column, ...rest }) => ({ ...rest, path: `rows[${line}].${column}` }));
  expect(whole.violations).toMatchObject(places);
  const input = { import: id, errorPolicy: 'SKIP_REFUSED' };
  const skipped = await act(api, 'jiaowu.cai', 'importRecords', input, 'accepted refused step { name subjectCount }');
  expect(skipped).toMatchObject({ accepted: 2, refused: 1, step: { name: 'COLLECT' } });
  expect(await recorded()).toEqual([first.certificateNumber, last.certificateNumber]);
}

/** Which of the three have a record. */
async function recorded(): Promise<string[]> {
  const studentNumber = { in: [first, middle, last].map((record) => record.studentNumber ?? '') };
  const rows = await test.world.db.prisma.degreeRecord.findMany({
    where: { institution: HERE, studentNumber },
    select: { certificateNumber: true },
    orderBy: { certificateNumber: 'asc' },
  });
  return rows.map((row) => row.certificateNumber);
}

describe('Articles 7 and 11(1): codes and dates', () => {
  it('a wrong code: the table is named, with the nearest code', () =>
    refuses({ politicalStatus: '77' }, problem('code-unknown', 'politicalStatus', '7', '77', '07 中国民主促进会会员')));

  it('a wrong code of a key field is told once, not again as a difference from the roster', () =>
    refuses({ degreeCategory: '999' }, problem('code-unknown', 'degreeCategory', '7', '999')));

  it('an impossible date', () =>
    refuses(
      { birthDate: '1998-02-30' },
      problem('date-impossible', 'birthDate', '11(1)', '1998-02-30', 'yyyyMMdd / YYYY-MM-DD'),
    ));

  it('a month that does not exist', () =>
    refuses(
      { admissionMonth: '2022-13' },
      problem('month-impossible', 'admissionMonth', '11(1)', '2022-13', 'yyyyMM / YYYY-MM'),
    ));
});

describe('Article 8: identity documents, names, thesis', () => {
  it('an identity number with a wrong check character: both are shown masked', async () => {
    const { identityNumber } = middle;
    const wrong = `${identityNumber.slice(0, 17)}${identityNumber.endsWith('1') ? '2' : '1'}`;
    const masked = (number: string) => `${number[0]}****************${number[17]}`;
    await refuses(
      { identityNumber: wrong },
      problem('identity-check-character', 'identityNumber', '8', masked(wrong), masked(identityNumber)),
    );
  });

  it('Article 9: a sex that is not the one of the identity number', () => {
    const [found, expected] = middle.sex === '1' ? ['2 女性', '1 男性'] : ['1 男性', '2 女性'];
    return refuses(
      { sex: middle.sex === '1' ? '2' : '1' },
      problem('identity-sex-mismatch', 'sex', '9', found ?? '', expected),
    );
  });

  it('Article 9: a birth date that is not the one of the identity number', () =>
    refuses(
      { birthDate: '1998-12-31' },
      problem('identity-birth-mismatch', 'birthDate', '9', '1998-12-31', middle.birthDate),
    ));

  it.each([
    ['a private-use character', '\uE000', 'name-private-use-character', 'U+E000 #2'],
    ['a replacement character', '\uFFFD', 'name-replacement-character', 'U+FFFD #2'],
    ['a question mark, all that is left of a rare character,', '?', 'name-replacement-character', 'U+003F #2'],
    ['a line break, two lines of a cell,', '\n', 'name-line-break', 'U+000A #2'],
    ['a box for a character that was lost', '□', 'name-replacement-character', 'U+25A1 #2'],
    ['an emoji', '😀', 'name-character-not-allowed', 'U+1F600 #2'],
  ])('%s in a name', (_title, character, code, found) => {
    const name = `王${character}明`;
    return refuses({ name }, problem(code, 'name', '8', found, ALLOWED_IN_NAMES), offRoster('name', name, middle.name));
  });

  it('thesis fields where there is no thesis: every one of them', () =>
    refuses(
      { outcomeType: 'W', thesisLanguage: null },
      problem('thesis-field-without-thesis', 'thesisTitle', '8', String([...(middle.thesisTitle ?? '')].length), '0'),
      problem(
        'thesis-field-without-thesis',
        'thesisKeywords',
        '8',
        String([...(middle.thesisKeywords ?? '')].length),
        '0',
      ),
      problem(
        'thesis-field-without-thesis',
        'thesisTopicSource',
        '8',
        String([...(middle.thesisTopicSource ?? '')].length),
        '0',
      ),
    ));
});

describe('Article 9: what contradicts the decision or the register', () => {
  it('a conferral before the graduation', () =>
    refuses(
      { graduationMonth: '2026-07' },
      problem('conferral-before-graduation', 'conferralDate', '9', '2026-06-20', '≥ 2026-07'),
    ));

  it('a name that is not on the roster', () => {
    const stranger = sampleRecord('regular-bachelor', 900);
    const found = `${stranger.name} ${stranger.studentNumber}`;
    return refuses(stranger, problem('roster-entry-missing', 'name', '9', found));
  });

  it('another name than on the roster', () => refuses({ name: '王小明' }, offRoster('name', '王小明', middle.name)));

  it('a certificate number twice in the file: the first row has it, the second is told where', () => {
    const { certificateNumber } = first;
    return refuses(
      { certificateNumber },
      offRoster('name', middle.name, first.name),
      offRoster('studentNumber', middle.studentNumber ?? '', first.studentNumber ?? ''),
      problem('certificate-number-doubled', 'certificateNumber', '9', certificateNumber, '≠ 2'),
      problem('person-doubled', 'identityNumber', '9', null, '≠ 2'),
    );
  });

  it.each([
    ['that another record has', 'collected', 'certificate-number-taken'],
    ['of a deleted record: it is never given again', 'deleted', 'certificate-number-of-deleted'],
  ])('a certificate number %s', async (_title, state, code) => {
    const [earlier] = await test.world.db.prisma.degreeRecord.findMany({
      orderBy: { certificateNumber: 'asc' },
      take: 1,
    });
    const { id, name, studentNumber, certificateNumber } = earlier ?? {
      id: '',
      name: '',
      studentNumber: '',
      certificateNumber: '',
    };
    await test.world.db.pool.query('UPDATE "DegreeRecord" SET "state" = $1 WHERE "id" = $2', [state, id]);
    const already = problem('person-already-recorded', 'identityNumber', '9', certificateNumber);
    await refuses(
      { certificateNumber },
      offRoster('name', middle.name, name),
      offRoster('studentNumber', middle.studentNumber ?? '', studentNumber ?? ''),
      problem(code, 'certificateNumber', '9', certificateNumber),
      ...(state === 'deleted' ? [] : [already]),
    );
  });
});
