// Which stored files an officer may have (R4.2): those that something they see rests on. Uploaded tables of people are never given back.
import type { StepName } from '../../regulation/steps.ts';
import { datasetOfPaper } from '../../store/datasets/destruction-papers.ts';
import type { FileFacts } from '../../store/stored-files.ts';
import { applicationScope, paperScope } from '../applications/application-access.ts';
import type { Actor, World } from '../call.ts';
import { datasetScope } from '../datasets/dataset-scope.ts';
import { institutionScope, policyScope, templateScope } from '../offices/house-access.ts';
import { enrolmentScope, formCheckScope, recordScope } from '../read-access.ts';
import { resolutionScope, revocationResolutionScope, rosterStrikeScope } from '../resolutions/resolution-access.ts';
import { declassificationScope } from '../secrecy/secrecy-access.ts';
import { studentWordScope } from '../student/student-word-access.ts';
import type { FileKind } from './file-kinds.ts';

type Reads = World['db']['prisma'];

/** A file as it is asked for, and whether something rests on it that the officer sees. */
interface Asked {
  readonly db: Reads;
  readonly actor: Actor;
  readonly institution: string;
  readonly digest: string;
}

/** Facts of a file that the officer may have, without its bytes; null when there is none or they may not. */
export async function findVisibleFile(
  world: Pick<World, 'db'>,
  actor: Actor,
  institution: string,
  digest: string,
): Promise<FileFacts | null> {
  const db = world.db.prisma;
  const found = await db.storedFile.findUnique({
    where: { institution_digest: { institution, digest } },
    select: { institution: true, digest: true, kind: true, name: true, mediaType: true, size: true },
  });
  if (!found) return null;
  const asked = { db, actor, institution, digest };
  // The same bytes may be two things, so every place is asked, not only that of the kind under which they came first.
  const seen = await Promise.all([
    inResolution(asked),
    inCase(asked),
    found.kind === 'photo' ? onRecord(asked) : null,
    found.kind === 'certificate-background' ? inTemplate(asked) : null,
    ...inReview(asked),
    ...inEnd(asked),
    inPolicy(asked),
    inDeclassification(asked),
    ...inStudentWord(asked),
    ...inDataset(asked),
    STEPS_WITH[found.kind as FileKind] ? inStepOfCase(asked, STEPS_WITH[found.kind as FileKind] ?? []) : null,
  ]);
  return seen.some((row) => row !== null) ? found : null;
}

/** The scan or, for who sees it whole, the roster of a conferral resolution; the scan of a revocation resolution. */
async function inResolution({ db, actor, institution, digest }: Asked): Promise<object | null> {
  const wholeRoster =
    actor.institution === null || actor.officeKind === 'degree-office' || actor.duties.includes('audit');
  const files = [{ scanDigest: digest }, ...(wholeRoster ? [{ rosterDigest: digest }] : [])];
  const conferral = await db.resolution.findFirst({
    where: { AND: [resolutionScope(actor), { institution, OR: files }] },
    select: { id: true },
  });
  if (conferral) return conferral;
  return db.revocationResolution.findFirst({
    where: { AND: [revocationResolutionScope(actor), { institution, scanDigest: digest }] },
    select: { id: true },
  });
}

/** Any document sealed for a case, the decision of any round, a proof of delivery, evidence. */
async function inCase({ db, actor, institution, digest }: Asked): Promise<object | null> {
  const application = paperScope(actor);
  const select = { institution: true };
  const seen = await Promise.all([
    db.applicationDocument.findFirst({ where: { institution, pdfDigest: digest, application }, select }),
    db.applicationDecision.findFirst({ where: { institution, fileDigest: digest, application }, select }),
    db.dispatch.findFirst({ where: { institution, proofDigest: digest, of: { application } }, select }),
    // Decisions from before decisions were kept one by one.
    db.writtenApplication.findFirst({
      where: { AND: [application, { institution, decisionFileDigest: digest }] },
      select,
    }),
    db.evidence.findFirst({
      where: { institution, fileDigest: digest, application: applicationScope(actor) },
      select,
    }),
  ]);
  return seen.find((row) => row !== null) ?? null;
}

function onRecord({ db, actor, institution, digest }: Asked): Promise<object | null> {
  return db.degreeRecord.findFirst({
    where: { AND: [recordScope(actor), { institution, photoDigest: digest }] },
    select: { id: true },
  });
}

/** The background of a certificate template. */
function inTemplate({ db, actor, institution, digest }: Asked): Promise<object | null> {
  const layout = { path: ['background', 'fileDigest'], equals: digest };
  return db.certificateTemplate.findFirst({
    where: { AND: [templateScope(actor), { institution, layout }] },
    select: { id: true },
  });
}

