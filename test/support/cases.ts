// For tests of the steps of a written application: filed records, some of them wrong, and a case that the test drafts brought from hand to
// hand. Who only needs that a case was drafted, dispatched or carried out takes it whole from written-cases.ts.
import { expect } from 'vitest';
import { approveApplication } from '../../src/procedures/applications/approve-application.ts';
import { checkApplication } from '../../src/procedures/applications/check-application.ts';
import { decideApplication } from '../../src/procedures/applications/decide-application.ts';
import { dispatchApplication } from '../../src/procedures/applications/dispatch-application.ts';
import { sealApplication } from '../../src/procedures/applications/seal-application.ts';
import { Forbidden, Refused } from '../../src/procedures/errors.ts';
import type { FileKind } from '../../src/procedures/files/file-kinds.ts';
import { storeFile } from '../../src/procedures/files/store-file.ts';
import { perform } from '../../src/procedures/perform.ts';
import { commitFields } from '../../src/procedures/records/commit-record.ts';
import { fileBatch } from '../../src/procedures/reporting/filing.ts';
import { reviewBatch } from '../../src/procedures/reporting/review.ts';
import { todayOf } from '../../src/procedures/situation.ts';
import { targetIn } from '../../src/procedures/target.ts';
import type { Decision } from '../../src/regulation/applications/applications.ts';
import { recipientsOf } from '../../src/regulation/applications/applications.ts';
import type { RecordFields } from '../../src/regulation/record/record.ts';
import type { Violation } from '../../src/regulation/violations.ts';
import type { Addressee, ApplicationKind, Category } from '../../src/regulation/vocabulary.ts';
import { verifyBundle } from '../../src/sealing/verify/bundle.ts';
import type { Bundle } from '../../src/sealing/verify/bundle-format.ts';
import { inTransaction } from '../../src/store/database/transaction.ts';
import { takeNumbers } from '../../src/store/records/certificate-numbers.ts';
import { reviseRecords } from '../../src/store/records/record-versions.ts';
import { toFields } from '../../src/store/records/records.ts';
import { type Collected, collectedBatch } from './collected.ts';
import { scanPdf } from './sample-files.ts';
import { bringTo, rowCounts } from './stages.ts';
import { HERE, type TestWorld } from './world.ts';

/** Who takes which step of a case of the academic affairs office. */
export const HANDS = {
  drafter: 'jiaowu.cai',
  checker: 'jiaowu.he',
  head: 'jiaowu.zhang',
  degreeOffice: 'xuewei.guan',
  province: 'sheng.shen',
} as const;

/** Collects people and brings them to filing by the 27th of June; their certificate numbers are taken. */
export async function filedBatch(test: TestWorld, count: number): Promise<Collected> {
  test.setClock('2026-06-23');
  const batch = await collectedBatch(test, count);
  await inTransaction(test.world.db, async (tx) => {
    const taken = batch.recordIds.map((recordId, at) => ({
      ...{ recordId, number: batch.fields[at]?.certificateNumber ?? '' },
    }));
    await takeNumbers(tx, HERE, taken, test.world.now());
  });
  await bringTo(test, batch, 'reported-upward');
  const where = { institution: HERE, batchId: batch.batchId };
  await reviewBatch(test.callAs(HANDS.province), where);
  await fileBatch(test.callAs(HANDS.province), where);
  return batch;
}

/** Makes a filed record hold other values than it should, as if it had been filed so, sealed step and all. */
export async function filedWrong(test: TestWorld, recordId: string, wrong: Partial<RecordFields>): Promise<void> {
  const call = test.callAs(HANDS.province);
  await perform(call, 'filing', HERE, { recordId }, async (tx) => {
    const row = await tx.degreeRecord.findFirstOrThrow({ where: { id: recordId } });
    const fields = { ...toFields(row, test.world.cipher), ...wrong };
    const revision = { row, fields, committed: commitFields(fields) };
    const subjects = await reviseRecords(tx, HERE, [revision], test.world.now(), test.world);
    const number = wrong.certificateNumber;
    if (number) await takeNumbers(tx, HERE, [{ number, recordId }], test.world.now());
    return {
      target: await targetIn(tx, HERE, row.category as Category),
      ...{ violations: [], subjects, facts: {} },
      save: async () => ({ recordId }),
    };
  });
}

/** Uploads a small PDF of a kind; different texts give different files. */
export async function paper(test: TestWorld, as: string, kind: FileKind, text: string = kind): Promise<string> {
  const input = { institution: HERE, kind, name: `${kind}.pdf`, bytes: scanPdf(text) };
  return (await storeFile(test.callAs(as), input)).digest;
}

/** A case as steps name it. */
export const theCase = (applicationId: string) => ({ institution: HERE, applicationId });

