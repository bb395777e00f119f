// Which stored files an officer may have (R4.2): those that something they see rests on. Uploaded tables of people are never given back.
import type { StepName } from '../../regulation/steps.ts';
import { keysOf } from '../../regulation/vocabulary.ts';
import { datasetOfPaper } from '../../store/datasets/destruction-papers.ts';
import { type FileFacts, findFile, neutralName } from '../../store/kept-files.ts';
import { applicationScope, paperScope } from '../applications/application-access.ts';
import type { Actor, World } from '../call.ts';
import { datasetScope } from '../datasets/dataset-scope.ts';
import { institutionScope, policyScope, templateScope } from '../offices/house-access.ts';
import { enrolmentScope, formCheckScope, recordScope } from '../read-access.ts';
import { resolutionScope, revocationResolutionScope, rosterStrikeScope } from '../resolutions/resolution-access.ts';
import { declassificationScope } from '../secrecy/secrecy-access.ts';
import { studentWordScope } from '../student/student-word-access.ts';
import { FILE_KINDS, type FileKind } from './file-kinds.ts';

type Reads = World['db']['prisma'];

/** A file as it is asked for, and who asks. */
interface Asked {
  readonly db: Reads;
  readonly actor: Actor;
  readonly institution: string;
  readonly digest: string;
}

/** As what a file may be seen: what was uploaded, or what the register made of its own. */
export type SeenKind = FileKind | 'issued-document' | 'photo';

/** Where files of a kind are used. Kinds that are not here are never given back. */
const USES: Partial<Record<SeenKind, (asked: Asked) => Promise<object | null>>> = {
  'resolution-scan': (asked) => inResolution(asked, 'scanDigest'),
  roster: (asked) => (seesWholeRoster(asked.actor) ? inResolution(asked, 'rosterDigest') : Promise.resolve(null)),
  'revocation-resolution-scan': inRevocationResolution,
  'issued-document': (asked) => first(inDocument(asked), inDestruction(asked)),
  decision: inDecision,
  'delivery-proof': inDispatch,
  evidence: (asked) => first(inEvidence(asked), inAnswer(asked), inStepOfCase(asked, 'seal-application')),
  'student-evidence': (asked) => first(inEvidence(asked), ...inStudentWord(asked)),
  'degree-review': (asked) => inStepOfCase(asked, 'record-degree-review'),
  photo: onRecord,
  'certificate-background': inTemplate,
  'form-check': inFormCheck,
  'calendar-notice': inCalendar,
  declaration: inDeclaration,
  'roster-correction': inRosterStrike,
  'policy-basis': inPolicy,
  declassification: inDeclassification,
  'dataset-agreement': inDataset,
  'dataset-publication': inPublication,
};

/** Whether a text names a kind as which files may be seen. */
export function isSeenKind(kind: string): kind is SeenKind {
  return Object.hasOwn(USES, kind);
}

/**
 * Facts of a file that the officer may have, without its bytes; null when there is none or they may not. The same bytes may be several
 * things, and of each one sees what one sees of its own uses: that one has uploaded them opens nothing.
 * @param kind as what it is asked for; as anything when not given
 */
export async function findVisibleFile(
  world: Pick<World, 'db'>,
  actor: Actor,
  { institution, digest, kind }: { readonly institution: string; readonly digest: string; readonly kind?: SeenKind },
): Promise<FileFacts | null> {
  const db = world.db.prisma;
  const asked = { db, actor, institution, digest };
  const entries = await db.keptFile.findMany({
    where: { institution, digest, ...(kind ? { kind: { in: kindsOf(kind) } } : {}) },
    select: { kind: true },
  });
  const given = kind && entries.length > 0 ? [kind] : entries.map((entry) => entry.kind);
  const kinds = [...new Set(given)].filter(isSeenKind);
  const seen = await Promise.all(kinds.map(async (each) => ((await USES[each]?.(asked)) ? each : null)));
  const found = keysOf(USES).find((each) => seen.includes(each));
  return found ? fileAs(db, { institution, digest, kind: found }) : null;
}

/** As what bytes may have been given that are seen as a kind: what a student handed in is evidence of the case that it became. */
function kindsOf(kind: SeenKind): SeenKind[] {
  return kind === 'evidence' ? [kind, 'student-evidence'] : [kind];
}

/** A file as what it is, under a name that says nothing of who uploaded it: others may have uploaded the same bytes. */
export async function fileAs(
  db: Pick<Reads, 'keptFile'>,
  { institution, digest, kind }: { readonly institution: string; readonly digest: string; readonly kind: SeenKind },
): Promise<FileFacts | null> {
  const file = await findFile(db, { institution, digest, kinds: kindsOf(kind), by: 'register' });
  if (!file || kind === 'issued-document' || kind === 'photo') return file;
  return { ...file, name: `${FILE_KINDS[kind].zh}-${neutralName(file)}` };
}

/** The first that is there. */
async function first(...works: readonly Promise<object | null>[]): Promise<object | null> {
  return (await Promise.all(works)).find((row) => row !== null) ?? null;
}

