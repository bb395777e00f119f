// What a draft names, looked up: its people, resolutions and evidence; and the number of a new case.
import { mixedCategories } from '../../regulation/applications/application-case.ts';
import { APPLICATIONS, isClosed, underArticleOf } from '../../regulation/applications/applications.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import {
  APPLICATION_KINDS,
  APPLICATION_STATES,
  type ApplicationKind,
  type Category,
  keysOf,
} from '../../regulation/vocabulary.ts';
import { nextNumber } from '../../store/applications/applications.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { findRecordRows } from '../../store/records/record-look-up.ts';
import { type OpenRecord, recordIdsOfBatch, toFields } from '../../store/records/records.ts';
import { findResolution } from '../../store/resolutions/resolutions.ts';
import { findRevocationResolution } from '../../store/resolutions/revocation-resolutions.ts';
import type { Call } from '../call.ts';
import { NotFound, Refused } from '../errors.ts';
import { missingFile } from '../files/uploaded-as.ts';
import { todayOf } from '../situation.ts';
import { type CaseContent, listedRecord } from './application-case.ts';

/** More people than any real case; a document lists them all. */
const MOST_PEOPLE = 5_000;

/** Who is listed: records in the order of the document, or everybody of a batch in a state that the kind lists. */
export type Listed = { readonly recordIds: readonly string[] } | { readonly batchId: string };

/** The ids of the people, in the order of the document. */
export async function idsOf(
  tx: Transaction,
  institution: string,
  kind: ApplicationKind,
  listed: Listed,
): Promise<readonly string[]> {
  if ('recordIds' in listed) return listed.recordIds;
  return recordIdsOfBatch(tx, institution, listed.batchId, APPLICATIONS[kind].lists);
}

/** The records in the order given. @throws {NotFound} one is not there. {Refused} too many to be looked up */
export async function recordsIn(
  tx: Transaction,
  { world }: Call,
  institution: string,
  kind: ApplicationKind,
  ids: readonly string[],
): Promise<OpenRecord[]> {
  if (ids.length > MOST_PEOPLE) {
    const details = { found: `${ids.length}`, expected: `≤ ${MOST_PEOPLE}` };
    throw new Refused(underArticleOf(kind, [violation('application-too-many-people', 'records', details)]));
  }
  const rows = new Map((await findRecordRows(tx, institution, ids)).map((row) => [row.id, row]));
  return ids.map((id) => {
    const row = rows.get(id);
    if (!row) throw new NotFound('record', id);
    return { row, fields: toFields(row, world.cipher) };
  });
}

/**
 * Asked before anything else of the records: what is found wrong with a record tells what it holds, and another office's is not
 * for this officer to know (R4.2).
 * @throws {Refused} people of another category
 */
export function requireCategory(kind: ApplicationKind, category: Category, records: readonly OpenRecord[]): void {
  const others = mixedCategories(kind, category, records.map(listedRecord));
  if (others.length > 0) throw new Refused(others);
}

/** @throws {NotFound} a resolution is named that is not there */
export async function resolutionsOf(
  tx: Transaction,
  institution: string,
  { resolutionId, revocationResolutionId }: Pick<CaseContent, 'resolutionId' | 'revocationResolutionId'>,
): Promise<Pick<CaseContent, 'resolution' | 'revocationResolution'>> {
  const resolution = resolutionId === null ? null : await findResolution(tx, institution, resolutionId);
  if (resolutionId !== null && !resolution) throw new NotFound('resolution', resolutionId);
  const revocationResolution =
    revocationResolutionId === null ? null : await findRevocationResolution(tx, institution, revocationResolutionId);
  if (revocationResolutionId !== null && !revocationResolution) {
    throw new NotFound('revocation-resolution', revocationResolutionId);
  }
  return { resolution, revocationResolution };
}

/** Evidence that was not uploaded as such. */
export async function missingEvidence(
  tx: Transaction,
  call: Call,
  { institution, kind, evidence }: CaseContent,
): Promise<Violation[]> {
  const violations: Violation[] = [];
  const { article } = APPLICATION_KINDS[kind];
  for (const [at, { fileDigest: digest }] of evidence.entries()) {
    const needed = { institution, path: `evidence[${at}].fileDigest`, digest, article };
    // What a student handed in with a correction request is evidence of the case that it became.
    violations.push(...(await missingFile(tx, call, { ...needed, kind: 'evidence', orAs: ['student-evidence'] })));
  }
  return violations;
}

/** 申请编号: letters of the kind, year, number in that year. */
export async function newCaseNumber(
  tx: Transaction,
  { world }: Call,
  institution: string,
  kind: ApplicationKind,
): Promise<string> {
  const { letters } = APPLICATIONS[kind];
  const year = todayOf(world).slice(0, 4);
  const number = await nextNumber(tx, institution, `case/${letters}/${year}`);
  return `${letters}-${year}-${String(number).padStart(4, '0')}`;
}

/** In which states each kind is over. */
export function closedStates(): { kind: ApplicationKind; states: string[] }[] {
  return keysOf(APPLICATION_KINDS).map((kind) => ({
    kind,
    states: keysOf(APPLICATION_STATES).filter((state) => isClosed(kind, state)),
  }));
}
