// Classified theses (art. 20): what is reported never concerns a state secret, so a record of a classified thesis waits for its declassification.

import { type CivilDate, isCivilDate } from './deadlines/deadlines.ts';
import { holdsIdentityNumber } from './record/identity-text.ts';
import type { RecordFields } from './record/record.ts';
import { rosterNumber } from './resolution/roster.ts';
import { FIELDS } from './standard/fields.ts';
import { identityNumberIn, writtenTextViolations } from './texts/written-texts.ts';
import type { Violation } from './violations.ts';
import { violation } from './violations.ts';
import type { Category, Term } from './vocabulary.ts';

/**
 * What was declassified. `thesis`: the thesis is no secret any more, and its fields enter as those of an ordinary one. `information`:
 * the thesis stays secret, only what is told of it was processed; then the record is marked 涉密论文 and every other thesis field stays
 * empty, as the national structure asks (edition 2024-06, LWLX). A processed title has no place there: nobody here could tell it from
 * the real one, and a title beside the mark would say what the secret is about.
 */
export const DECLASSIFICATION_FORMS = {
  thesis: { zh: '论文已解密', en: 'the thesis itself is declassified', article: '20' },
  information: { zh: '论文信息已脱密', en: 'only the information about it is processed', article: '20' },
} as const satisfies Record<string, Term>;
export type DeclassificationForm = keyof typeof DECLASSIFICATION_FORMS;

/** Why a declassification does not hold any more: a word, never a text, so that nobody writes down what is secret. */
export const RECLASSIFICATION_GROUNDS = {
  'recorded-in-error': { zh: '登记有误', en: 'recorded in error', article: '20' },
  'approval-revoked': { zh: '批准文件已撤销', en: 'the approval was revoked', article: '20' },
  'classified-again': { zh: '重新定密', en: 'classified again', article: '20' },
} as const satisfies Record<string, Term>;
export type ReclassificationGround = keyof typeof RECLASSIFICATION_GROUNDS;

/** Where a declassification stands on a day. */
export const DECLASSIFICATION_STATES = {
  'not-yet': { zh: '尚未生效', en: 'does not hold yet', article: '20' },
  holds: { zh: '有效', en: 'holds', article: '20' },
  withdrawn: { zh: '已撤回', en: 'withdrawn', article: '20' },
} as const satisfies Record<string, Term>;
export type DeclassificationState = keyof typeof DECLASSIFICATION_STATES;

/** A recorded declassification as the rules see it; `number` is the student or application number. */
export interface DeclassificationView {
  readonly category: Category;
  readonly number: string;
  readonly form: DeclassificationForm;
  readonly documentNumber: string;
  readonly holdsFrom: CivilDate;
  readonly withdrawal: { readonly ground: ReclassificationGround; readonly on: CivilDate } | null;
}

/** Where it stands on a day: from `holdsFrom` on it holds, from the day of its withdrawal on it does not. */
export function declassificationState(
  { holdsFrom, withdrawal }: { readonly holdsFrom: CivilDate; readonly withdrawal: { readonly on: CivilDate } | null },
  on: CivilDate,
): DeclassificationState {
  if (withdrawal !== null && withdrawal.on <= on) return 'withdrawn';
  return holdsFrom <= on ? 'holds' : 'not-yet';
}

/** The type of outcome 涉密论文 of the national structure. */
export const CLASSIFIED = 'SM';
const CONTENT = ['thesisTitle', 'thesisKeywords', 'thesisTopicSource', 'thesisDirection', 'thesisLanguage'] as const;

/** What of a record decides whether it concerns a classified thesis. */
export type ThesisSide = Pick<
  RecordFields,
  'category' | 'studentNumber' | 'applicationNumber' | 'outcomeType' | (typeof CONTENT)[number]
>;

/**
 * What article 20 has against a record on a day. A thesis is classified when the record is marked so, or when the institution has
 * recorded a declassification for this very person: then what it says of the thesis must be what was declassified.
 *
 * @param acts those recorded for the institution; others' are passed over, so that nobody enters by the paper of another.
 */
export function secrecyViolations(
  record: ThesisSide,
  acts: readonly DeclassificationView[],
  on: CivilDate,
): Violation[] {
  const number = rosterNumber(record);
  const own = acts.filter(
    (act) =>
      number !== '' &&
      act.category === record.category &&
      act.number === number &&
      act.withdrawal?.ground !== 'recorded-in-error',
  );
  const marked = record.outcomeType === CLASSIFIED;
  const holding = own.find((act) => declassificationState(act, on) === 'holds');
  if (!holding) return marked || own.length > 0 ? [whyNot(record, own, on)] : [];
  if (holding.form === 'thesis') {
    const expected = '≠ SM 涉密论文';
    return marked ? [violation('declassified-thesis-marked', 'outcomeType', { found: CLASSIFIED, expected })] : [];
  }
  const told = CONTENT.find((name) => record[name] !== null && record[name] !== '');
  const otherType = record.outcomeType !== null && record.outcomeType !== '';
  if (marked || (!otherType && told === undefined)) return [];
  // The text itself is not repeated: it may be the secret.
  const found = record.outcomeType || (told && FIELDS[told].zh) || '';
  return [violation('classified-thesis-unmarked', 'outcomeType', { found, expected: 'SM 涉密论文' })];
}

