// The whole examination of records (R9, R11.5, R11.7): by themselves, against roster, enrolment record, declassification and template. Asked at cross-check and again at every report.

import { type RecordStep, transitionViolations } from '../../regulation/lifecycle.ts';
import { enrolmentViolations } from '../../regulation/record/enrolment.ts';
import { recordViolations } from '../../regulation/record/record.ts';
import { type RosterRow, resolutionMatchViolations, rosterViolations } from '../../regulation/resolution/roster.ts';
import type { TemplateFields } from '../../regulation/templates/templates.ts';
import type { Violation } from '../../regulation/violations.ts';
import type { RecordState } from '../../regulation/vocabulary.ts';
import { readEnrolmentById } from '../../store/collection/enrolment-by-id.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import type { BatchWithResolution } from '../../store/records/batches.ts';
import type { OpenRecord } from '../../store/records/records.ts';
import { readRoster } from '../../store/resolutions/roster-reads.ts';
import { type CertificateTemplate, readTemplates } from '../../store/templates/certificate-templates.ts';
import type { Call } from '../call.ts';
import { whyUnlinked } from '../collection/unlinked.ts';
import { disclosureHolds } from '../disclosure/key-fields.ts';
import { fieldsOf, judgeSecrecy } from '../secrecy/secrecy-rules.ts';
import { todayOf } from '../situation.ts';
import { codesOf } from '../structure/own-codes.ts';
import { templateFor } from '../templates/match-template.ts';

/** What was found of one record: everything wrong at once, and the template that fits. */
export interface Examined {
  readonly violations: readonly Violation[];
  readonly templateId: string | undefined;
}

/** Examines records for a step: one look-up of enrolment records per call. */
export type Examiner = (records: readonly OpenRecord[], step: RecordStep) => Promise<Examined[]>;

/** Prepares the examination of a batch: its roster, the institution's templates and code tables are read once. */
export async function examinerOf(tx: Transaction, call: Call, batch: BatchWithResolution): Promise<Examiner> {
  const { institution, resolutionId, category } = batch;
  const roster = await readRoster(tx, institution, resolutionId, category);
  const entries = new Map(roster.map((entry) => [entry.sequence, entry as RosterRow]));
  const templates = (await readTemplates(tx, institution)) as (CertificateTemplate & TemplateFields)[];
  const codes = await codesOf(tx, institution);
  const on = todayOf(call.world);
  return async (records, step) => {
    const ids = records.flatMap(({ row }) => row.enrolmentRecordId ?? []);
    const enrolment = await readEnrolmentById(tx, institution, ids, call.world.cipher);
    const unlinked = await whyUnlinked(tx, call.world, institution, records);
    const secrecy = await judgeSecrecy(tx, institution, fieldsOf(records), on);
    return records.map((record, at) => {
      const { row, fields } = record;
      const { certificateTemplateId, crossCheckedById } = row;
      const match = templateFor({ ...fields, certificateTemplateId, crossCheckedById }, templates);
      const template = 'template' in match ? match.template : null;
      const disclosureStillHolds = disclosureHolds(record);
      return {
        templateId: template?.id,
        violations: [
          ...transitionViolations(step, row.state as RecordState, { disclosureStillHolds }),
          ...recordViolations(fields, { institution: { code: institution }, on, codes }),
          ...rosterViolations(fields, entries.get(row.rosterSequence) ?? null),
          ...resolutionMatchViolations(fields, batch.resolution),
          ...enrolmentViolations(fields, enrolment.get(row.enrolmentRecordId ?? '') ?? unlinked.get(row.id) ?? null),
          ...(secrecy[at] ?? []),
          ...('template' in match ? [] : [match]),
        ],
      };
    });
  };
}
