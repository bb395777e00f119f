// What is kept about the origin of a record: its versions, the steps about it, and what was said that made it change.
import type { Reader } from '../database/client.ts';

const STEP = {
  id: true,
  name: true,
  article: true,
  at: true,
  officeId: true,
  officerId: true,
  statement: true,
  leafIndex: true,
  leafHash: true,
  signature: true,
  seal: { select: { id: true, name: true, officeId: true } },
} as const;

/** A sealed step as it is kept. */
export interface KeptStep {
  readonly id: string;
  readonly name: string;
  readonly article: string;
  readonly at: Date;
  readonly officeId: string;
  readonly officerId: string | null;
  readonly statement: string;
  readonly leafIndex: number;
  readonly leafHash: string;
  readonly signature: Uint8Array;
  readonly seal: { readonly id: string; readonly name: string; readonly officeId: string };
}

/** A step with what it says of one of its subjects. */
export interface SubjectStep {
  readonly subjectId: string;
  readonly version: number;
  readonly digest: string;
  readonly previousStepId: string | null;
  readonly step: KeptStep;
}

/** Steps of one thing that are read at most: a record has about fifteen, a resolution about as many as its batches. */
const MOST_STEPS = 500;

type Db = Pick<Reader, 'degreeRecord' | 'stepSubject' | 'step' | 'import'>;

/** A record with every version, the reasons of its returns and the findings of those who looked at it, in one statement. */
export function originRecord(db: Db, institution: string, id: string) {
  return db.degreeRecord.findUnique({
    where: { institution_id: { institution, id } },
    include: {
      versions: { orderBy: { version: 'asc' } },
      returns: {
        orderBy: { id: 'asc' },
        select: { field: true, reason: true, source: true, stepId: true, resolvedVersion: true },
      },
      examinations: {
        orderBy: { id: 'asc' },
        select: {
          ...{ version: true, agrees: true, entered: true, at: true },
          examinedBy: { select: { id: true, name: true } },
        },
      },
    },
  });
}

/** A record as {@link originRecord} reads it. */
export type OriginRecord = NonNullable<Awaited<ReturnType<typeof originRecord>>>;

/** The steps about these things, in the order of the log. */
export async function stepsOfSubjects(
  db: Db,
  institution: string,
  subjectIds: readonly string[],
): Promise<SubjectStep[]> {
  if (subjectIds.length === 0) return [];
  const rows = await db.stepSubject.findMany({
    where: { institution, subjectId: { in: [...subjectIds] } },
    orderBy: { stepId: 'asc' },
    take: MOST_STEPS,
    select: { subjectId: true, version: true, digest: true, previousStepId: true, step: { select: STEP } },
  });
  return rows.sort((one, other) => one.step.leafIndex - other.step.leafIndex);
}

/** The newest steps of a name before a place in the log, the newest first. */
export function stepsBefore(
  db: Db,
  institution: string,
  name: string,
  leafIndex: number,
  most: number,
): Promise<KeptStep[]> {
  return db.step.findMany({
    where: { institution, name, leafIndex: { lt: leafIndex } },
    orderBy: { leafIndex: 'desc' },
    take: most,
    select: STEP,
  });
}

/** Imports by their ids. */
export async function importsById(db: Db, institution: string, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return db.import.findMany({
    where: { institution, id: { in: [...ids] } },
    select: { id: true, fileName: true, fileDigest: true, edition: true, category: true, resolutionId: true },
  });
}
