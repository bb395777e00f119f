// What records are judged against while they are collected, and the rules that need only the record itself.
import { type CivilDate, isCivilDate } from '../../regulation/deadlines/deadlines.ts';
import { completeRecord, type RecordFields, recordViolations } from '../../regulation/record/record.ts';
import { disciplineTable } from '../../regulation/record/record-degree.ts';
import { isSameResolutionNumber } from '../../regulation/resolution/resolution-number.ts';
import { type RosterRow, resolutionMatchViolations } from '../../regulation/resolution/roster.ts';
import { mappingKey, type UnmatchedText } from '../../regulation/standard/cells.ts';
import type { ExtraCodes } from '../../regulation/standard/codes.ts';
import type { GivenRow, ParsedRow } from '../../regulation/standard/editions.ts';
import { FIELD_NAMES, FIELDS, type FieldName } from '../../regulation/standard/fields.ts';
import type { Violation } from '../../regulation/violations.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { findResolution, type Resolution } from '../../store/resolutions/resolutions.ts';
import type { World } from '../call.ts';
import { NotFound } from '../errors.ts';
import { type SecrecyJudge, secrecyJudge } from '../secrecy/secrecy-rules.ts';
import { todayOf } from '../situation.ts';
import { codesOf } from '../structure/own-codes.ts';

/** The common ground of all records of one import or entry by hand. */
export interface Collecting {
  readonly institution: string;
  readonly category: Category;
  readonly resolution: Resolution;
  readonly on: CivilDate;
  readonly codes: ExtraCodes;
  /** What article 20 has against a record, by the declassifications of its category. */
  readonly secrecy: SecrecyJudge;
  /** Fields that may be empty for now: photos, and what the enrolment record will fill in. */
  readonly pending: ReadonlySet<FieldName>;
}

/** A record that wants to be collected: everything found wrong so far, and its place on the roster when it has one. */
export interface Candidate {
  readonly line: number;
  /** Texts of the row that no code table has, and the ids of the mappings that were applied. */
  readonly unmatched: readonly UnmatchedText[];
  readonly mappings: readonly string[];
  readonly fields: RecordFields;
  readonly violations: Violation[];
  entry: RosterRow | null;
}

/** The common ground, with what is pending when the source carries only these fields. @throws {NotFound} no such resolution */
export async function collectingFor(
  tx: Transaction,
  world: World,
  of: { institution: string; category: Category; resolutionId: string },
  carried: ReadonlySet<FieldName>,
): Promise<Collecting> {
  const { institution, category, resolutionId } = of;
  const resolution = await findResolution(tx, institution, resolutionId);
  if (!resolution) throw new NotFound('resolution', resolutionId);
  const codes = await codesOf(tx, institution);
  const on = todayOf(world);
  const secrecy = await secrecyJudge(tx, institution, category, on);
  const pending = FIELD_NAMES.filter((name) => {
    const { suppliedBy } = FIELDS[name];
    return suppliedBy === 'photos' || (suppliedBy === 'enrolment' && !carried.has(name));
  });
  return { institution, category, resolution, on, codes, secrecy, pending: new Set(pending) };
}

/** Makes a candidate of what a row or form gives: fields of the resolution are supplied, then every rule about the record alone is asked. */
export function candidateOf(collecting: Collecting, line: number, given: GivenRow & Partial<ParsedRow>): Candidate {
  const { institution, category, resolution, on, codes, secrecy } = collecting;
  const { number: resolutionNumber, headName, chairName } = resolution;
  // The same number typed otherwise: the record says it as its resolution does.
  const typed = given.fields.resolutionNumber;
  if (typed !== undefined && isSameResolutionNumber(typed, resolutionNumber))
    given.fields.resolutionNumber = resolutionNumber;
  const fields = completeRecord(given.fields, { institution, category, resolutionNumber, headName, chairName });
  const pending = given.rejected.size === 0 ? collecting.pending : new Set([...collecting.pending, ...given.rejected]);
  const violations = [
    ...given.violations,
    ...recordViolations(fields, { institution: { code: institution }, on, codes, pending }),
    ...resolutionMatchViolations(fields, resolution),
    ...secrecy(fields),
  ];
  const unmatched = [...(given.unmatched ?? []), ...unmatchedDiscipline(fields, on, violations)];
  return { line, fields, violations, entry: null, unmatched, mappings: given.mappings ?? [] };
}

/** The discipline, when the catalogue of its level does not have it on the day. */
function unmatchedDiscipline(fields: RecordFields, on: CivilDate, violations: readonly Violation[]): UnmatchedText[] {
  const { disciplineCode, level, conferralDate } = fields;
  const unknown = violations.some(
    ({ path, code }) => path === 'disciplineCode' && (code === 'code-unknown' || code === 'code-not-valid-on-date'),
  );
  if (!unknown) return [];
  const day = isCivilDate(conferralDate) ? conferralDate : on;
  return [{ table: disciplineTable(level), value: mappingKey(disciplineCode), on: day }];
}