/** Sends the sealed document to one addressee, today: to the province in the system, to others by registered mail with its proof. */
export async function sendTo(test: TestWorld, applicationId: string, addressee: Addressee) {
  const dispatchedOn = todayOf(test.world);
  const how =
    addressee === 'provincial-office'
      ? { channel: 'in-system' as const }
      : {
          ...{ channel: 'registered-mail' as const, receipt: `XA${addressee.length}0001` },
          proofDigest: await paper(test, HANDS.degreeOffice, 'delivery-proof'),
        };
  const input = { ...theCase(applicationId), addressee, dispatchedOn, ...how };
  return dispatchApplication(test.callAs(HANDS.degreeOffice), input);
}

/** The province's answer, with a document of its own. */
export async function answer(
  test: TestWorld,
  applicationId: string,
  decision: Decision,
  decisionNumber = '鲁学位办〔2026〕21号',
) {
  const decisionDigest = await paper(test, HANDS.province, 'decision', decisionNumber);
  const reason = decision === 'consent' ? undefined : '证明材料不足，请补充后再报。';
  const input = { ...theCase(applicationId), decision, decisionNumber, decisionDigest, reason };
  return decideApplication(test.callAs(HANDS.province), input);
}

const WAY = ['checked', 'approved', 'sealed', 'dispatched', 'consented'] as const;

/** Brings a drafted case on to a state by the hands of the sample officers. */
export async function bringCase(test: TestWorld, applicationId: string, to: (typeof WAY)[number]): Promise<void> {
  const { kind, state } = await test.world.db.prisma.writtenApplication.findFirstOrThrow({
    where: { id: applicationId },
  });
  const it = theCase(applicationId);
  const steps: Record<(typeof WAY)[number], () => Promise<unknown>> = {
    checked: () => checkApplication(test.callAs(HANDS.checker), it),
    approved: () => approveApplication(test.callAs(HANDS.head), it),
    sealed: () => sealApplication(test.callAs(HANDS.degreeOffice), it),
    dispatched: async () => {
      for (const addressee of recipientsOf(kind as ApplicationKind)) await sendTo(test, applicationId, addressee);
    },
    consented: () => answer(test, applicationId, 'consent'),
  };
  const from = (WAY as readonly string[]).indexOf(state) + 1;
  for (const step of WAY.slice(from, WAY.indexOf(to) + 1)) await steps[step]();
}

/** The state that a case is in. */
export async function caseState(test: TestWorld, applicationId: string): Promise<string> {
  const found = await test.world.db.prisma.writtenApplication.findFirstOrThrow({ where: { id: applicationId } });
  return found.state;
}

/** Runs a simulated call, which must change no table, and no row that a case or record stands in. */
export async function simulated(
  test: TestWorld,
  call: () => Promise<{ stepId: string | null; simulated: boolean }>,
): Promise<void> {
  const state = async () => [
    await rowCounts(test),
    await test.world.db.prisma.writtenApplication.findMany({ orderBy: { id: 'asc' } }),
    await test.world.db.prisma.degreeRecord.findMany({ orderBy: { id: 'asc' } }),
    await test.world.db.prisma.applicationRecord.findMany({ orderBy: { recordId: 'asc' } }),
  ];
  const before = await state();
  const { stepId, simulated: only } = await call();
  if (stepId !== null || !only) throw new Error('it was not simulated');
  const after = await state();
  if (JSON.stringify(after) !== JSON.stringify(before)) throw new Error('a simulation wrote something');
}

/** What of a degree holder stands in some sealed statement; nothing may. */
export async function peopleInLog(test: TestWorld, people: readonly RecordFields[]): Promise<string[]> {
  const log = (await test.world.db.prisma.step.findMany()).map(({ statement }) => statement).join('\n');
  const personal = people.flatMap((one) => [
    one.name,
    one.identityNumber,
    one.studentNumber,
    one.certificateNumber,
    one.birthDate,
  ]);
  return personal.flatMap((value) => (value && log.includes(value) ? [value] : []));
}

/** Everything that a refused call is refused for. */
export async function refusedFor(call: Promise<unknown>): Promise<readonly Violation[]> {
  const error = await call.then(
    () => new Error('it was not refused'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof Refused || error instanceof Forbidden) return error.violations;
  throw error;
}

/** The same as `code@path`, as they come. */
export async function faults(call: Promise<unknown>): Promise<string[]> {
  return (await refusedFor(call)).map(({ code, path }) => `${code}@${path}`);
}

/** Verifies a bundle whose subject has ended: everything in it holds, and that is the only thing that is said against it. */
export async function provedButEnded(test: TestWorld, bundle: Bundle): Promise<void> {
  const verdict = await verifyBundle(bundle, { roots: [test.root.der] });
  expect(verdict.checks.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name)).toEqual(['stands']);
  expect(verdict.verdict).toBe('not-valid');
}