function seesWholeRoster({ institution, officeKind, duties }: Actor): boolean {
  return institution === null || officeKind === 'degree-office' || duties.includes('audit');
}

function inResolution({ db, actor, institution, digest }: Asked, column: 'scanDigest' | 'rosterDigest') {
  return db.resolution.findFirst({
    where: { AND: [resolutionScope(actor), { institution, [column]: digest }] },
    select: { id: true },
  });
}

function inRevocationResolution({ db, actor, institution, digest }: Asked): Promise<object | null> {
  return db.revocationResolution.findFirst({
    where: { AND: [revocationResolutionScope(actor), { institution, scanDigest: digest }] },
    select: { id: true },
  });
}

/** Any document sealed for a case. */
function inDocument({ db, actor, institution, digest }: Asked): Promise<object | null> {
  return db.applicationDocument.findFirst({
    where: { institution, pdfDigest: digest, application: paperScope(actor) },
    select: { institution: true },
  });
}

/** The decision of any round. */
function inDecision({ db, actor, institution, digest }: Asked): Promise<object | null> {
  const application = paperScope(actor);
  const select = { institution: true };
  return first(
    db.applicationDecision.findFirst({ where: { institution, fileDigest: digest, application }, select }),
    // Decisions from before decisions were kept one by one.
    db.writtenApplication.findFirst({
      where: { AND: [application, { institution, decisionFileDigest: digest }] },
      select,
    }),
  );
}

function inDispatch({ db, actor, institution, digest }: Asked): Promise<object | null> {
  return db.dispatch.findFirst({
    where: { institution, proofDigest: digest, of: { application: paperScope(actor) } },
    select: { institution: true },
  });
}

/** Evidence of a case. */
function inEvidence({ db, actor, institution, digest }: Asked): Promise<object | null> {
  return db.evidence.findFirst({
    where: { institution, fileDigest: digest, application: applicationScope(actor) },
    select: { institution: true },
  });
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

function inFormCheck({ db, actor, institution, digest }: Asked): Promise<object | null> {
  return db.formCheck.findFirst({
    where: { AND: [formCheckScope(actor), { institution, fileDigest: digest }] },
    select: { id: true },
  });
}

/** The evidence of an answer to a reason of review. */
function inAnswer({ db, actor, institution, digest }: Asked): Promise<object | null> {
  return db.reviewReason.findFirst({
    where: { institution, answerEvidence: digest, record: recordScope(actor) },
    select: { id: true },
  });
}

/** The notice of an arrangement of holidays. */
async function inCalendar({ db, actor, institution, digest }: Asked): Promise<object | null> {
  const seen = await db.institution.findFirst({ where: { AND: [institutionScope(actor), { code: institution }] } });
  if (seen === null) return null;
  return db.calendarDay.findFirst({ where: { institution, noticeDigest: digest }, select: { date: true } });
}

/** The declaration that a certificate is invalid. */
function inDeclaration({ db, actor, institution, digest }: Asked): Promise<object | null> {
  return db.recordEnd.findFirst({
    where: { institution, fileDigest: digest, state: 'declared-invalid', record: recordScope(actor) },
    select: { recordId: true },
  });
}

/** The resolution that corrects a roster. */
function inRosterStrike({ db, actor, institution, digest }: Asked): Promise<object | null> {
  return db.rosterStrike.findFirst({
    where: { AND: [rosterStrikeScope(actor), { institution, fileDigest: digest }] },
    select: { sequence: true },
  });
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

/** The certificate of the destruction of an analysis dataset. */
async function inDestruction({ db, actor, institution, digest }: Asked): Promise<object | null> {
  const id = await datasetOfPaper(db, institution, digest);
  if (id === null) return null;
  return db.dataset.findFirst({ where: { AND: [datasetScope(actor), { institution, id }] }, select: { id: true } });
}

/** The agreement of an analysis dataset. */
function inDataset({ db, actor, institution, digest }: Asked): Promise<object | null> {
  return db.dataset.findFirst({
    where: { AND: [datasetScope(actor), { institution, agreementDigest: digest }] },
    select: { id: true },
  });
}

/** What is to be published of an analysis dataset. */
function inPublication({ db, actor, institution, digest }: Asked): Promise<object | null> {
  return db.datasetPublication.findFirst({
    where: { AND: [datasetScope(actor), { institution, documentDigest: digest }] },
    select: { id: true },
  });
}

/**
 * A sealed step about a case that the officer sees, and that rests on the file: the case itself may hold it no more because it was written
 * anew; sealed steps name it for good.
 */
async function inStepOfCase({ db, actor, institution, digest }: Asked, name: StepName): Promise<object | null> {
  const steps = await db.step.findMany({
    where: { institution, name, statement: { contains: digest } },
    select: { subjects: { where: { kind: 'application' }, select: { subjectId: true } } },
  });
  const ids = steps.flatMap(({ subjects }) => subjects.map(({ subjectId }) => subjectId));
  if (ids.length === 0) return null;
  return db.writtenApplication.findFirst({
    where: { AND: [paperScope(actor), { institution, id: { in: ids } }] },
    select: { id: true },
  });
}
