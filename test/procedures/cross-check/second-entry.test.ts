// Article 11(2): the blind second entry. What is typed again from paper is compared by the machine; who types sees nothing of the first.
import { beforeEach, describe, expect, it } from 'vitest';
import { enterSecond, type GivenEntry } from '../../../src/procedures/cross-check/enter-second.ts';
import { storeFile } from '../../../src/procedures/files/store-file.ts';
import { correctRecord } from '../../../src/procedures/records/correct.ts';
import { SECOND_ENTRY_TEMPLATE } from '../../../src/regulation/standard/second-entry-template.ts';
import type { Collected } from '../../support/collected.ts';
import { sampled } from '../../support/sampled.ts';
import { refusal, rowCounts } from '../../support/stages.ts';
import { HERE, type TestWorld } from '../../support/world.ts';

const shared = sampled();
const { policy, another, where, draw, check, standing, drawnIds, examine, WRONG } = shared;
let test: TestWorld;
let batch: Collected;
beforeEach(() => {
  ({ test, batch } = shared);
});

describe('Article 11(2): the blind second entry', () => {
  const entryOf = (recordId: string): GivenEntry => {
    const at = batch.recordIds.indexOf(recordId);
    const fields = batch.fields[at];
    if (!fields) throw new Error('nobody');
    const { name, degreeCategory, disciplineCode, conferralDate, certificateNumber, resolutionNumber } = fields;
    return {
      sequence: at + 1,
      name,
      degreeCategory,
      disciplineCode,
      conferralDate,
      certificateNumber,
      resolutionNumber,
    };
  };
  const enter = (entries: GivenEntry[], as = 'jiaowu.he', options = {}) =>
    enterSecond(test.callAs(as, options), { ...where(), entries });
  beforeEach(async () => {
    await policy({ crossCheckSample: 40, sampleErrorLimit: 10, secondEntry: 'blind' });
    await draw();
  });

  it('a finding without it does not count; what agrees passes', async () => {
    const ids = await drawnIds();
    expect((await refusal(examine(ids[0] ?? ''))).codes).toEqual(['second-entry-missing']);
    const entered = await enter(ids.map((id) => ({ ...entryOf(id), conferralDate: '2026年6月20日' })));
    expect(entered).toMatchObject({ entered: 2, results: [] });
    const { stepId } = await check();
    const step = await test.world.db.prisma.step.findFirstOrThrow({ where: { id: stepId ?? '' } });
    expect(JSON.parse(step.statement).facts.sample).toMatchObject({ secondEntry: true, examined: 2, wrong: 0 });
  });

  it('tells only afterwards where it differs, field by field, and counts it', async () => {
    const [first = '', second = ''] = await drawnIds();
    const { results } = await enter([entryOf(second), { ...entryOf(first), name: '赵别名', disciplineCode: '040106' }]);
    expect(results.map(({ recordId }) => recordId)).toEqual([first]);
    expect(results[0]?.violations.map(({ path, found }) => [path, found])).toEqual([
      ['name', '赵别名'],
      ['disciplineCode', '040106'],
    ]);
    expect(await standing()).toMatchObject({ examined: 2, wrong: 1, secondEntry: true });
    expect((await refusal(check('skip-refused'))).codes).toEqual(['sample-error-rate']);
    // Another checker looked again: the slip was in the second entry. The rate stays, and everybody is entered.
    await examine(first, { note: '盲录时看错行，经核对原件无误' }, 'jiaowu.lin');
    expect(await standing()).toMatchObject({ wrong: 1, overruled: 1, wrongIds: [] });
    expect((await refusal(check('skip-refused'))).codes).toEqual(['sample-error-rate']);
    expect(await draw()).toMatchObject({ whole: true, sampled: 5 });
    await enter(batch.recordIds.filter((id) => id !== first && id !== second).map(entryOf));
    expect(await check()).toMatchObject({ checked: 5 });
  });

  it('a simulation says whether entries can be read, and answers the same whatever the record says', async () => {
    const [first = ''] = await drawnIds();
    const before = await rowCounts(test);
    const simulate = (more: Partial<GivenEntry>) =>
      enter([{ ...entryOf(first), ...more }], 'jiaowu.he', { simulate: true });
    const right = await simulate({});
    expect(right).toEqual({ batchId: batch.batchId, entered: 1, results: [], simulated: true });
    expect(await simulate({ name: '赵别名', disciplineCode: '040106', certificateNumber: '1044742026000001' })).toEqual(
      right,
    );
    expect((await refusal(simulate({ conferralDate: '2026-13-01' }))).codes).toEqual(['date-impossible']);
    expect((await refusal(simulate({ sequence: 99 }))).codes).toEqual(['second-entry-unknown']);
    expect(await rowCounts(test)).toEqual(before);
    await enter([entryOf(first)]);
    expect((await refusal(simulate({}))).codes).toEqual(['second-entry-already-entered']);
  });

  it('a version is entered once, by whomever: a mismatch is not wiped by a second try; a corrected version is entered anew', async () => {
    const [first = '', second = ''] = await drawnIds();
    await enter([{ ...entryOf(first), name: '赵别名' }]);
    const [at, open] = [entryOf(first).sequence, entryOf(second).sequence];
    for (const as of ['jiaowu.he', 'jiaowu.lin']) {
      const refused = await enter([entryOf(first)], as).catch((error: unknown) => error);
      expect(refused).toMatchObject({
        violations: [
          {
            ...{ code: 'second-entry-already-entered', path: 'entries[0].sequence' },
            ...{ found: expect.stringMatching(new RegExp(`^${at} \\(2026-`)), expected: String(open) },
          },
        ],
      });
    }
    expect(await standing()).toMatchObject({ wrong: 1, overruled: 0, wrongIds: [first] });
    await correctRecord(test.callAs('jiaowu.cai'), {
      ...{ institution: HERE, recordId: first, expectedVersion: 1, changes: { thesisTitle: '小学整本书阅读研究' } },
    });
    expect(await enter([entryOf(first)])).toMatchObject({ entered: 1, results: [] });
    expect(await standing()).toMatchObject({ wrong: 1, overruled: 0, wrongIds: [] });
  });

  it('of two who enter one place at the same time one is refused', async () => {
    const [first = ''] = await drawnIds();
    const outcomes = await Promise.allSettled([
      enter([{ ...entryOf(first), name: '赵别名' }]),
      enter([entryOf(first)], 'jiaowu.lin'),
      enter([entryOf(first)]),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await test.world.db.prisma.examination.count({ where: { recordId: first } })).toBe(1);
  });

  it('where a finding of wrong came before blind entry was asked, an entry that agrees does not overrule it', async () => {
    await policy({ crossCheckSample: 40 });
    batch = await another(5);
    await draw();
    const [first = '', second = ''] = await drawnIds();
    await examine(first, WRONG);
    await examine(second);
    await policy({ crossCheckSample: 40, secondEntry: 'blind' });
    expect(await draw()).toMatchObject({ whole: true, sampled: 5 });
    await enter(batch.recordIds.map(entryOf));
    expect(await standing()).toMatchObject({ wrong: 1, overruled: 0, wrongIds: [first] });
    expect((await refusal(check())).codes).toEqual(['examined-wrong']);
  });

  it('as a table for many, with every wrong cell and row named and nothing kept', async () => {
    const upload = async (lines: string[][]) => {
      const head = SECOND_ENTRY_TEMPLATE.map(({ heading }) => heading);
      const bytes = new TextEncoder().encode([head, ...lines].map((cells) => cells.join(',')).join('\r\n'));
      const file = { institution: HERE, kind: 'second-entry' as const, name: '盲录.csv', bytes };
      return (await storeFile(test.callAs('jiaowu.he'), file)).digest;
    };
    const line = (id: string, more: Partial<GivenEntry> = {}) => {
      const entry = { ...entryOf(id), ...more };
      return SECOND_ENTRY_TEMPLATE.map(({ key }) => String(entry[key] ?? ''));
    };
    const ids = await drawnIds();
    const other = batch.recordIds.find((id) => !ids.includes(id)) ?? '';
    const bad = await upload([line(ids[0] ?? ''), line(other), line(ids[1] ?? '', { conferralDate: '2026-13-01' })]);
    const refused = await enterSecond(test.callAs('jiaowu.he'), { ...where(), fileDigest: bad }).catch(
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({
      violations: [
        { code: 'date-impossible', path: 'entries[4].conferralDate' },
        { code: 'second-entry-unknown', path: 'entries[3].sequence' },
      ],
    });
    expect(await test.world.db.prisma.examination.count({ where: { batchId: batch.batchId } })).toBe(0);
    const good = await upload(ids.map((id) => line(id)));
    expect(await enterSecond(test.callAs('jiaowu.he'), { ...where(), fileDigest: good })).toMatchObject({ entered: 2 });
    expect(await check()).toMatchObject({ checked: 5 });
  });

  it('is refused where nobody asked for it, twice for one person, with a number of somebody else, or without any entry', async () => {
    const [first = ''] = await drawnIds();
    expect((await refusal(enter([]))).codes).toEqual(['nothing-to-do']);
    expect((await refusal(enter([entryOf(first), entryOf(first)]))).codes).toEqual(['second-entry-unknown']);
    expect((await refusal(enter([{ ...entryOf(first), studentNumber: '1' }]))).codes).toEqual(['second-entry-unknown']);
    expect((await refusal(enter([entryOf(first)], 'jiaowu.cai'))).kind).toBe('Forbidden');
    await policy({ crossCheckSample: 40 });
    batch = await another(5);
    await draw();
    expect((await refusal(enter([entryOf((await drawnIds())[0] ?? '')]))).codes).toEqual(['second-entry-not-asked']);
  });
});
