// Three filed people one of whom is to be changed, for the tests of changes: asked for, consented to, carried out.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { GivenChange } from '../../src/procedures/applications/change-case.ts';
import { changeRecords } from '../../src/procedures/applications/change-records.ts';
import { draftChangeRequest } from '../../src/procedures/applications/draft-change-request.ts';
import { toFields } from '../../src/store/records/records.ts';
import { readBytes } from '../../src/store/stored-files.ts';
import { bringCase, filedBatch, HANDS, paper, theCase } from './cases.ts';
import type { Collected } from './collected.ts';
import { HERE, type TestWorld, testWorld } from './world.ts';

/** A world of its own for a test file, and three filed people anew before each test; `shared.batch` and the like are those of the test. */
export function changes() {
  let test: TestWorld;
  let batch: Collected;
  let evidence: string;
  beforeAll(async () => {
    test = await testWorld();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    batch = await filedBatch(test, 3);
    test.setClock('2026-08-03');
    evidence = await paper(test, HANDS.drafter, 'evidence');
  });

  const id = (at = 0) => batch.recordIds[at] ?? '';
  const NEW_TITLE = '小学语文整本书阅读教学的现状与对策';
  const TITLE: GivenChange = { field: 'thesisTitle', after: NEW_TITLE, evidence: [1] };
  const input = (records: { recordId: string; changes: GivenChange[] }[]) => ({
    institution: HERE,
    category: 'regular-bachelor' as const,
    reason: '该生论文题目在上报时误用开题时的题目，与答辩通过的题目不一致。',
    finding: '经核对答辩决议，情况属实。',
    contactName: '张海燕',
    contactPhone: '0635-8230000',
    evidence: [{ title: '答辩决议复印件', fileDigest: evidence }],
    records,
  });
  const draft = (changes: GivenChange[] = [TITLE], recordId = id()) =>
    draftChangeRequest(test.callAs(HANDS.drafter), input([{ recordId, changes }]));
  const consented = async (changes: GivenChange[] = [TITLE], recordId = id()) => {
    const { applicationId } = await draft(changes, recordId);
    await bringCase(test, applicationId, 'consented');
    return applicationId;
  };
  const effect = (applicationId: string) => changeRecords(test.callAs(HANDS.drafter), theCase(applicationId));
  const record = async (recordId = id()) => {
    const row = await test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id: recordId } });
    return { row, fields: toFields(row, test.world.cipher) };
  };
  const pdfOf = async (applicationId: string) => {
    const { pdfDigest } = await test.world.db.prisma.writtenApplication.findFirstOrThrow({
      where: { id: applicationId },
    });
    const bytes = await readBytes(test.world.db.prisma, HERE, pdfDigest ?? '', test.world.cipher);
    const directory = mkdtempSync(join(tmpdir(), 'vermilion-'));
    const path = join(directory, 'request.pdf');
    writeFileSync(path, bytes ?? new Uint8Array());
    return { directory, path };
  };
  const steps = (applicationId: string) =>
    test.world.db.prisma.step.findMany({
      where: { subjects: { some: { subjectId: applicationId } } },
      orderBy: { leafIndex: 'asc' },
      include: { subjects: true },
    });
  return {
    get test() {
      return test;
    },
    get batch() {
      return batch;
    },
    get evidence() {
      return evidence;
    },
    id,
    NEW_TITLE,
    TITLE,
    input,
    draft,
    consented,
    effect,
    record,
    pdfOf,
    steps,
  };
}