/** Nothing holds: because there never was a declassification, it begins later, or it was withdrawn. */
function whyNot({ outcomeType }: ThesisSide, own: readonly DeclassificationView[], on: CivilDate): Violation {
  const later = own.find((act) => declassificationState(act, on) === 'not-yet');
  if (later) {
    return violation('declassification-not-yet', 'outcomeType', { found: later.holdsFrom, expected: `≤ ${on}` });
  }
  const last = own.at(-1);
  if (last?.withdrawal) {
    const found = `${last.withdrawal.on} ${RECLASSIFICATION_GROUNDS[last.withdrawal.ground].zh}`;
    return violation('declassification-withdrawn', 'outcomeType', { found, expected: `> ${on}` });
  }
  const expected = `${DECLASSIFICATION_FORMS.thesis.zh} / ${DECLASSIFICATION_FORMS.information.zh}`;
  return violation('classified-thesis', 'outcomeType', { found: `${outcomeType} 涉密论文`, expected });
}

/** What an officer records: who approved, by which document, since when it holds. */
export interface DeclassificationInput {
  readonly number: string;
  readonly authority: string;
  readonly responsiblePerson: string;
  readonly documentNumber: string;
  readonly decidedOn: CivilDate;
  readonly holdsFrom: CivilDate;
}

const NUMBER = /^[0-9A-Za-z-]{1,40}$/;
const LABEL = {
  authority: { zh: '批准机关', en: 'approving authority' },
  responsiblePerson: { zh: '批准责任人', en: 'responsible person' },
  documentNumber: { zh: '批准文号', en: 'number of the approval' },
  decidedOn: { zh: '批准日期', en: 'day of the approval' },
  holdsFrom: { zh: '生效日期', en: 'day from which it holds' },
} as const;

/** What is wrong with a declassification as it is recorded; `standing` is one of the same person that stands already. */
export function declassificationViolations(
  input: DeclassificationInput,
  on: CivilDate,
  standing: Pick<DeclassificationView, 'documentNumber'> | null,
): Violation[] {
  const violations: Violation[] = [];
  if (!NUMBER.test(input.number)) {
    const details = { label: FIELDS.studentNumber, found: input.number.slice(0, 60), expected: '0-9 A-Z a-z -, 1–40' };
    violations.push(violation('field-malformed', 'number', { ...details, article: '20' }));
  } else if (holdsIdentityNumber(input.number)) {
    violations.push(identityNumberIn('number', FIELDS.studentNumber, false));
  }
  for (const name of ['authority', 'responsiblePerson', 'documentNumber'] as const) {
    violations.push(...owedText(name, input[name]));
  }
  violations.push(...dayViolations(input, on));
  if (standing) violations.push(violation('declassification-stands', 'number', { found: standing.documentNumber }));
  return violations;
}

/** What is wrong with a text of an approval; one that is missing is so under the article of declassification. */
function owedText(name: 'authority' | 'responsiblePerson' | 'documentNumber', text: string): Violation[] {
  const { code: missing, article } = { code: 'field-missing', article: '20' } as const;
  const violations = writtenTextViolations(name, text, name, { missing });
  return violations.map((one) => (one.code === missing ? { ...one, article } : one));
}

function dayViolations({ decidedOn, holdsFrom }: DeclassificationInput, on: CivilDate): Violation[] {
  const violations: Violation[] = [];
  for (const [name, day] of [
    ['decidedOn', decidedOn],
    ['holdsFrom', holdsFrom],
  ] as const) {
    if (isCivilDate(day)) continue;
    const details = { label: LABEL[name], found: day.slice(0, 40), expected: 'YYYY-MM-DD', article: '20' };
    violations.push(violation('date-impossible', name, details));
  }
  if (violations.length > 0) return violations;
  if (decidedOn > on) {
    const details = { label: LABEL.decidedOn, found: decidedOn, expected: `≤ ${on}`, article: '20' };
    violations.push(violation('date-in-future', 'decidedOn', details));
  }
  if (holdsFrom < decidedOn) {
    const details = { found: holdsFrom, expected: `≥ ${decidedOn}` };
    violations.push(violation('declassification-before-approval', 'holdsFrom', details));
  }
  return violations;
}

/** What is wrong with a withdrawal: of one that is withdrawn, without its document, or of a day that has not come or was before it was decided. */
export function reclassificationViolations(
  { documentNumber, on: day }: { readonly documentNumber: string; readonly on: CivilDate },
  act: Pick<DeclassificationView, 'withdrawal'> & { readonly decidedOn: CivilDate },
  on: CivilDate,
): Violation[] {
  const violations: Violation[] = [];
  if (act.withdrawal) {
    const details = { found: `${act.withdrawal.on} ${RECLASSIFICATION_GROUNDS[act.withdrawal.ground].zh}` };
    violations.push(violation('declassification-already-withdrawn', 'declassification', details));
  }
  violations.push(...owedText('documentNumber', documentNumber));
  if (!isCivilDate(day) || day > on || day < act.decidedOn) {
    const details = { found: day.slice(0, 40), expected: `${act.decidedOn} – ${on}` };
    violations.push(violation('declassification-withdrawal-day', 'on', details));
  }
  return violations;
}
