// 盲录 (R11.2): the checker enters the key fields of sampled records anew, from the papers; the server keeps them, compares, and only then tells where they differ.

import { openTable } from '../../files/table.ts';
import { crossCheckViolations } from '../../regulation/cross-check/cross-check.ts';
import {
  SECOND_ENTRY_FIELDS,
  type SecondEntryValues,
  secondEntryViolations,
} from '../../regulation/cross-check/sample.ts';
import { SECOND_ENTRY_POLICIES } from '../../regulation/policy.ts';
import { rosterNumber } from '../../regulation/resolution/roster.ts';
import { indexCodes } from '../../regulation/standard/codes.ts';
import {
  parseSecondEntry,
  readSecondEntryHeader,
  SECOND_ENTRY_TEMPLATE,
  type SecondEntryRow,
} from '../../regulation/standard/second-entry-template.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import { addExaminations, drawnRecords, drawsOf, examinationsOf } from '../../store/cross-check/cross-check-draws.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { findBatch } from '../../store/records/batches.ts';
import { type OpenRecord, readRecords } from '../../store/records/records.ts';
import { lockLogHead } from '../../store/seals/log.ts';
import { readFile } from '../../store/stored-files.ts';
import { readCodeEntries } from '../../store/structure/code-entries.ts';
import type { Call } from '../call.ts';
import { NotFound, Refused } from '../errors.ts';
import { FILE_KINDS, MAX_ROWS } from '../files/file-kinds.ts';
import { refusingBadFiles } from '../files/file-problems.ts';
import { notUploadedAs } from '../files/uploaded-as.ts';
import { type Prepared, prepare } from '../prepare.ts';
import type { RecordResult } from '../records/record-results.ts';
import { requireWithin } from '../target.ts';
import { giversOf } from './givers.ts';

/** One second entry as a form gives it. */
export type GivenEntry = { readonly sequence: number; readonly studentNumber?: string | null | undefined } & {
  readonly [Name in keyof SecondEntryValues]: string;
};

/** Entries by hand, or the digest of an uploaded table (kind `second-entry`). */
export interface EnterSecondInput {
  readonly institution: string;
  readonly batchId: string;
  readonly entries?: readonly GivenEntry[] | undefined;
  readonly fileDigest?: string | undefined;
}

/** How many entries were kept, and of which records they differ: only now is it told, field by field. A simulation compares nothing. */
export type SecondEntered = {
  readonly batchId: string;
  readonly entered: number;
  readonly results: readonly RecordResult[];
};

/** Problems named at most. */
const MOST_PROBLEMS = 1000;

/**
 * Keeps second entries of sampled records, each as an examination of the version that is there, once per version; nothing is kept when
 * one cannot be read. A simulation says only whether they can be read: who tries out values learns nothing of the record.
 * @throws {NotFound} batch or file. {Refused} not asked for, no such place in the sample, entered already, own records, unreadable
 * cells: all at once. {Forbidden}
 */
export async function enterSecond(call: Call, input: EnterSecondInput): Promise<Prepared<SecondEntered>> {
  const { institution, batchId, entries = [], fileDigest = null } = input;
  const { world, actor } = call;
  await requireWithin(world.db.prisma, call, 'cross-check', institution);
  const batch = await findBatch(world.db.prisma, institution, batchId);
  if (!batch) throw new NotFound('batch', batchId);
  const given = entries.map(({ sequence, studentNumber, ...values }) => ({
    ...{ sequence, studentNumber: studentNumber ?? '' },
    ...Object.fromEntries(SECOND_ENTRY_FIELDS.map((name) => [name, values[name]])),
  }));
  const request = { batchId, entries: given, fileDigest };
  const category = batch.category as never;
  const preparation = {
    procedure: 'enter-second',
    step: 'cross-check' as const,
    institution,
    category,
    input: request,
  };
  return prepare(call, preparation, async (tx, at) => {
    // Of two who enter the same place at once the second waits here, and finds it entered.
    await lockLogHead(tx, institution);
    const context = { on: batch.resolution.decidedOn, codes: indexCodes(await readCodeEntries(tx, institution)) };
    const read = fileDigest ? await readTable(tx, call, institution, fileDigest, context) : readGiven(entries, context);
    const blind = (await drawsOf(tx, institution, batchId)).some((draw) => draw.secondEntry);
    const asked = blind ? [] : [violation('second-entry-not-asked', 'batch', { found: SECOND_ENTRY_POLICIES.none.zh })];
    const { matched, violations } = await match(tx, call, institution, batchId, read.rows);
    const all = [...asked, ...read.violations, ...(blind ? violations : [])];
    if (all.length === 0 && matched.length === 0)
      all.push(violation('nothing-to-do', 'entries', { found: '0', expected: '≥ 1', article: '11(2)' }));
    if (all.length > 0) throw new Refused(all.slice(0, MOST_PROBLEMS));
    if (call.simulate) return { batchId, entered: matched.length, results: [] };
    const compared = matched.map(({ record, values }) => ({
      ...{ record, values, differences: secondEntryViolations(values, record.fields) },
    }));
    await addExaminations(
      tx,
      compared.map(({ record: { row }, values, differences }) => ({
        ...{
          institution,
          id: uuidv7(),
          batchId,
          recordId: row.id,
          version: row.version,
          examinedById: actor.officerId,
          at,
        },
        ...{ agrees: differences.length === 0, note: null, entered: values },
        wrong: differences.map(({ path }) => ({ field: path, words: '' })),
      })),
    );
    const results: RecordResult[] = compared
      .filter(({ differences }) => differences.length > 0)
      .map(({ record, differences }) => ({ recordId: record.row.id, violations: differences }));
    return { batchId, entered: compared.length, results };
  });
}

