// Exporting records in an edition of the national structure (R7.1): a sealed step like a reveal, because the file holds secrets (R21.1).
import {
  EXPORT_FORMATS,
  type ExportEncoding,
  type ExportFormat,
  exportRequestViolations,
} from '../../regulation/exports.ts';
import { type Edition, editionName } from '../../regulation/standard/edition.ts';
import { FIELDS, type FieldName } from '../../regulation/standard/fields.ts';
import { editionByKey, editionsOn } from '../../regulation/standard/shipped-editions.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import { CATEGORIES } from '../../regulation/vocabulary.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { findInstitution } from '../../store/offices/institutions.ts';
import { readEditions } from '../../store/structure/editions.ts';
import type { Call } from '../call.ts';
import { NotFound, Refused } from '../errors.ts';
import { refusingBadFiles } from '../files/file-problems.ts';
import { type Performed, perform } from '../perform.ts';
import { todayOf } from '../situation.ts';
import { codesOf } from '../structure/own-codes.ts';
import { surveyExport, writeExport } from './export-rows.ts';
import { type ExportSelection, type Selected, selectRecords } from './export-selection.ts';
import { exportSubject, factsOf, keepExport, writeSealed } from './keep-export.ts';

/** Which records, in which edition (its key, or its id for the version that holds today) and form, and why. */
export type ExportRecordsInput = {
  institution: string;
  edition: string;
  format: ExportFormat;
  encoding: ExportEncoding | null;
  purpose: string;
  selection: ExportSelection;
};

/** The export; its file is fetched by `downloadUrl` or `/exports/{id}`. */
export type ExportRecordsResult = {
  exportId: string;
  count: number;
  edition: string;
  editionVerified: boolean;
  fileName: string;
  fileDigest: string;
  size: number;
};

/**
 * Exports records (step `export-records`, by the degree office, or a category office for its own; never by the province).
 * @throws {Refused} no purpose, no such edition, or values that the edition or the format cannot hold: row by row, nothing is cut.
 * {Forbidden} {NotFound}
 */
export function exportRecords(call: Call, input: ExportRecordsInput): Promise<Performed<ExportRecordsResult>> {
  const { institution, format, selection } = input;
  const purpose = input.purpose.trim();
  const encoding = input.encoding ?? EXPORT_FORMATS[format].encodings[0] ?? null;
  return perform(call, 'export-records', institution, { ...input, purpose }, (tx) =>
    refusingBadFiles('file', async () => {
      const selected = await selectRecords(tx, call, institution, selection);
      const { target, where, categories, told } = selected;
      const asked = exportRequestViolations({ ...input, purpose });
      const edition = await editionFor(tx, call, input, selected);
      const wrong = [...asked, ...(Array.isArray(edition) ? edition : [])];
      if (Array.isArray(edition) || wrong.length > 0) throw new Refused(wrong);
      const of = await findInstitution(tx, institution);
      if (!of) throw new NotFound('institution', institution);
      const day = todayOf(call.world);
      const codes = await codesOf(tx, institution);
      const plan = { institution: of, where, edition, format, encoding, codes, day };
      const surveyed = await surveyExport(tx, call, plan);
      const { subjects, violations } = surveyed;
      if (violations.length > 0) throw new Refused(violations);
      const id = uuidv7();
      const written = await writeSealed(tx, call, { institution, id }, writeExport(tx, call, plan, surveyed));
      const fileName = `${nameOf(of.name, categories, edition, day)}.${format}`;
      const { key, verified } = edition;
      const facts = {
        ...({ kind: 'records', edition: key, verified, format, encoding, categories } as const),
        ...{ selection: told, fileName, count: subjects.length },
      };
      return {
        target,
        violations: [],
        subjects: [exportSubject(id, facts, written), ...subjects],
        facts: factsOf(facts, written),
        files: [written.digest],
        async save({ id: stepId, at }) {
          const act = { institution, id, purpose, at, stepId, shows: secretsIn(edition) };
          const exportId = await keepExport(tx, call, act, facts, written);
          const { digest: fileDigest, size } = written;
          return {
            exportId,
            count: subjects.length,
            edition: key,
            editionVerified: verified,
            fileName,
            fileDigest,
            size,
          };
        },
      };
    }),
  );
}

/** 聊城大学普通高等教育本科学士学位授予信息（数据结构的名称）20260629 */
function nameOf(institution: string, categories: readonly Category[], edition: Edition, day: string): string {
  const of = categories.map((category) => CATEGORIES[category].zh).join('、');
  return `${institution}${of}学位授予信息（${editionName(edition)}）${day.replaceAll('-', '')}`;
}

/** The edition that is named, if it is for every category. */
async function editionFor(
  tx: Transaction,
  call: Call,
  { institution, edition: key }: ExportRecordsInput,
  { categories }: Selected,
): Promise<Edition | Violation[]> {
  const loaded = await readEditions(tx, institution);
  const [first = 'regular-bachelor'] = categories;
  const current = editionsOn(loaded, todayOf(call.world)).find(({ id, version }) => id === key && version > 0);
  const edition = current ?? editionByKey(key, first, loaded);
  if (!edition) return [violation('export-edition-unknown', 'edition', { found: key.slice(0, 60) })];
  const stranger = categories.find((category) => !edition.categories.includes(category));
  if (stranger === undefined) return edition;
  const expected = edition.categories.map((category) => CATEGORIES[category].zh).join('、');
  return [violation('edition-not-for-category', 'edition', { found: CATEGORIES[stranger].zh, expected })];
}

/** The secret fields among the columns. */
function secretsIn({ columns }: Edition): FieldName[] {
  const named = columns.flatMap(({ field }) => (field !== null && FIELDS[field].secret ? [field] : []));
  return [...new Set(named)];
}
