// 拟制补报申请 (R11.6): what came too late is put before the provincial office with reason, measures and evidence.
import { violation } from '../regulation/violations.ts';
import type { Category } from '../regulation/vocabulary.ts';
import { addApplication, recordsInApplications } from '../store/applications.ts';
import { findRecordRows } from '../store/record-look-up.ts';
import { findResolution } from '../store/resolutions.ts';
import { uuidv7 } from '../store/uuid.ts';
import type { Call } from './call.ts';
import { NotFound } from './errors.ts';
import { type Performed, perform } from './perform.ts';
import { applicationSubject, recordSubject } from './subjects.ts';
import { judgeCase } from './supplementary-case.ts';
import { requireMayAct, targetIn } from './target.ts';

export interface SupplementaryReportInput {
  readonly institution: string;
  readonly resolutionId: string;
  readonly category: Category;
  /** The people, in the order in which the document lists them. */
  readonly recordIds: readonly string[];
  readonly reason: string;
  readonly measures: string;
  readonly contactName?: string | undefined;
  readonly contactPhone?: string | undefined;
  /** Uploaded files (kind `evidence`) with the titles under which they are attached. */
  readonly evidence: readonly { readonly title: string; readonly fileDigest: string }[];
}

/**
 * Drafts a supplementary report.
 * @throws {NotFound}, {Refused} everything that keeps it from being sent. {Forbidden}
 */
export function draftSupplementaryReport(
  call: Call,
  input: SupplementaryReportInput,
): Promise<Performed<{ applicationId: string }>> {
  const { institution, resolutionId, category, recordIds } = input;
  const said = {
    reason: input.reason.trim(),
    measures: input.measures.trim(),
    contactName: input.contactName?.trim() || null,
    contactPhone: input.contactPhone?.trim() || null,
  };
  const evidence = input.evidence.map(({ title, fileDigest }) => ({ title: title.trim(), fileDigest }));
  const request = { resolutionId, category, recordIds, ...said, evidence };
  return perform(call, 'draft-application', institution, request, async (tx) => {
    const target = await targetIn(tx, institution, category);
    requireMayAct(call, 'draft-application', target);
    const resolution = await findResolution(tx, institution, resolutionId);
    if (!resolution) throw new NotFound('resolution', resolutionId);
    const rows = new Map((await findRecordRows(tx, institution, recordIds)).map((row) => [row.id, row]));
    const records = recordIds.map((id) => {
      const row = rows.get(id);
      if (!row) throw new NotFound('record', id);
      return row;
    });
    const report = { institution, category, resolution, ...said, records, evidence };
    const { violations, deadline } = await judgeCase(tx, call.world, report);
    const taken = await recordsInApplications(tx, institution, recordIds);
    const id = uuidv7();
    const draft = {
      ...{ institution, id, kind: 'supplementary-report', category, resolutionId, ...said },
      ...{ draftedById: call.actor.officerId, createdAt: call.world.now() },
    };
    const people = records.map(({ id: recordId, version, digest }) => ({ recordId, version, digest }));
    return {
      target,
      violations: [
        ...violations,
        ...[...taken].map(([recordId, found]) =>
          violation('application-record-in-other', `records[${recordId}]`, { found }),
        ),
      ],
      subjects: [
        applicationSubject({ ...draft, evidence }, people, { state: 'draft', version: 1 }),
        ...records.map(recordSubject),
      ],
      facts: {
        ...{ applicationId: id, kind: 'supplementary-report', category, resolution: resolution.number },
        ...{ people: people.length, deadline: deadline.rolled },
      },
      files: evidence.map(({ fileDigest }) => fileDigest),
      save: async ({ at }) => {
        await addApplication(tx, { ...draft, createdAt: at }, recordIds, evidence);
        return { applicationId: id };
      },
    };
  });
}
