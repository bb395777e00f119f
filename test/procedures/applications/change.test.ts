// Article 13, 15: what was filed changes only by a consented request, into exactly the version that was approved.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { GivenChange } from '../../../src/procedures/applications/change-case.ts';
import { declareInvalid } from '../../../src/procedures/applications/declare-invalid.ts';
import { draftChangeRequest } from '../../../src/procedures/applications/draft-change-request.ts';
import { withdrawApplication } from '../../../src/procedures/applications/withdraw-application.ts';
import { applicationBundle, recordBundle } from '../../../src/procedures/bundle.ts';
import { NotFound } from '../../../src/procedures/errors.ts';
import { verifyBundle } from '../../../src/sealing/verify/bundle.ts';
import { canonicalize } from '../../../src/sealing/verify/canonical.ts';
import {
  answer,
  bringCase,
  caseState,
  faults,
  filedWrong,
  HANDS,
  paper,
  refusedFor,
  theCase,
} from '../../support/cases.ts';
import { changes } from '../../support/changes.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { judged, run } from '../../support/outside.ts';
import { refusal } from '../../support/stages.ts';
import { HERE, type TestWorld } from '../../support/world.ts';

const shared = changes();
const { id, NEW_TITLE, TITLE, input, draft, consented, effect, record, pdfOf, steps } = shared;
let test: TestWorld;
let batch: Collected;
beforeEach(() => {
  ({ test, batch } = shared);
});

describe('Article 15: a consented change', () => {
  it('makes a new version of the filed record, and the old one stays readable', async () => {
    const before = await record();
    const applicationId = await consented();
    expect((await record()).row).toMatchObject({ version: 1, state: 'filed' });
    expect(await effect(applicationId)).toMatchObject({ records: 1 });
    const after = await record();
    expect(after.row).toMatchObject({ version: 2, state: 'filed', supplementary: false });
    expect(after.fields).toEqual({ ...before.fields, thesisTitle: NEW_TITLE });
    const old = await test.world.db.prisma.recordVersion.findFirstOrThrow({ where: { recordId: id() } });
    expect(old).toMatchObject({ version: 1, digest: before.row.digest, salt: before.row.salt });
    expect(old.content).toMatchObject({
      thesisTitle: before.fields.thesisTitle,
      identityNumber: before.row.identityNumber,
    });
    expect(await caseState(test, applicationId)).toBe('carried-out');
  });

  it('is the change that was approved: the same digest in the request, the sealed document and the sealed step', async () => {
    const applicationId = await consented();
    const { afterDigest } = await test.world.db.prisma.applicationRecord.findFirstOrThrow({ where: { applicationId } });
    await effect(applicationId);
    const last = (await steps(applicationId)).at(-1);
    const changed = last?.subjects.find(({ kind }) => kind === 'record');
    expect(last?.name).toBe('change');
    expect(changed).toMatchObject({ subjectId: id(), version: 2, digest: afterDigest });
    expect((await record()).row.digest).toBe(afterDigest);
  });

  judged(
    'pdfdetach',
    'the data attached to the sealed PDF bind the digest of the version to come, and the sealed step binds the data',
    async () => {
      const applicationId = await consented();
      const { directory, path } = await pdfOf(applicationId);
      run('pdfdetach', ['-saveall', '-o', directory, path]);
      const json = readdirSync(directory).find((name) => name.endsWith('.json')) ?? '';
      const data = JSON.parse(readFileSync(join(directory, json), 'utf8'));
      const seal = (await steps(applicationId)).find(({ name }) => name === 'seal-application');
      const dataDigest = createHash('sha256').update(canonicalize(data)).digest('hex');
      expect(JSON.parse(seal?.statement ?? '{}').facts.dataDigest).toBe(dataDigest);
      await effect(applicationId);
      expect(data.people[0]).toMatchObject({ recordId: id(), version: 1, digestAfter: (await record()).row.digest });
    },
  );

  it('is proved to somebody who trusts the root only: by the bundle of the record and by that of the case', async () => {
    const applicationId = await consented();
    await effect(applicationId);
    const bundle = await recordBundle(test.world, HERE, id());
    expect((await verifyBundle(bundle, { roots: [test.root.der] })).verdict).toBe('valid');
    const named = bundle.steps.map(({ statement }) => statement.step);
    expect(named.slice(-3)).toEqual(['draft-application', 'decide-application', 'change']);
    expect(JSON.stringify(bundle.subject)).toContain(NEW_TITLE);
    const proof = await applicationBundle(test.world, HERE, applicationId);
    expect((await verifyBundle(proof, { roots: [test.root.der] })).verdict).toBe('valid');
    expect(proof.steps.map(({ statement }) => [statement.step, statement.article])).toEqual([
      ['draft-application', '15'],
      ['check-application', '12'],
      ['approve-application', '12'],
      ['seal-application', '15'],
      ['dispatch-application', '15'],
      ['decide-application', '15'],
      ['change', '15'],
    ]);
  });

  judged('pdftotext', 'prints each field before and after with its evidence', async () => {
    const applicationId = await consented();
    const { path } = await pdfOf(applicationId);
    const text = run('pdftotext', [path, '-']).stdout.replaceAll(/\s/g, '');
    expect(text).toContain('论文题目');
    expect(text).toContain('小学语文整本书阅读教学研究');
    expect(text).toContain(NEW_TITLE);
    expect(text.indexOf('原备案信息')).toBeLessThan(text.indexOf('拟更改为'));
    expect(text).toContain('答辩决议复印件');
  });

  it('may empty an optional field, and take a name with the dot that people type', async () => {
    await filedWrong(test, id(), { phone: '13800001111', name: '错名' });
    const { name } = batch.fields[0] ?? { name: '' };
    const changes = [
      { field: 'phone', after: null, evidence: [1] },
      { field: 'name', after: name, evidence: [1] },
    ];
    await effect(await consented(changes));
    expect((await record()).fields).toMatchObject({ phone: null, name });
  });

  it('keeps the raw name beside the normalised one, in the version that was approved', async () => {
    const dotted = '阿依古丽\u00b7买买提';
    await filedWrong(test, id(), { name: '错名' });
    await test.world.db.pool.query('UPDATE "RosterEntry" SET "name" = $1 WHERE "certificateNumber" = $2', [
      dotted,
      batch.fields[0]?.certificateNumber,
    ]);
    await test.world.db.pool.query('UPDATE "EnrolmentRecord" SET "name" = $1 WHERE "studentNumber" = $2', [
      dotted,
      batch.fields[0]?.studentNumber,
    ]);
    await effect(await consented([{ field: 'name', after: '阿依古丽\u2022买买提', evidence: [1] }]));
    expect((await record()).fields).toMatchObject({ name: dotted, nameRaw: '阿依古丽\u2022买买提' });
  });
});

