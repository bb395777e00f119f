// `set-up`: the whole file is judged before anything of it is kept, and it is kept as a whole.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SetUp, setUp } from '../../src/procedures/offices/set-up.ts';
import { type KnownPlaces, setUpProblems } from '../../src/procedures/offices/set-up-problems.ts';
import { knownPlaces } from '../../src/store/offices/offices.ts';
import { SAMPLE } from '../../src/trial/sample-institutions.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { run } from './child.ts';

const NOWHERE: KnownPlaces = { offices: new Map(), institutions: new Set() };
const EXAMPLE = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'set-up.example.json'), 'utf8'),
) as SetUp;
const directory = mkdtempSync(join(tmpdir(), 'vermilion-set-up-'));
let db: TestDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(async () => {
  await db.close();
  rmSync(directory, { recursive: true, force: true });
});

describe('what is wrong with a set-up file', () => {
  test('the example and the sample are right', () => {
    expect(setUpProblems(EXAMPLE, NOWHERE)).toEqual([]);
    expect(setUpProblems(SAMPLE, NOWHERE)).toEqual([]);
  });

  test.each([{}, [], null, 'text', 7, { institutions: [], offices: [], officers: [] }, { offices: [null] }])(
    'is told of %j',
    (file) => expect(setUpProblems(file, NOWHERE)).not.toEqual([]),
  );

  test('is told all at once, with its place, in Chinese and English', () => {
    const file = {
      institutions: [
        { code: '1044', name: ' ', documentPrefix: 'x', headName: 'x', chairName: 'x', provincialOfficeId: '38/none' },
      ],
      offices: [
        { id: '10447/Office', institution: '10447', kind: 'toString', name: '教务处' },
        { id: '37/provincial-office', institution: '10447', kind: 'provincial-office', name: '省学位办' },
      ],
      officers: [
        { loginName: 'A B', name: '', office: '10447/nowhere', duties: ['collect', 'rule'] },
        { loginName: 'a.b', name: 'x', office: '37/provincial-office', duties: [] },
        { loginName: 'a.b', name: 'x', office: '37/provincial-office', duties: ['review'] },
      ],
    };
    const problems = setUpProblems(file, NOWHERE);
    expect(problems.map(({ en }) => en.split(':')[0]).sort()).toEqual([
      'institutions[0].code',
      'institutions[0].name',
      'institutions[0].provincialOfficeId',
      'officers[0].duties',
      'officers[0].loginName',
      'officers[0].name',
      'officers[0].office',
      'officers[1].duties',
      'officers[2].loginName',
      'offices[0].id',
      'offices[0].institution',
      'offices[0].kind',
      'offices[1].institution',
      'offices[1].institution',
    ]);
    for (const { zh } of problems) expect(zh).toMatch(/\p{Script=Han}/u);
  });

  test('ends the command with 2 and keeps nothing', async () => {
    const file = join(directory, 'empty.json');
    writeFileSync(file, '{}');
    const { code, out, err } = await run(['set-up', file], { VERMILION_DATA: join(directory, 'data') });
    expect(err).toContain('nothing of it was kept');
    expect(err).toContain('未写入任何内容');
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

describe('keeping a set-up', () => {
  test('is all or nothing', async () => {
    const twice = { ...EXAMPLE, officers: [{ ...EXAMPLE.officers[0], office: '10447/nowhere' }] } as SetUp;
    await expect(setUp(db, twice, () => 'a first password')).rejects.toThrow();
    expect((await knownPlaces(db)).offices.size).toBe(0);
  });

  test('adds officers to what is there and says who was there already', async () => {
    const first = await setUp(db, EXAMPLE, () => 'a first password');
    expect(first).toEqual({ added: ['first.collector', 'first.checker'], unchanged: [] });
    const [collector] = EXAMPLE.officers;
    const later = {
      institutions: [],
      offices: [],
      officers: [
        { ...collector, name: '另一人' },
        { ...collector, loginName: 'second.collector' },
      ],
    };
    expect(setUpProblems(later, NOWHERE).every((problem) => problem.reference)).toBe(true);
    expect(setUpProblems(later, await knownPlaces(db))).toEqual([]);
    const second = await setUp(db, later as SetUp, () => 'another password');
    expect(second).toEqual({ added: ['second.collector'], unchanged: ['first.collector'] });
    const kept = await db.prisma.officer.findUniqueOrThrow({ where: { loginName: 'first.collector' } });
    expect(kept.name).toBe('采集人');
  });
});
