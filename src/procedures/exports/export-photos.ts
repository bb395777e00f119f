// Exporting the photos of records as one archive, each named by the institution's rule (art. 8): sealed like an export of records.
import { FileProblem } from '../../files/problems.ts';
import { checkImage } from '../../files/sniff.ts';
import { writeZip, type ZipFileEntry } from '../../files/zip.ts';
import { exportRequestViolations, MOST_EXPORTED } from '../../regulation/exports.ts';
import {
  fileViolation,
  PHOTO_NAMINGS,
  PHOTO_STANDARDS,
  type PhotoNaming,
  type PhotoStandardName,
  photoViolations,
} from '../../regulation/files.ts';
import { FIELDS } from '../../regulation/standard/fields.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import { CATEGORIES } from '../../regulation/vocabulary.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { findInstitution } from '../../store/offices/institutions.ts';
import { eachRecord, type OpenRecord } from '../../store/records/records.ts';
import { readBytes } from '../../store/stored-files.ts';
import type { Call } from '../call.ts';
import { NotFound, Refused } from '../errors.ts';
import { refusingBadFiles } from '../files/file-problems.ts';
import { type Performed, perform } from '../perform.ts';
import { policyFor, todayOf } from '../situation.ts';
import type { Subject } from '../statement.ts';
import { recordSubject } from '../subjects.ts';
import { type ExportSelection, type Selected, selectRecords } from './export-selection.ts';
import { exportSubject, factsOf, keepExport, writeSealed } from './keep-export.ts';

/** Whose photos, how they are named and of what standard they must be: by the institution's policy when not said; and why. */
export type ExportPhotosInput = {
  institution: string;
  purpose: string;
  naming: PhotoNaming | null;
  standard: PhotoStandardName | null;
  selection: ExportSelection;
};

/** The export; its file is fetched as that of records. */
export type ExportPhotosResult = {
  exportId: string;
  count: number;
  naming: PhotoNaming;
  standard: PhotoStandardName;
  fileName: string;
  fileDigest: string;
  size: number;
};

interface Rule {
  readonly naming: PhotoNaming;
  readonly standard: PhotoStandardName;
}

const NAMED_PROBLEMS = 200;
/** Letters and digits: the same bytes in UTF-8 and GBK, so that old tools unpack the names as well. */
const FILE_NAME = /^[0-9A-Za-z-]{1,40}$/;

/**
 * Exports photos (step `export-records`). A photo that is not of the standard is refused, never changed.
 * @throws {Refused} no purpose, photos that are missing, not of the standard or cannot be named: each with its row. {Forbidden} {NotFound}
 */
export function exportPhotos(call: Call, input: ExportPhotosInput): Promise<Performed<ExportPhotosResult>> {
  const { institution, selection } = input;
  const purpose = input.purpose.trim();
  return perform(call, 'export-records', institution, { ...input, photos: true, purpose }, (tx) =>
    refusingBadFiles('file', async () => {
      const selected = await selectRecords(tx, call, institution, selection);
      const asked = exportRequestViolations({ purpose, format: 'xlsx', encoding: null });
      if (asked.length > 0) throw new Refused(asked);
      const of = await findInstitution(tx, institution);
      if (!of) throw new NotFound('institution', institution);
      const day = todayOf(call.world);
      const policy = await policyFor(tx, institution, day);
      const naming = input.naming ?? policy.photoNaming;
      const standard = input.standard ?? policy.photoStandard;
      const { subjects, violations } = await survey(tx, call, institution, selected, { naming, standard });
      if (violations.length > 0) throw new Refused(violations);
      const id = uuidv7();
      const photos = writeZip(entries(tx, call, institution, selected, naming));
      const written = await writeSealed(tx, call, { institution, id }, photos);
      const { target, categories, told } = selected;
      const names = categories.map((category) => CATEGORIES[category].zh).join('、');
      const fileName = `${of.name}${names}电子照片${day.replaceAll('-', '')}.zip`;
      const facts = {
        ...({ kind: 'photos', edition: null, verified: true, format: 'zip', encoding: null, categories } as const),
        ...{ selection: { ...told, naming, standard }, fileName, count: subjects.length },
      };
      return {
        target,
        violations: [],
        subjects: [exportSubject(id, facts, written), ...subjects],
        facts: factsOf(facts, written),
        files: [written.digest],
        async save({ id: stepId, at }) {
          // The names of the files are the numbers.
          const { field } = PHOTO_NAMINGS[naming];
          const act = { institution, id, purpose, at, stepId, shows: FIELDS[field].secret ? [field] : [] };
          const exportId = await keepExport(tx, call, act, facts, written);
          const { digest: fileDigest, size } = written;
          return { exportId, count: subjects.length, naming, standard, fileName, fileDigest, size };
        },
      };
    }),
  );
}

