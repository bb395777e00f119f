// The members of an archive: records with every version, steps with their seals, rosters place by place.
import { FIELD_NAMES, FIELDS, type FieldName } from '../../regulation/standard/fields.ts';
import { commitRecord, openFields } from '../../sealing/commitment.ts';
import { stepPath } from '../../sealing/verify/archive-format.ts';
import {
  type ArchivePlace,
  type ArchiveStepRow,
  archivePlaces,
  archiveRecords,
  archiveSteps,
  subjectsOfKind,
} from '../../store/archive/archive-content.ts';
import type { ArchiveExport, ArchiveKey } from '../../store/archive/archives.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { type RecordRow, toFields } from '../../store/records/records.ts';
import { readWholeRoster } from '../../store/resolutions/roster-reads.ts';
import type { World } from '../call.ts';
import { committedFields } from '../records/commit-record.ts';
import { rosterLeaf, rosterSalt, rosterSealViolations, sealedEntry } from '../resolutions/roster-seal.ts';
import { batchLeaf, type Subject } from '../statement.ts';
import { sealMember } from './archive-secrets.ts';
import type { ArchiveWriter } from './archive-writer.ts';

/** What writing a part needs. `key`: of the encrypted part; null when there is none. */
export interface Making {
  readonly tx: Transaction;
  readonly world: World;
  readonly archive: ArchiveExport;
  readonly writer: ArchiveWriter;
  readonly key: Uint8Array | null;
  /** Leaves of the log when the gathering began. */
  readonly end: number;
}

type BrokenCode =
  | 'file-missing'
  | 'file-altered'
  | 'record-missing'
  | 'record-altered'
  | 'roster-altered'
  | 'moved-too-often';

/** Something in the archive is not as it should be: a code and what it is about. Nothing is sealed then. */
export class ArchiveBroken extends Error {
  override readonly name = 'ArchiveBroken';
  readonly failure: string;
  constructor(code: BrokenCode, what: string) {
    super(code);
    this.failure = `${code} ${what}`.trim();
  }
}

/** The names of the secret fields. */
export const SECRET_FIELDS: readonly string[] = FIELD_NAMES.filter((name) => FIELDS[name].secret);

const RECORDS = 250;
const STEPS = 200;

const lines = (rows: readonly object[]): Buffer =>
  Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''), 'utf8');
const numbered = (folder: string, number: number): string => `${folder}-${String(number).padStart(4, '0')}.jsonl`;

/** Fields and salt of one version, opened; secret ones apart. @throws {ArchiveBroken} they are not what was sealed */
function versionOf(
  row: RecordRow,
  { version, digest, salt }: { version: number; digest: string; salt: string },
  world: World,
): { shown: object; secret: object } {
  const fields = committedFields(toFields(row, world.cipher));
  const bytes = Buffer.from(salt, 'hex');
  const { commitments, digest: made } = commitRecord(fields, bytes);
  if (made !== digest) throw new ArchiveBroken('record-altered', row.id);
  const names = Object.keys(fields) as FieldName[];
  const openings = openFields(fields, bytes, names);
  const split = (secret: boolean) =>
    Object.fromEntries(Object.entries(openings).filter(([name]) => SECRET_FIELDS.includes(name) === secret));
  return {
    shown: { version, digest, commitments, fields: split(false) },
    secret: { id: row.id, version, fields: split(true) },
  };
}

/** Writes the next records. @returns the id of the last, null when none is left */
export async function writeRecords(
  { tx, world, archive, writer, key }: Making,
  after: string | null,
  number: number,
): Promise<{ after: string | null; written: number }> {
  const rows = await archiveRecords(tx, archive, after, RECORDS);
  if (rows.length === 0) return { after: null, written: 0 };
  const shown: object[] = [];
  const secret: object[] = [];
  for (const { versions, ...row } of rows) {
    const all = [
      ...versions.map(({ content, ...version }) => {
        const empty = Object.fromEntries(Object.keys(row).map((name) => [name, null]));
        const then = { ...empty, ...(content as object), institution: row.institution, id: row.id };
        return versionOf(then as unknown as RecordRow, version, world);
      }),
      versionOf(row, row, world),
    ];
    shown.push({ id: row.id, versions: all.map((version) => version.shown) });
    secret.push(...all.map((version) => version.secret));
  }
  await writer.add(`records/${String(number).padStart(4, '0')}.jsonl`, lines(shown));
  if (key) {
    const path = `secret/${numbered('records', number)}.enc`;
    await writer.add(path, sealMember(key, path, lines(secret)), true);
  }
  return { after: rows.at(-1)?.id ?? null, written: rows.length };
}

/** A subject as the archive shows it: whole, or the leaf of what is none of its business. */
function placeLine({ inside, ...subject }: ArchivePlace): object {
  return inside ? subject : { leaf: Buffer.from(batchLeaf(subject as Subject)).toString('hex') };
}

async function writeStep({ tx, archive, writer }: Making, step: ArchiveStepRow): Promise<void> {
  const path = stepPath(step.leafIndex);
  await writer.add(`${path}.json`, Buffer.from(step.statement, 'utf8'));
  await writer.add(`${path}.p7s`, step.signature, true);
  if (step.batchRoot === null) return;
  const places = await archivePlaces(tx, archive, step.id);
  await writer.add(`${path}.subjects.jsonl`, lines(places.map(placeLine)));
}

/** Writes the next steps. @returns the leaf index of the last, null when none is left */
export async function writeSteps(making: Making, after: number): Promise<number | null> {
  const { tx, archive, end } = making;
  const steps = await archiveSteps(tx, archive, { after, end, most: STEPS });
  for (const step of steps) await writeStep(making, step);
  return steps.length === STEPS ? (steps.at(-1)?.leafIndex ?? null) : null;
}

/** The member that holds a roster. */
export const rosterPath = (resolutionId: string): string => `rosters/${resolutionId}.jsonl`;

/** Writes every roster: whole places of the archive's categories (of a record's archive its own place alone), leaves of all others. @throws {ArchiveBroken} one is not what was sealed */
export async function writeRosters(making: Making): Promise<void> {
  const { tx, world, archive, writer } = making;
  const key: ArchiveKey = archive;
  const own = archive.scope === 'record' ? await ownNumbers(making) : undefined;
  for (const id of await subjectsOfKind(tx, key, 'resolution')) {
    const altered = await rosterSealViolations(tx, world, archive.institution, id);
    if (altered.length > 0) throw new ArchiveBroken('roster-altered', id);
    const entries = await readWholeRoster(tx, archive.institution, id);
    const places = entries.map((entry) => {
      const shown = own ? own.has(entry.certificateNumber) : archive.categories.includes(entry.category);
      return shown
        ? { entry: sealedEntry(entry), salt: rosterSalt(entry, world.blindIndex) }
        : { leaf: Buffer.from(rosterLeaf(entry, world.blindIndex)).toString('hex') };
    });
    await writer.add(rosterPath(id), lines(places));
  }
}

/** The certificate numbers that the one record of an archive ever had. */
async function ownNumbers({ tx, archive }: Making): Promise<Set<string>> {
  const rows = await archiveRecords(tx, archive, null, 1);
  const before = rows.flatMap(({ versions }) =>
    versions.map(({ content }) => (content as RecordRow).certificateNumber),
  );
  return new Set([...before, ...rows.map(({ certificateNumber }) => certificateNumber)]);
}
