// The original-record archive (art. 12): what may be exported, how long it is kept, when a year is due for appraisal, how it is handed over.

import { addDays, type CivilDate } from './deadlines/deadlines.ts';
import type { WrittenText } from './texts/written-kinds.ts';
import { writtenTextViolations } from './texts/written-texts.ts';
import type { ViolationCode } from './violation-codes.ts';
import { type Violation, violation } from './violations.ts';
import type { Term } from './vocabulary.ts';

/** What an archive is of. */
export const ARCHIVE_SCOPES = {
  record: { zh: '单条学位授予信息', en: 'one record', article: '12' },
  batch: { zh: '一个批次', en: 'a batch', article: '12' },
  year: { zh: '一个获学位年度', en: 'a year of conferral', article: '12' },
} as const satisfies Record<string, Term>;
export type ArchiveScope = keyof typeof ARCHIVE_SCOPES;

/** Where an archive stands. */
export const ARCHIVE_STATES = {
  building: { zh: '生成中', en: 'being made', article: '12' },
  done: { zh: '已用印', en: 'sealed as complete', article: '12' },
  failed: { zh: '未能生成', en: 'could not be made', article: '12' },
} as const satisfies Record<string, Term>;
export type ArchiveState = keyof typeof ARCHIVE_STATES;

/** How long original records are kept (机关档案管理规定: permanent, thirty or ten years), in years; null for good. */
export const RETENTIONS = {
  permanent: { zh: '永久', en: 'for good', article: '12', years: null },
  'thirty-years': { zh: '三十年', en: 'thirty years', article: '12', years: 30 },
  'ten-years': { zh: '十年', en: 'ten years', article: '12', years: 10 },
} as const satisfies Record<string, Term & { years: number | null }>;
export type Retention = keyof typeof RETENTIONS;

/** On what an archive is handed over. */
export const ARCHIVE_MEDIA = {
  online: { zh: '在线移交', en: 'online', article: '12' },
  disc: { zh: '光盘', en: 'optical disc', article: '12' },
  'hard-disk': { zh: '硬磁盘', en: 'hard disk', article: '12' },
  tape: { zh: '磁带', en: 'tape', article: '12' },
} as const satisfies Record<string, Term>;
export type ArchiveMedium = keyof typeof ARCHIVE_MEDIA;

/** Characters of a passphrase at least. */
export const SHORTEST_PASSPHRASE = 16;
const LONGEST_PASSPHRASE = 200;

const lengthOf = (text: string): number => [...text].length;

/** What is wrong with a text; the code says both that it is missing and that it says too little. */
function owedText(name: WrittenText, path: string, missing: ViolationCode, text: string): Violation[] {
  return writtenTextViolations(name, text, path, { missing, short: missing });
}

/** What of an order is wrong before any record is looked at. @param today of the order */
export function archiveOrderViolations(order: {
  readonly scope: ArchiveScope;
  readonly year: number | null;
  readonly purpose: string;
  readonly passphrase: string | null;
  readonly today: CivilDate;
}): Violation[] {
  const { scope, year, purpose, passphrase, today } = order;
  const violations = owedText('archivePurpose', 'purpose', 'archive-purpose', purpose);
  if (scope === 'year') violations.push(...yearViolations(year, today));
  if (passphrase !== null) {
    const length = lengthOf(passphrase);
    const plain = new Set(passphrase).size < 6 || /\p{Cc}/u.test(passphrase);
    if (length < SHORTEST_PASSPHRASE || length > LONGEST_PASSPHRASE || plain) {
      const expected = `${SHORTEST_PASSPHRASE} … ${LONGEST_PASSPHRASE}`;
      // Nothing of a passphrase is ever repeated but its length.
      violations.push(violation('archive-passphrase', 'passphrase', { found: String(length), expected }));
    }
  }
  return violations;
}

/** A year of conferral: from the first degrees of the present law's predecessor to this year. */
export function yearViolations(year: number | null, today: CivilDate): Violation[] {
  const last = Number(today.slice(0, 4));
  if (year !== null && Number.isInteger(year) && year >= 1981 && year <= last) return [];
  return [violation('archive-year', 'year', { found: String(year), expected: `1981 … ${last}` })];
}

