// The versions of a record: what one said, what one said on a day, and what changed between two (R15.2).
import { shown } from '../../regulation/record/record-fields.ts';
import { FIELD_NAMES, FIELDS, type FieldName } from '../../regulation/standard/fields.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { FIELD_COLUMNS } from '../../store/records/record-columns.ts';
import { findVersion, versionOn } from '../../store/records/record-versions.ts';
import type { World } from '../call.ts';
import { NotFound } from '../errors.ts';
import { findRecord } from './record-work.ts';

/** A version of a record: its fields as they are kept, secret ones as sealed boxes. */
export interface KeptVersion {
  readonly version: number;
  readonly digest: string;
  readonly content: Readonly<Record<string, string>>;
}

/** A field that two versions do not share. Secret values are masked. */
export interface FieldDifference {
  readonly field: FieldName;
  readonly before: string | null;
  readonly after: string | null;
}

type Reads = Pick<Transaction, 'degreeRecord' | 'recordVersion'>;

/** One version of a record, superseded or present. @throws {NotFound} no such record or version */
export async function readVersion(
  db: Reads,
  institution: string,
  recordId: string,
  version: number,
): Promise<KeptVersion> {
  const present = await presentVersion(db, institution, recordId);
  if (present.version === version) return present;
  const found = await findVersion(db, institution, recordId, version);
  if (!found) throw new NotFound('record-version', `${recordId}/${version}`);
  return found;
}

/** The version that was in force at a moment; null when the record was not there yet. @throws {NotFound} no such record */
export async function readVersionAsOf(
  db: Reads,
  institution: string,
  recordId: string,
  at: Date,
): Promise<KeptVersion | null> {
  const row = await findRecord(db, institution, recordId);
  if (row.createdAt > at) return null;
  return (await versionOn(db, institution, recordId, at)) ?? presentVersion(db, institution, recordId);
}

async function presentVersion(db: Reads, institution: string, recordId: string): Promise<KeptVersion> {
  const row = await findRecord(db, institution, recordId);
  const content: Record<string, string> = {};
  for (const column of FIELD_COLUMNS) {
    const value = row[column];
    if (value !== null) content[column] = value;
  }
  return { version: row.version, digest: row.digest, content };
}

/** The fields of a version with secret ones masked. */
export function maskedContent(
  world: Pick<World, 'cipher'>,
  institution: string,
  recordId: string,
  { content }: Pick<KeptVersion, 'content'>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(content).map(([name, value]) => {
      const secret = (FIELDS as Readonly<Record<string, { readonly secret: boolean }>>)[name]?.secret === true;
      if (!secret || value === '') return [name, value];
      return [name, shown(name as FieldName, world.cipher.open(value, `${institution}/${recordId}/${name}`))];
    }),
  );
}

/** What changed from one version to another, in the order of art. 8. A secret that changed is named even when both look alike masked. */
export async function diffVersions(
  world: Pick<World, 'cipher' | 'db'>,
  institution: string,
  recordId: string,
  from: number,
  to: number,
): Promise<FieldDifference[]> {
  const db = world.db.prisma;
  const open = async (version: number) => {
    const kept = await readVersion(db, institution, recordId, version);
    return {
      plain: plainContent(world, institution, recordId, kept),
      masked: maskedContent(world, institution, recordId, kept),
    };
  };
  const [before, after] = [await open(from), await open(to)];
  return FIELD_NAMES.filter((name) => (before.plain[name] ?? '') !== (after.plain[name] ?? '')).map((field) => ({
    ...{ field, before: before.masked[field] ?? null, after: after.masked[field] ?? null },
  }));
}

function plainContent(
  world: Pick<World, 'cipher'>,
  institution: string,
  recordId: string,
  { content }: KeptVersion,
): Record<string, string> {
  const plain: Record<string, string> = { ...content };
  for (const name of FIELD_NAMES) {
    const box = content[name];
    if (FIELDS[name].secret && box) plain[name] = world.cipher.open(box, `${institution}/${recordId}/${name}`);
  }
  return plain;
}
