// Issuing one-time links to students (R11.1): the officer asks, a job makes them, thousands in pieces.
import { addDays } from '../../regulation/deadlines/deadlines.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import { hashToken } from '../../secrecy/tokens.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { enqueue, type JobData } from '../../store/jobs.ts';
import { findBatch } from '../../store/records/batches.ts';
import { addLinks, type NewLink, supersedeLinks } from '../../store/student/student-links.ts';
import { byRecords, categoriesOf, countPeople, nextPeople, type People } from '../../store/student/student-people.ts';
import type { Call, World } from '../call.ts';
import { NotFound, Refused } from '../errors.ts';
import { type Prepared, prepare } from '../prepare.ts';
import type { JobWork } from '../run-jobs.ts';
import { policyFor, todayOf } from '../situation.ts';
import { requireMayAct, targetIn } from '../target.ts';

/** To whom: exactly one of a batch, a category before the meeting, records, enrolment records. */
export type IssueLinksInput = {
  readonly institution: string;
  readonly batchId?: string | undefined;
  readonly category?: Category | undefined;
  /** With a category: only who graduates on this day or later. */
  readonly graduationFrom?: string | undefined;
  readonly recordIds?: readonly string[] | undefined;
  readonly enrolmentRecordIds?: readonly string[] | undefined;
  /** Only who has not confirmed the present version: for reminders. */
  readonly unconfirmedOnly: boolean;
};

/** The job that makes the links, for how many people at most, and the last day on which they hold. */
export type IssuedLinks = { jobId: string; total: number; lastDay: string };

/** People named one by one at most. */
const MOST_NAMED = 100;
const PIECE = 1_000;

/**
 * The token of a link: HMAC-SHA-256 of the link's id under the installation's key, 43 characters. Made from the id, so that the
 * mailing sheet can be written days later although no token is kept. Safe, because without the key – which is not in the database
 * and which opens the sealed fields anyway – it is as unguessable as 256 random bits, under a purpose of its own so that no other
 * keyed value of the installation is a token; and with the key it still opens nothing that was used, superseded, revoked or is over.
 */
export function linkToken(world: Pick<World, 'blindIndex'>, link: { institution: string; id: string }): string {
  return world.blindIndex(`${link.institution}/${link.id}`, 'student-link');
}

/** The address that is mailed. The token stands behind `#`, so that no browser sends it in a request and no log sees it. */
export function linkAddress(
  world: Pick<World, 'blindIndex' | 'origin'>,
  link: { institution: string; id: string },
): string {
  return `${world.origin}/s#${linkToken(world, link)}`;
}

/**
 * Asks for links (a working paper; what the students say is sealed). A newer link supersedes unopened ones of the same person.
 * @throws {NotFound} the batch or a named record. {Refused} nobody to write to, or not exactly one kind of people. {Forbidden}
 */
export function issueLinks(call: Call, input: IssueLinksInput): Promise<Prepared<IssuedLinks>> {
  const { institution, batchId, category, graduationFrom, unconfirmedOnly } = input;
  const recordIds = input.recordIds && [...new Set(input.recordIds)];
  const enrolmentRecordIds = input.enrolmentRecordIds && [...new Set(input.enrolmentRecordIds)];
  const people: People = {
    institution,
    batchId,
    category,
    graduationFrom,
    recordIds,
    enrolmentRecordIds,
    unconfirmedOnly,
  };
  const asked = JSON.parse(JSON.stringify(people)) as JobData;
  const preparation = { procedure: 'issue-links', step: 'confirm', institution, category, input: asked } as const;
  return prepare(call, preparation, async (tx, at) => {
    const violations = formViolations(people);
    if (violations.length > 0) throw new Refused(violations);
    if (batchId !== undefined) {
      const batch = await findBatch(tx, institution, batchId);
      if (!batch) throw new NotFound('batch', batchId);
      requireMayAct(call, 'confirm', await targetIn(tx, institution, batch.category));
    }
    for (const each of await categoriesOf(tx, people)) {
      requireMayAct(call, 'confirm', await targetIn(tx, institution, each));
    }
    const total = await countPeople(tx, people);
    const named = recordIds ?? enrolmentRecordIds;
    if (named && total < named.length) throw new NotFound('record', named[0] ?? '');
    if (total === 0)
      throw new Refused([violation('links-for-nobody', namedBy(people), { found: '0', expected: '≥ 1' })]);
    const { linkDays } = await policyFor(tx, institution, todayOf(call.world));
    const lastDay = addDays(todayOf(call.world), linkDays);
    const jobId = await enqueue(tx, {
      ...{ institution, kind: 'issue-links', officeId: call.actor.officeId, createdById: call.actor.officerId },
      ...{ input: { people: asked, lastDay }, total, runAt: at, createdAt: at },
    });
    if (jobId === null) throw new Error('a job without a key was there already');
    return { jobId, total, lastDay };
  });
}

const ONE_OF = '1: batch / category / records / enrolmentRecords';

/** The input by which people are named. */
function namedBy({ batchId, category, recordIds }: People): string {
  if (batchId !== undefined) return 'batch';
  if (category !== undefined) return 'category';
  return recordIds ? 'records' : 'enrolmentRecords';
}

function formViolations({ batchId, category, recordIds, enrolmentRecordIds, graduationFrom }: People): Violation[] {
  const given = [batchId, category, recordIds, enrolmentRecordIds].filter((one) => one !== undefined);
  const named = (recordIds ?? enrolmentRecordIds ?? []).length;
  const one = given.length === 1 && (graduationFrom === undefined || category !== undefined);
  return [
    ...(one ? [] : [violation('links-for-one-thing', 'batch', { found: String(given.length), expected: ONE_OF })]),
    ...(named > MOST_NAMED
      ? [
          violation('links-too-many-people', recordIds ? 'records' : 'enrolmentRecords', {
            found: String(named),
            expected: `≤ ${MOST_NAMED}`,
          }),
        ]
      : []),
  ];
}

/** One piece of the job: links for the next thousand people, in the transaction that keeps how far it came. */
export const issueLinksWork: JobWork = async (tx, world, job, position) => {
  const { people: asked, lastDay } = job.input as unknown as { people: People; lastDay: string };
  const people: People = { ...asked, institution: job.institution };
  const after = typeof position?.after === 'string' ? position.after : null;
  const next = await nextPeople(tx, people, after, PIECE);
  const { institution, id: jobId } = job;
  const chosen = people.unconfirmedOnly ? next.filter(({ confirmed }) => !confirmed) : next;
  const at = world.now();
  const ofRecords = byRecords(people);
  const links = chosen.map((person): NewLink => {
    const id = uuidv7();
    const tokenHash = hashToken(linkToken(world, { institution, id }));
    const key = ofRecords
      ? { recordId: person.id, enrolmentRecordId: null }
      : { recordId: null, enrolmentRecordId: person.id };
    return { institution, id, jobId, ...key, tokenHash, lastDay, createdAt: at };
  });
  const ids = chosen.map(({ id }) => id);
  const behind = chosen.flatMap(({ enrolmentRecordId }) => enrolmentRecordId ?? []);
  const whose = ofRecords ? { recordIds: ids, enrolmentRecordIds: behind } : { recordIds: [], enrolmentRecordIds: ids };
  await supersedeLinks(tx, institution, whose, at);
  await addLinks(tx, links);
  const last = next.at(-1);
  return { done: next.length, failed: 0, position: last && next.length === PIECE ? { after: last.id } : null };
};
