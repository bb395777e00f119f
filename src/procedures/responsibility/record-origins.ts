// From every field of a record to the officer, step, seal and line that put it there (R22.1): computed from what was sealed.

import { masked } from '../../regulation/record/record-fields.ts';
import { changedIn, sourceOf } from '../../regulation/responsibility/origins.ts';
import { FIELD_NAMES, FIELDS, type Field, type FieldName } from '../../regulation/standard/fields.ts';
import { FIELD_COLUMNS } from '../../store/records/record-columns.ts';
import { type OriginRecord, originRecord, stepsOfSubjects } from '../../store/responsibility/origins.ts';
import type { World } from '../call.ts';
import { NotFound } from '../errors.ts';
import { readSealedStep } from '../sealed-step.ts';
import { keptFaults } from './origin-faults.ts';
import { originFiles } from './origin-files.ts';
import type { FieldOrigin, OpenVersion, OriginLook, OriginReason, OriginStep, RecordOrigins } from './origin-shape.ts';

type OriginWorld = Pick<World, 'cipher' | 'db'>;

/** What an answer is about: the version in question; the present one when nothing is said. */
export interface OriginQuestion {
  readonly institution: string;
  readonly recordId: string;
  readonly version?: number | null | undefined;
  readonly at?: Date | null | undefined;
  /** False for who may see neither imports nor enrolment records: the provincial office. */
  readonly withFiles: boolean;
}

/**
 * Traces every field of one version of a record. About ten statements, and those that read the files from which the values came.
 * @throws {NotFound} no such record, or not this version of it
 */
export async function recordOrigins(world: OriginWorld, question: OriginQuestion): Promise<RecordOrigins> {
  const { institution, recordId } = question;
  const db = world.db.prisma;
  const record = await originRecord(db, institution, recordId);
  if (!record) throw new NotFound('record', recordId);
  const all = versionsOf(world, record);
  const asked = versionAsked(record, question);
  const versions = all.filter(({ version }) => version <= asked);
  const present = versions.at(-1);
  if (!present || present.version !== asked) throw new NotFound('record-version', `${recordId}/${asked}`);
  const rows = await stepsOfSubjects(db, institution, [recordId]);
  const acts: OriginStep[] = [];
  for (const row of rows) acts.push({ ...(await readSealedStep(institution, row.step)), version: row.version });
  const makerOf = (version: number) => acts.find((act) => act.version === version) ?? null;
  const files = await originFiles(world, { record, versions: all, acts, withFiles: question.withFiles });
  const faults = [...keptFaults(record, all, rows, acts), ...files.faults];
  const fields: FieldOrigin[] = [];
  for (const [field, version] of inOrder(changedIn(versions))) {
    const step = makerOf(version);
    const said = sourceOf(step?.name ?? null, step?.facts ?? {});
    const found = await files.behind(field, said, step);
    const value = present.values[field];
    fields.push({
      ...{ field, version, step, ...found },
      value: value === undefined ? null : masked(field, value),
      reasons: reasonsOf(record, field, version),
    });
  }
  return {
    ...{ version: present.version, digest: present.digest, fields, faults, looks: looksAt(record, asked) },
    acts: acts.filter(({ version }) => version !== null && version <= asked),
  };
}

function inOrder(changed: ReadonlyMap<FieldName, number>): [FieldName, number][] {
  return FIELD_NAMES.flatMap((name): [FieldName, number][] => {
    const version = changed.get(name);
    return version === undefined ? [] : [[name, version]];
  });
}

/** Every version, the oldest first, with secret fields in plain text; nothing of them leaves this procedure unmasked. */
function versionsOf({ cipher }: OriginWorld, record: OriginRecord): OpenVersion[] {
  const content: Record<string, string> = {};
  for (const column of FIELD_COLUMNS) {
    const value = record[column];
    if (value !== null) content[column] = value;
  }
  const { institution, id, version, digest, salt } = record;
  const kept = [...record.versions, { version, digest, salt, content }];
  return kept.map((each) => {
    const committed: Record<string, string> = { institution };
    const values: Partial<Record<FieldName, string>> = {};
    for (const [name, text] of Object.entries(each.content as Record<string, string>)) {
      const field: Field | undefined = Object.hasOwn(FIELDS, name) ? FIELDS[name as FieldName] : undefined;
      const plain = field?.secret && text !== '' ? cipher.open(text, `${institution}/${id}/${name}`) : text;
      committed[name] = plain;
      if (field && plain !== '') values[name as FieldName] = plain;
    }
    return { version: each.version, digest: each.digest, salt: each.salt, values, committed };
  });
}

function versionAsked(record: OriginRecord, { version, at, recordId }: OriginQuestion): number {
  if (version !== null && version !== undefined) return version;
  if (!at) return record.version;
  if (record.createdAt > at) throw new NotFound('record-version', `${recordId}/${at.toISOString()}`);
  return record.versions.find(({ replacedAt }) => replacedAt > at)?.version ?? record.version;
}

function reasonsOf({ institution, returns }: OriginRecord, field: FieldName, version: number): OriginReason[] {
  return returns
    .filter((each) => each.field === field && each.resolvedVersion === version)
    .map(({ source, reason, stepId }) => ({ institution, source, reason, stepId }));
}

function looksAt({ examinations }: OriginRecord, asked: number): OriginLook[] {
  return examinations
    .filter(({ version }) => version <= asked)
    .map(({ examinedBy, entered, ...look }) => ({
      ...{ officer: examinedBy, version: look.version, at: look.at, agrees: look.agrees },
      secondEntry: entered !== null,
    }));
}