/** The feedback of a form check, the evidence of an answer to a reason of review, the notice of an arrangement of holidays. */
function inReview({ db, actor, institution, digest }: Asked): Promise<object | null>[] {
  return [
    db.formCheck.findFirst({
      where: { AND: [formCheckScope(actor), { institution, fileDigest: digest }] },
      select: { id: true },
    }),
    db.reviewReason.findFirst({
      where: { institution, answerEvidence: digest, record: recordScope(actor) },
      select: { id: true },
    }),
    db.institution
      .findFirst({ where: { AND: [institutionScope(actor), { code: institution }] } })
      .then((seen) =>
        seen === null
          ? null
          : db.calendarDay.findFirst({ where: { institution, noticeDigest: digest }, select: { date: true } }),
      ),
  ];
}

/** The declaration that a certificate is invalid, and the resolution that corrects a roster. */
function inEnd({ db, actor, institution, digest }: Asked): Promise<object | null>[] {
  return [
    db.recordEnd.findFirst({
      where: { institution, fileDigest: digest, state: 'declared-invalid', record: recordScope(actor) },
      select: { recordId: true },
    }),
    db.rosterStrike.findFirst({
      where: { AND: [rosterStrikeScope(actor), { institution, fileDigest: digest }] },
      select: { sequence: true },
    }),
  ];
}

/** What an act that sets a policy rests on. */
function inPolicy({ db, actor, institution, digest }: Asked): Promise<object | null> {
  return db.policy.findFirst({
    where: { AND: [policyScope(actor), { institution, basisDigest: digest }] },
    select: { id: true },
  });
}

/** The approval of a declassification, or the paper of its withdrawal. */
async function inDeclassification({ db, actor, institution, digest }: Asked): Promise<object | null> {
  const declassification = declassificationScope(actor);
  const approval = await db.declassification.findFirst({
    where: { AND: [declassification, { institution, scanDigest: digest }] },
    select: { id: true },
  });
  if (approval) return approval;
  return db.declassificationWithdrawal.findFirst({
    where: { institution, scanDigest: digest, declassification },
    select: { on: true },
  });
}

/** What a student handed in with a dispute or correction request, or signed on paper. */
function inStudentWord({ db, actor, institution, digest }: Asked): Promise<object | null>[] {
  const where = { AND: [studentWordScope(actor), { institution, evidence: { has: digest } }] };
  return [
    db.studentDispute.findFirst({ where, select: { id: true } }),
    db.correctionRequest.findFirst({ where, select: { id: true } }),
    db.studentConfirmation.findFirst({
      where: {
        ...{ institution, fileDigest: digest },
        OR: [{ record: recordScope(actor) }, { enrolmentRecord: enrolmentScope(actor) }],
      },
      select: { id: true },
    }),
  ];
}

/** The agreement of an analysis dataset, what is to be published of it, or the certificate of its destruction. */
function inDataset({ db, actor, institution, digest }: Asked): Promise<object | null>[] {
  const select = { id: true };
  return [
    datasetOfPaper(db, institution, digest).then((id) =>
      id === null ? null : db.dataset.findFirst({ where: { AND: [datasetScope(actor), { institution, id }] }, select }),
    ),
    db.dataset.findFirst({
      where: { AND: [datasetScope(actor), { institution, agreementDigest: digest }] },
      select,
    }),
    db.datasetPublication.findFirst({
      where: { AND: [datasetScope(actor), { institution, documentDigest: digest }] },
      select,
    }),
  ];
}

/** Kinds of files that a case may hold no more because it was written anew: sealed steps name them for good. */
const STEPS_WITH: Partial<Record<FileKind, readonly StepName[]>> = {
  evidence: ['seal-application'],
  'degree-review': ['record-degree-review'],
};

/** A sealed step about a case that the officer sees, and that rests on the file. */
async function inStepOfCase(
  { db, actor, institution, digest }: Asked,
  names: readonly StepName[],
): Promise<object | null> {
  const steps = await db.step.findMany({
    where: { institution, name: { in: [...names] }, statement: { contains: digest } },
    select: { subjects: { where: { kind: 'application' }, select: { subjectId: true } } },
  });
  const ids = steps.flatMap(({ subjects }) => subjects.map(({ subjectId }) => subjectId));
  if (ids.length === 0) return null;
  return db.writtenApplication.findFirst({
    where: { AND: [paperScope(actor), { institution, id: { in: ids } }] },
    select: { id: true },
  });
}