describe('Article 9, 13: what a change may not do', () => {
  it.each<[string, GivenChange, string[]]>([
    [
      'a key field against the roster',
      { field: 'name', after: '王小二', evidence: [1] },
      ['roster-mismatch@records[0].changes.name', 'enrolment-mismatch@records[0].changes.name'],
    ],
    [
      'a conferral date that the roster does not have',
      { field: 'conferralDate', after: '2026-06-19', evidence: [1] },
      ['roster-mismatch@records[0].changes.conferralDate'],
    ],
    [
      'another resolution number',
      { field: 'resolutionNumber', after: '聊大学位〔2026〕999号', evidence: [1] },
      ['resolution-mismatch@records[0].changes.resolutionNumber'],
    ],
    [
      'a value that the enrolment record contradicts',
      { field: 'ethnicity', after: '03', evidence: [1] },
      ['enrolment-mismatch@records[0].changes.ethnicity'],
    ],
    [
      'a code that is in no table',
      { field: 'politicalStatus', after: '77', evidence: [1] },
      ['code-unknown@records[0].changes.politicalStatus'],
    ],
    [
      'a month that does not exist',
      { field: 'admissionMonth', after: '2022-13', evidence: [1] },
      ['month-impossible@records[0].changes.admissionMonth'],
    ],
    [
      'a day that does not exist',
      { field: 'birthDate', after: '2004-02-30', evidence: [1] },
      ['date-impossible@records[0].changes.birthDate'],
    ],
    [
      'an identity number with a wrong check character',
      { field: 'identityNumber', after: '371502200403120010', evidence: [1] },
      ['identity-check-character@records[0].changes.identityNumber'],
    ],
    [
      'a field that is no field',
      { field: 'grade', after: '1', evidence: [1] },
      ['field-not-of-level@records[0].changes.grade'],
    ],
    [
      'a word of the language',
      { field: 'constructor', after: '1', evidence: [1] },
      ['field-not-of-level@records[0].changes.constructor'],
    ],
    [
      'a field of another level',
      { field: 'applicationNumber', after: '37001', evidence: [1] },
      ['field-not-of-level@records[0].changes.applicationNumber'],
    ],
    [
      'the photo by hand',
      { field: 'photoDigest', after: '0'.repeat(64), evidence: [1] },
      ['field-not-of-level@records[0].changes.photoDigest'],
    ],
    [
      'a field that stays as it is',
      { field: 'thesisTitle', after: '小学语文整本书阅读教学研究', evidence: [1] },
      ['correction-changes-nothing@records[0].changes.thesisTitle'],
    ],
    [
      'a mandatory field to be emptied',
      { field: 'thesisTitle', after: '', evidence: [1] },
      ['field-missing@records[0].changes.thesisTitle'],
    ],
    [
      'a change without evidence',
      { ...TITLE, evidence: [] },
      ['change-without-evidence@records[0].changes.thesisTitle'],
    ],
    [
      'evidence that is not attached',
      { ...TITLE, evidence: [2] },
      ['change-evidence-unknown@records[0].changes.thesisTitle'],
    ],
    [
      'evidence by half a number',
      { ...TITLE, evidence: [0.5] },
      ['change-evidence-unknown@records[0].changes.thesisTitle'],
    ],
  ])('%s', async (_, change, expected) => {
    const found = await faults(draft([change]));
    expect(found).toEqual(expect.arrayContaining(expected));
  });

  it('no field at all, or one field twice', async () => {
    expect(await faults(draft([]))).toEqual(['correction-changes-nothing@records[0].changes']);
    expect(await faults(draft([TITLE, { ...TITLE, after: '另一题目' }]))).toEqual([
      'change-field-twice@records[0].changes.thesisTitle',
    ]);
  });

  it('lead away from the enrolment record, so that nobody compares any more', async () => {
    const free = '2022999999';
    await filedWrong(test, id(), { studentNumber: '2022888888' });
    await test.world.db.pool.query('UPDATE "RosterEntry" SET "studentNumber" = $1 WHERE "certificateNumber" = $2', [
      free,
      batch.fields[0]?.certificateNumber,
    ]);
    const changes = [
      { field: 'studentNumber', after: free, evidence: [1] },
      { field: 'identityNumber', after: '37150220040312901X', evidence: [1] },
    ];
    const [first] = await refusedFor(draft(changes)).then((all) =>
      all.filter(({ code }) => code.startsWith('enrolment')),
    );
    expect(first).toMatchObject({ article: '9', path: 'records[0].changes.studentNumber' });
  });

  it('every refusal says under which article, what was found and what is expected', async () => {
    const found = await refusedFor(draft([{ field: 'name', after: '王小二', evidence: [3] }]));
    for (const one of found)
      expect(one, one.code).toMatchObject({ found: expect.any(String), expected: expect.any(String) });
    expect(found.map(({ code, article }) => `${code} ${article}`)).toEqual([
      'change-evidence-unknown 15',
      'roster-mismatch 9',
      'enrolment-mismatch 9',
    ]);
    const few = draftChangeRequest(test.callAs(HANDS.drafter), {
      ...input([]),
      ...{ reason: '错了', finding: '', evidence: [{ title: ' ', fileDigest: 'x' }] },
    });
    expect(new Set((await refusedFor(few)).map(({ article }) => article))).toEqual(new Set(['15']));
  });

  it('does not tell an officer of another category what a record holds (article 4)', async () => {
    const { name } = batch.fields[0] ?? { name: '' };
    const probe = { ...input([{ recordId: id(), changes: [{ field: 'name', after: name, evidence: [1] }] }]) };
    const graduate = test.callAs('yanjiu.cai');
    expect(await faults(draftChangeRequest(graduate, { ...probe, category: 'academic-master' }))).toEqual([
      'application-mixed-categories@records[0].category',
    ]);
    expect((await refusal(draftChangeRequest(graduate, probe))).kind).toBe('Forbidden');
    const there = draftChangeRequest(test.callAs('donghai.cai'), { ...probe, institution: '10999' });
    await expect(there).rejects.toBeInstanceOf(NotFound);
  });

  it('a record that is not filed', async () => {
    test.setClock('2026-06-23');
    const fresh = await collectedBatch(test, 1);
    test.setClock('2026-08-03');
    const [first] = await refusedFor(draft([TITLE], fresh.recordIds[0]));
    expect(first).toMatchObject({
      code: 'application-record-not-filed',
      article: '13',
      found: '已采集',
      expected: '已备案',
    });
  });
});

