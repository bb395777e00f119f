// From candidates to rows: ids, sealed fields, commitments, the certificate template; inserted in bulk with their certificate numbers.
import type { RecordFields } from '../regulation/record.ts';
import { matchTemplate } from '../regulation/templates.ts';
import { takeNumbers } from '../store/certificate-numbers.ts';
import { readTemplates } from '../store/certificate-templates.ts';
import { insertRecords, type RecordRow, sealFields } from '../store/records.ts';
import type { Transaction } from '../store/transaction.ts';
import { uuidv7 } from '../store/uuid.ts';
import type { World } from './call.ts';
import type { Candidate } from './collecting.ts';
import { commitFields } from './commit-record.ts';

/** What all new records of one step have in common. */
export interface Origin {
  readonly institution: string;
  readonly resolutionId: string;
  readonly batchId: string;
  readonly importId: string | null;
  readonly collectedById: string;
  readonly at: Date;
}

/** A row that lacks only its place on the roster. */
export type DraftRow = Omit<RecordRow, 'rosterSequence'>;

/** Makes rows: everything that takes time and no database. */
export type RowMaker = (candidate: Candidate) => DraftRow;

/** Prepares the making of rows: templates are read once and matched once per day of conferral (R11.7). */
export async function rowMaker(tx: Transaction, world: World, origin: Origin): Promise<RowMaker> {
  const { institution, resolutionId, batchId, importId, collectedById, at } = origin;
  const templates = await readTemplates(tx, institution);
  const matched = new Map<string, string | null>();
  const templateOf = (fields: RecordFields): string | null => {
    const key = `${fields.category}/${fields.conferralDate}`;
    const known = matched.get(key);
    if (known !== undefined) return known;
    const match = matchTemplate(fields, templates);
    const id = 'template' in match ? match.template.id : null;
    matched.set(key, id);
    return id;
  };
  return ({ fields, line }) => {
    const id = uuidv7();
    return {
      institution,
      id,
      state: 'collected',
      version: 1,
      ...sealFields(fields, institution, id, world.cipher, world.blindIndex),
      ...commitFields(fields),
      resolutionId,
      batchId,
      enrolmentRecordId: null,
      certificateTemplateId: templateOf(fields),
      supplementary: false,
      importId,
      importLine: importId === null ? null : line,
      collectedById,
      crossCheckedById: null,
      disclosedKeyDigest: null,
      firstReportedAt: null,
      filedAt: null,
      createdAt: at,
      updatedAt: at,
    };
  };
}

/** Adds the rows and takes their certificate numbers. */
export async function insertNewRecords(tx: Transaction, rows: readonly RecordRow[], at: Date): Promise<void> {
  const first = rows[0];
  if (!first) return;
  await insertRecords(tx, rows);
  const numbers = rows.map(({ certificateNumber, id }) => ({ number: certificateNumber, recordId: id }));
  await takeNumbers(tx, first.institution, numbers, at);
}