type Rows = {
  readonly rows: readonly (SecondEntryRow & { readonly path: string })[];
  readonly violations: Violation[];
};
type Context = Parameters<typeof parseSecondEntry>[2];

/** A form is read as one row of a table: the same rules for its cells. */
function readGiven(entries: readonly GivenEntry[], context: Context): Rows {
  const parsed = entries.map((entry) =>
    parseSecondEntry(
      SECOND_ENTRY_TEMPLATE,
      SECOND_ENTRY_TEMPLATE.map(({ key }) => String(entry[key] ?? '')),
      context,
    ),
  );
  return collect(parsed.map((each, index) => ({ ...each, path: `entries[${index}]` })));
}

function collect(parsed: readonly (ReturnType<typeof parseSecondEntry> & { path: string })[]): Rows {
  return {
    rows: parsed.flatMap(({ row, path }) => (row ? [{ ...row, path }] : [])),
    violations: parsed.flatMap(({ violations, path }) =>
      violations.map((wrong) => ({ ...wrong, path: `${path}.${wrong.path}` })),
    ),
  };
}

function readTable(tx: Transaction, call: Call, institution: string, digest: string, context: Context): Promise<Rows> {
  return refusingBadFiles('file', async () => {
    const file = await readFile(tx, { institution, digest, kinds: ['second-entry'] }, call.world.cipher);
    if (!file) throw notUploadedAs('second-entry', 'fileDigest', digest);
    const limits = { name: file.name, maxBytes: FILE_KINDS['second-entry'].maxBytes, maxRows: MAX_ROWS };
    const table = await openTable({ bytes: file.bytes }, limits);
    const header = readSecondEntryHeader(table.header);
    if ('violations' in header) throw new Refused(header.violations);
    const parsed: (ReturnType<typeof parseSecondEntry> & { path: string })[] = [];
    for await (const { line, cells } of table.rows()) {
      parsed.push({ ...parseSecondEntry(header, cells, context), path: `entries[${line}]` });
    }
    return collect(parsed);
  });
}

/** The sampled record that waits behind each entry: by its place on the roster, and by its number where one was given. */
async function match(
  tx: Transaction,
  { world, actor }: Call,
  institution: string,
  batchId: string,
  rows: Rows['rows'],
): Promise<{ matched: { record: OpenRecord; values: SecondEntryValues }[]; violations: Violation[] }> {
  const sampled = (await drawnRecords(tx, institution, batchId)).filter((each) => each.sampled);
  const which = { batchId, state: 'collected', id: { in: [...new Set(sampled.map(({ recordId }) => recordId))] } };
  const records = await readRecords(tx, institution, which, world.cipher);
  const entered = new Map(
    (await examinationsOf(tx, institution, batchId)).flatMap((each) =>
      each.entered === null ? [] : [[`${each.recordId}/${each.version}`, each] as const],
    ),
  );
  const enteredOf = ({ row }: OpenRecord) => entered.get(`${row.id}/${row.version}`);
  const waiting = records.filter((record) => !enteredOf(record)).map(({ row }) => row.rosterSequence);
  const places = new Map(records.map((record) => [record.row.rosterSequence, record]));
  const asked = records.map(({ row }) => row);
  const givers = await giversOf(tx, institution, asked, actor.officerId);
  const matched: { record: OpenRecord; values: SecondEntryValues }[] = [];
  const violations: Violation[] = [];
  for (const { sequence, studentNumber, values, path } of rows) {
    const record = places.get(sequence);
    if (!record || (studentNumber !== '' && studentNumber !== rosterNumber(record.fields))) {
      const details = { found: `${sequence} ${studentNumber}`.trim() };
      violations.push(violation('second-entry-unknown', `${path}.sequence`, details));
      continue;
    }
    places.delete(sequence);
    const earlier = enteredOf(record);
    if (earlier) {
      const details = { found: `${sequence} (${earlier.at.toISOString()})`, expected: placesText(waiting) };
      violations.push(violation('second-entry-already-entered', `${path}.sequence`, details));
    }
    for (const own of crossCheckViolations(givers(record.row), actor)) {
      violations.push({ ...own, path: `${path}.sequence` });
    }
    matched.push({ record, values });
  }
  return { matched, violations };
}

/** Places named at most. */
const MOST_PLACES = 20;

/** The places that still wait, in order: `3, 7, 12 …`; `–` when none does. */
function placesText(places: readonly number[]): string {
  const sorted = [...places].sort((one, other) => one - other);
  if (sorted.length === 0) return '–';
  return sorted.slice(0, MOST_PLACES).join(', ') + (sorted.length > MOST_PLACES ? ' …' : '');
}