describe('a person in one application only', () => {
  it('until it is refused, withdrawn or carried out', async () => {
    const first = await draft();
    expect(await faults(draft())).toEqual(['application-record-in-other@records[0]']);
    await withdrawApplication(test.callAs(HANDS.drafter), theCase(first.applicationId));
    const second = await draft();
    expect(second.caseNumber).not.toBe(first.caseNumber);
    await bringCase(test, second.applicationId, 'dispatched');
    expect(await faults(draft())).toEqual(['application-record-in-other@records[0]']);
    await answer(test, second.applicationId, 'refuse');
    expect((await record()).row.version).toBe(1);
    const third = await consented();
    expect(await faults(draft())).toContain('application-record-in-other@records[0]');
    await effect(third);
    await draft([{ ...TITLE, after: '第二次更改后的题目' }]);
  });

  it('two cases at once: the second one is refused, not lost', async () => {
    const both = await Promise.allSettled([draft(), draft()]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const rejected = both.find((one) => one.status === 'rejected');
    expect(await faults(Promise.reject(rejected?.reason))).toEqual(['application-record-in-other@records[0]']);
  });
});

describe('a record that moved on between the draft and the effect', () => {
  it('stops the case at its next step', async () => {
    const applicationId = await consented();
    await filedWrong(test, id(), { thesisKeywords: '整本书阅读；对策' });
    const [first] = await refusedFor(effect(applicationId));
    expect(first).toMatchObject({
      ...{ code: 'application-record-moved-on', path: 'records[0].version', article: '15', found: '2', expected: '1' },
    });
    expect(await caseState(test, applicationId)).toBe('consented');
    expect((await record()).row.version).toBe(2);
  });

  it('also before the check, the approval and the seal', async () => {
    for (const state of ['checked', 'approved', 'sealed'] as const) {
      const at = ['checked', 'approved', 'sealed'].indexOf(state);
      const { applicationId } = await draft([TITLE], id(at));
      if (at > 0) await bringCase(test, applicationId, at === 1 ? 'checked' : 'approved');
      await filedWrong(test, id(at), { thesisKeywords: '整本书阅读；对策' });
      expect(await faults(bringCase(test, applicationId, state))).toEqual([
        'application-record-moved-on@records[0].version',
      ]);
    }
  });

  it('a certificate declared invalid in between: the consent can be given back, and the others are free', async () => {
    const records = [0, 1].map((at) => ({ recordId: id(at), changes: [TITLE] }));
    const { applicationId } = await draftChangeRequest(test.callAs(HANDS.drafter), input(records));
    await bringCase(test, applicationId, 'consented');
    const fileDigest = await paper(test, HANDS.province, 'declaration');
    const why = { reason: '教育主管部门认定入学资格系冒名取得', documentNumber: '鲁教函〔2026〕7号', on: '2026-08-01' };
    await declareInvalid(test.callAs(HANDS.province), { institution: HERE, recordId: id(), ...why, fileDigest });
    expect((await refusal(effect(applicationId))).codes).toEqual(['application-record-ended', 'stage-skipped']);
    expect((await record(id(1))).row.version).toBe(1);
    await withdrawApplication(test.callAs(HANDS.drafter), theCase(applicationId));
    await draft([TITLE], id(1));
  });
});
