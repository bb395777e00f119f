// The mailing sheet of a job's links: it shows secrets of many, so asking for it is a sealed step with a reason, and then it can be fetched for minutes (R21.1).
import { revealReasonViolations } from '../../regulation/reveal.ts';
import { violation } from '../../regulation/violations.ts';
import { JOB_STATES, type JobState } from '../../regulation/vocabulary.ts';
import { toEnrolment } from '../../store/collection/enrolment-records.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { keepReveal } from '../../store/secrecy/reveals.ts';
import { type LinkWithPerson, linksOfJob } from '../../store/student/student-links.ts';
import type { Call, World } from '../call.ts';
import { NotFound } from '../errors.ts';
import { type Performed, perform } from '../perform.ts';
import { todayOf } from '../situation.ts';
import type { Subject } from '../statement.ts';
import { recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { linkAddress } from './issue-links.ts';
import { enrolmentSubject } from './student-thing.ts';

/** Which job's links, and why the sheet is needed. */
export type ExportLinksInput = { readonly institution: string; readonly jobId: string; readonly reason: string };

/** How many people are on the sheet. */
export type ExportedLinks = { readonly jobId: string; readonly people: number };

/**
 * Allows the sheet of a job to be fetched (step `reveal`): its subjects are everybody on it, so that each person's history shows who
 * took their link.
 * @throws {NotFound} no such job of links, or no longer anybody on it. {Refused} not made yet, or without a reason. {Forbidden}
 */
export function exportLinks(call: Call, input: ExportLinksInput): Promise<Performed<ExportedLinks>> {
  const { world, actor } = call;
  const { institution, jobId } = input;
  const reason = input.reason.trim();
  // Every fetching is a step of its own, a repeated one too.
  const once: Call = { ...call, idempotencyKey: undefined };
  return perform(once, 'reveal', institution, { jobId, reason }, async (tx) => {
    const job = await tx.job.findUnique({ where: { institution_id: { institution, id: jobId } } });
    if (job?.kind !== 'issue-links') throw new NotFound('job', jobId);
    const target = await targetIn(tx, institution);
    requireMayAct(call, 'reveal', target);
    const { subjects, categories } = await everybodyOn(tx, world, institution, jobId);
    // Who may issue links may have them: a collector of every category on the sheet.
    for (const category of categories) requireMayAct(call, 'confirm', await targetIn(tx, institution, category));
    const revealId = uuidv7();
    return {
      target,
      violations: [
        ...(job.state === 'done'
          ? []
          : [violation('links-not-ready', 'job', { found: JOB_STATES[job.state as JobState].zh })]),
        ...(job.state === 'done' && subjects.length === 0
          ? [violation('links-for-nobody', 'job', { found: '0', expected: '≥ 1' })]
          : []),
        ...revealReasonViolations(reason),
      ],
      subjects,
      facts: { jobId, revealId, people: subjects.length, fields: ['phone', 'email', 'link'] },
      save: async ({ id: stepId, at }) => {
        // One row for the sheet: whom it shows is in the step.
        const of = { institution, id: revealId, officerId: actor.officerId, recordId: jobId };
        await keepReveal(tx, {
          ...of,
          field: 'student-links',
          reason,
          at,
          kind: 'links',
          people: subjects.length,
          stepId,
        });
        return { jobId, people: subjects.length };
      },
    };
  });
}

async function everybodyOn(
  tx: Transaction,
  world: World,
  institution: string,
  jobId: string,
): Promise<{ subjects: Subject[]; categories: Set<string> }> {
  const subjects: Subject[] = [];
  const categories = new Set<string>();
  for await (const rows of linksOfJob(tx, institution, jobId)) {
    for (const { record, enrolmentRecord } of rows) {
      const person = record ?? enrolmentRecord;
      if (person) categories.add(person.category);
      if (record) subjects.push(recordSubject(record));
      else if (enrolmentRecord) {
        const { fields } = toEnrolment(enrolmentRecord, world.cipher);
        subjects.push(enrolmentSubject(world, enrolmentRecord, fields));
      }
    }
  }
  return { subjects, categories };
}

/** The headings of the sheet. */
export const LINK_SHEET_HEADER = ['姓名', '学号', '电子信箱', '手机号码', '本人确认链接', '有效期至', '状态'];

/** The rows of the sheet, streamed; whoever calls has seen to it that the step was taken. A link that opens nothing any more is left out of its row. */
export async function* linkSheetRows(world: World, institution: string, jobId: string): AsyncGenerator<string[]> {
  const today = todayOf(world);
  for await (const rows of linksOfJob(world.db.prisma, institution, jobId)) {
    for (const link of rows) {
      const { record, enrolmentRecord } = link;
      const open = (field: 'phone' | 'email') => {
        const box = record?.[field];
        return record && box ? world.cipher.open(box, `${institution}/${record.id}/${field}`) : '';
      };
      const state = stateOf(link, today);
      yield [
        record?.name ?? enrolmentRecord?.name ?? '',
        record?.studentNumber ?? record?.applicationNumber ?? enrolmentRecord?.studentNumber ?? '',
        open('email'),
        open('phone'),
        state === '未使用' ? linkAddress(world, link) : '',
        link.lastDay,
        state,
      ];
    }
  }
}

function stateOf(link: LinkWithPerson, today: string): string {
  if (link.usedAt) return '已使用';
  if (link.revokedAt) return '已撤回';
  if (link.supersededAt) return '已被新链接取代';
  return link.lastDay < today ? '已过期' : '未使用';
}
