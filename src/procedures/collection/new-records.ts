// From candidates to rows: ids, sealed fields, commitments, the certificate template; inserted in bulk with their certificate numbers.
import type { RecordFields } from '../../regulation/record/record.ts';
import { matchTemplate } from '../../regulation/templates/templates.ts';
import { allDone, type Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { takeNumbers } from '../../store/records/certificate-numbers.ts';
import { insertDrafts, type RecordDraft, recordDrafter } from '../../store/records/records.ts';
import { readTemplates } from '../../store/templates/certificate-templates.ts';
import type { World } from '../call.ts';
import { commitFields } from '../records/commit-record.ts';
import type { Candidate } from './collecting.ts';

/** What all new records of one step have in common. */
export interface Origin {
  readonly institution: string;
  readonly resolutionId: string;
  readonly batchId: string;
  readonly importId: string | null;
  readonly collectedById: string;
  readonly at: Date;
}

/** Makes drafts of records: everything that takes time and no database. */
export type DraftMaker = (candidate: Candidate) => RecordDraft;

/** A draft and its place on the roster. */
export interface PlacedDraft {
  readonly draft: RecordDraft;
  readonly rosterSequence: number;
}

/** Prepares the making of drafts: templates are read once and matched once per day of conferral (R11.7). */
export async function draftMaker(tx: Transaction, world: World, origin: Origin): Promise<DraftMaker> {
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
  const common = {
    institution,
    state: 'collected',
    version: 1,
    resolutionId,
    batchId,
    enrolmentRecordId: null,
    supplementary: false,
    importId,
    collectedById,
    crossCheckedById: null,
    disclosedKeyDigest: null,
    firstReportedAt: null,
    filedAt: null,
    createdAt: at,
    updatedAt: at,
  };
  const draftOf = recordDrafter(common, world.cipher, world.blindIndex);
  return ({ fields, line }) => {
    const { salt, digest } = commitFields(fields);
    const importLine = importId === null ? null : line;
    return draftOf(fields, { id: uuidv7(), salt, digest, certificateTemplateId: templateOf(fields), importLine });
  };
}

/** Adds the records and takes their certificate numbers. */
export async function insertNewRecords(
  tx: Transaction,
  institution: string,
  placed: readonly PlacedDraft[],
  at: Date,
): Promise<void> {
  if (placed.length === 0) return;
  const numbers = placed.map(({ draft }) => ({ number: draft.certificateNumber, recordId: draft.id }));
  await allDone(insertDrafts(tx, placed), takeNumbers(tx, institution, numbers, at));
}