/** The same day so many years later; the 29th of February becomes the 1st of March. */
export function yearsAfter(day: CivilDate, years: number): CivilDate {
  const moved = `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`;
  if (!moved.endsWith('-02-29')) return moved;
  const year = Number(moved.slice(0, 4));
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return leap ? moved : addDays(`${moved.slice(0, 4)}-02-28`, 1);
}

/** What is known of a year's records when it is appraised. */
export interface YearStanding {
  readonly records: number;
  /** Records on their way: neither filed nor ended. */
  readonly open: number;
  /** The last civil day on which one was filed; null while none is. */
  readonly filedUntil: CivilDate | null;
}

/** When a year is due for appraisal: so many years after the last of its records was filed; null while none is. */
export function appraisalDue(
  { filedUntil }: Pick<YearStanding, 'filedUntil'>,
  appraisalYears: number,
): CivilDate | null {
  return filedUntil === null ? null : yearsAfter(filedUntil, appraisalYears);
}

/** Why a year cannot be appraised so. */
export function appraisalViolations(
  appraisal: { readonly year: number; readonly retention: Retention; readonly opinion: string },
  standing: YearStanding,
  before: { readonly retention: Retention } | null,
  today: CivilDate,
): Violation[] {
  const violations = [
    ...yearViolations(appraisal.year, today),
    ...owedText('opinion', 'opinion', 'archive-opinion', appraisal.opinion),
  ];
  if (standing.records === 0 || standing.filedUntil === null) {
    violations.push(violation('appraisal-nothing-filed', 'year', { found: String(standing.records), expected: '≥ 1' }));
  }
  if (standing.open > 0) {
    violations.push(violation('appraisal-year-open', 'year', { found: String(standing.open), expected: '0' }));
  }
  const years = (name: Retention): number => RETENTIONS[name].years ?? Number.POSITIVE_INFINITY;
  if (before && years(appraisal.retention) < years(before.retention)) {
    const details = { found: RETENTIONS[appraisal.retention].zh, expected: `≥ ${RETENTIONS[before.retention].zh}` };
    violations.push(violation('appraisal-shorter', 'retention', details));
  }
  return violations;
}

/** Why an archive cannot be handed over so. `unappraised`: years of its records that nobody has appraised; `earlier`: receipts under which it was handed over already. */
export function transferViolations(
  transfer: {
    readonly recipient: string;
    readonly receiptNumber: string;
    readonly fileDigest: string;
    readonly transferredOn: CivilDate;
  },
  archive: { readonly state: ArchiveState; readonly fileDigest: string | null; readonly sealedOn: CivilDate | null },
  unappraised: readonly number[],
  earlier: readonly string[],
  today: CivilDate,
): Violation[] {
  const { recipient, receiptNumber, fileDigest, transferredOn } = transfer;
  const violations = [
    ...owedText('archiveRecipient', 'recipient', 'archive-recipient', recipient),
    ...owedText('archiveReceipt', 'receiptNumber', 'archive-receipt-number', receiptNumber),
  ];
  if (archive.state !== 'done') {
    const details = { found: ARCHIVE_STATES[archive.state].zh, expected: ARCHIVE_STATES.done.zh };
    return [...violations, violation('archive-not-sealed', 'archive', details)];
  }
  if (fileDigest !== archive.fileDigest) {
    // The right digest is not told: who names it has the file.
    violations.push(violation('archive-other-file', 'fileDigest', { found: fileDigest.slice(0, 64) }));
  }
  if (unappraised.length > 0) {
    violations.push(
      violation('archive-not-appraised', 'archive', { found: unappraised.join('、'), expected: '已鉴定' }),
    );
  }
  if (earlier.includes(receiptNumber)) {
    violations.push(violation('archive-transferred-already', 'receiptNumber', { found: receiptNumber }));
  }
  const sealedOn = archive.sealedOn ?? today;
  if (transferredOn < sealedOn || transferredOn > today) {
    const details = { found: transferredOn, expected: `${sealedOn} … ${today}` };
    violations.push(violation('archive-transfer-date', 'transferredOn', details));
  }
  return violations;
}
