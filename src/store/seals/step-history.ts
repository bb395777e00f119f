// Reading sealed steps back: those about one thing, and what a step was about, in the order of its tree.
import type { Reader } from '../database/client.ts';

/** A step with the place of one subject in it. */
export interface StepOfSubject {
  readonly id: string;
  readonly statement: string;
  readonly leafIndex: number;
  readonly leafHash: string;
  readonly signature: Uint8Array;
  readonly sealId: string;
  readonly subjectCount: number;
  readonly batchRoot: string | null;
  readonly subject: { readonly position: number; readonly version: number; readonly digest: string } | null;
}

/** One subject of a step. */
export interface SubjectRow {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly digest: string;
}

const STEP = {
  id: true,
  statement: true,
  leafIndex: true,
  leafHash: true,
  signature: true,
  sealId: true,
  subjectCount: true,
  batchRoot: true,
} as const;

type Reads = Pick<Reader, 'step' | 'stepSubject'>;

/** Every step about a thing, in the order of the log. */
export async function stepsAbout(db: Reads, institution: string, subjectId: string): Promise<StepOfSubject[]> {
  const rows = await db.stepSubject.findMany({
    where: { institution, subjectId },
    select: { position: true, version: true, digest: true, step: { select: STEP } },
  });
  return rows
    .map(({ step, ...subject }) => ({ ...step, subject }))
    .sort((one, other) => one.leafIndex - other.leafIndex);
}

/** One step, or null. */
export async function findStep(db: Reads, institution: string, id: string): Promise<StepOfSubject | null> {
  const step = await db.step.findUnique({ where: { institution_id: { institution, id } }, select: STEP });
  return step && { ...step, subject: null };
}

/** Everything that a step was about, in the order of its tree. */
export async function subjectsOf(db: Reads, institution: string, stepId: string): Promise<SubjectRow[]> {
  const rows = await db.stepSubject.findMany({
    where: { institution, stepId },
    orderBy: { position: 'asc' },
    select: { kind: true, subjectId: true, version: true, digest: true },
  });
  return rows.map(({ subjectId: id, ...row }) => ({ ...row, id }));
}

/** Who took a step that no officer took. */
const STUDENT = '学生本人';

const NAMED = {
  name: true,
  at: true,
  leafIndex: true,
  leafHash: true,
  officer: { select: { name: true } },
  office: { select: { name: true } },
} as const;

/** A step as an approval sheet names it. */
export interface NamedStep {
  readonly name: string;
  readonly at: Date;
  readonly officer: string;
  readonly office: string;
  readonly leafIndex: number;
  readonly leafHash: string;
}

/** A step as lists of steps show one. */
export interface Step extends NamedStep {
  readonly article: string;
  readonly statement: string;
}

/** The steps about a thing with their statements, in the order of the log. */
export async function listedSteps(db: Reads, institution: string, subjectId: string): Promise<Step[]> {
  const rows = await db.step.findMany({
    where: { institution, subjects: { some: { institution, subjectId } } },
    orderBy: { leafIndex: 'asc' },
    select: { ...NAMED, article: true, statement: true },
  });
  return rows.map((row) => ({ ...row, officer: row.officer?.name ?? STUDENT, office: row.office.name }));
}

/** The officers who took one of these steps about a thing. */
export async function officersOfSteps(
  db: Pick<Reader, 'step'>,
  institution: string,
  subjectId: string,
  names: readonly string[],
): Promise<string[]> {
  const rows = await db.step.findMany({
    where: { institution, name: { in: [...names] }, subjects: { some: { institution, subjectId } } },
    select: { officerId: true },
    distinct: ['officerId'],
  });
  return rows.flatMap(({ officerId }) => officerId ?? []);
}

/** The steps about a thing with the names of those who took them, in the order of the log. */
export async function opinionSteps(db: Reads, institution: string, subjectId: string): Promise<NamedStep[]> {
  const rows = await db.step.findMany({
    where: { institution, subjects: { some: { institution, subjectId } } },
    orderBy: { leafIndex: 'asc' },
    select: NAMED,
  });
  return rows.map((row) => ({ ...row, officer: row.officer?.name ?? STUDENT, office: row.office.name }));
}

const SUBMISSION_STEPS = [
  'report',
  'report-upward',
  'review',
  'return-records',
  'filing',
  'form-check',
  'withdraw-records',
  'correct',
  'answer-review-reason',
];

/** The steps by which a record was reported, judged, taken back and corrected, in the order of the log, with its version then. */
export async function submissionSteps(
  db: Pick<Reader, 'stepSubject'>,
  institution: string,
  recordId: string,
): Promise<{ stepId: string; name: string; version: number }[]> {
  const rows = await db.stepSubject.findMany({
    where: { institution, subjectId: recordId, step: { name: { in: SUBMISSION_STEPS } } },
    orderBy: { step: { leafIndex: 'asc' } },
    select: { stepId: true, version: true, step: { select: { name: true } } },
  });
  return rows.map(({ stepId, version, step }) => ({ stepId, version, name: step.name }));
}