const numberOf = ({ fields }: OpenRecord, naming: PhotoNaming): string => fields[PHOTO_NAMINGS[naming].field] ?? '';

/** Looks at every photo once: whether it is there, of the standard, and can be named like no other. */
async function survey(
  tx: Transaction,
  call: Call,
  institution: string,
  { where }: Selected,
  { naming, standard }: Rule,
): Promise<{ subjects: Subject[]; violations: Violation[] }> {
  const subjects: Subject[] = [];
  const violations: Violation[] = [];
  const names = new Set<string>();
  for await (const chunk of eachRecord(tx, institution, where, call.world.cipher)) {
    for (const record of chunk) {
      subjects.push(recordSubject(record.row));
      const name = numberOf(record, naming).toUpperCase();
      const found = [...(await photoProblems(tx, call, institution, record, standard))];
      if (!FILE_NAME.test(name) || names.has(name)) {
        found.push(violation('export-photo-name', 'photoDigest', { expected: PHOTO_NAMINGS[naming].zh }));
      }
      names.add(name);
      for (const problem of found) {
        if (violations.length >= NAMED_PROBLEMS) break;
        const text = `${record.fields.certificateNumber} ${problem.found ?? ''}`.trim();
        violations.push({ ...problem, path: `rows[${subjects.length}].${problem.path}`, found: text });
      }
    }
    if (subjects.length > MOST_EXPORTED) {
      violations.push(violation('export-too-many', 'selection', { expected: `≤ ${MOST_EXPORTED}` }));
      break;
    }
  }
  if (subjects.length === 0) violations.push(violation('export-nothing', 'selection', { found: '0', expected: '≥ 1' }));
  return { subjects, violations };
}

async function photoOf(tx: Transaction, call: Call, institution: string, { fields }: OpenRecord) {
  const { photoDigest } = fields;
  return photoDigest === null ? null : readBytes(tx, institution, photoDigest, call.world.cipher);
}

async function photoProblems(
  tx: Transaction,
  call: Call,
  institution: string,
  record: OpenRecord,
  standard: PhotoStandardName,
): Promise<Violation[]> {
  const photo = await photoOf(tx, call, institution, record);
  if (!photo) return [violation('export-photo-missing', 'photoDigest', { found: '0', expected: '1' })];
  try {
    const name = `${record.fields.certificateNumber}.jpg`;
    return photoViolations({ name, ...checkImage(photo), bytes: photo.length }, PHOTO_STANDARDS[standard]);
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    return [{ ...fileViolation(error), path: 'photoDigest' }];
  }
}

async function* entries(
  tx: Transaction,
  call: Call,
  institution: string,
  { where }: Selected,
  naming: PhotoNaming,
): AsyncGenerator<ZipFileEntry> {
  for await (const chunk of eachRecord(tx, institution, where, call.world.cipher)) {
    for (const record of chunk) {
      const photo = await photoOf(tx, call, institution, record);
      if (photo) yield { name: `${numberOf(record, naming)}.jpg`, bytes: photo, packed: true };
    }
  }
}
