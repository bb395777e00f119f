// What is asked of a request for an analysis dataset (R18.1, R19.1): for whom, what for, which fields, how anonymous, how long.
import type { CivilDate } from '../deadlines/deadlines.ts';
import { addDays, daysBetween, isCivilDate } from '../deadlines/deadlines.ts';
import type { Policy } from '../policy.ts';
import { writtenTextViolations } from '../texts/written-texts.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { Category } from '../vocabulary.ts';
import { normalizeSocialCreditCode, socialCreditCodeExpected } from './social-credit-code.ts';
import { DATASET_PURPOSES, type DatasetPurpose } from './words.ts';

/** A request as the rules see it. */
export interface DatasetRequest {
  readonly organisationName: string;
  readonly organisationCode: string;
  readonly contactName: string;
  readonly contactWay: string;
  readonly purpose: DatasetPurpose;
  readonly description: string;
  /** Years of conferral, both included. */
  readonly yearFrom: number;
  readonly yearUntil: number;
  readonly categories: readonly Category[];
  readonly k: number;
  readonly l: number;
  /** Largest distance (0 … 1) of a class from the whole in its sensitive values; null: not asked. */
  readonly t: number | null;
  readonly firstDay: CivilDate;
  readonly lastDay: CivilDate;
  readonly recipients: readonly string[];
}

/** Recipients of one dataset at most: each has a copy with a mark of its own. */
export const MOST_RECIPIENTS = 20;
/** k and l beyond which nobody asks for an analysis. */
const MOST_K = 1000;
const MOST_L = 100;
const OLDEST_YEAR = 1981; // the first degrees under the Regulations on Degrees of 1980

/** The request as it is kept: without spaces at the ends, the code in its own form, each category once. */
export function normalizedRequest<Request extends DatasetRequest>(request: Request): Request {
  return {
    ...request,
    organisationName: request.organisationName.trim(),
    organisationCode: normalizeSocialCreditCode(request.organisationCode),
    contactName: request.contactName.trim(),
    contactWay: request.contactWay.trim(),
    description: request.description.trim(),
    categories: [...new Set(request.categories)],
    recipients: request.recipients.map((name) => name.trim()),
  };
}

/** Everything that is wrong with a normalised request, besides its fields and its file. */
export function datasetRequestViolations(
  request: DatasetRequest,
  policy: Pick<Policy, 'datasetK' | 'datasetL' | 'datasetDays'>,
  today: CivilDate,
): Violation[] {
  return [
    ...purposeViolations(request),
    ...organisationViolations(request),
    ...selectionViolations(request, today),
    ...measureViolations(request, policy),
    ...termViolations(request, policy.datasetDays, today),
    ...recipientViolations(request.recipients),
  ];
}

function purposeViolations({ purpose, description }: DatasetRequest): Violation[] {
  const { zh, en, commercial } = DATASET_PURPOSES[purpose];
  const allowed = Object.values(DATASET_PURPOSES).filter((each) => !each.commercial);
  const expected = allowed.map((each) => each.zh).join('、');
  const short = 'dataset-description-short';
  return [
    ...(commercial ? [violation('dataset-commercial', 'purpose', { found: `${zh} (${en})`, expected })] : []),
    ...writtenTextViolations('datasetDescription', description, 'description', { missing: short, short }),
  ];
}

function organisationViolations(request: DatasetRequest): Violation[] {
  const { organisationName, organisationCode, contactName, contactWay } = request;
  const expected = socialCreditCodeExpected(organisationCode);
  const owed = { missing: 'dataset-word-missing' } as const;
  return [
    ...writtenTextViolations('organisationName', organisationName, 'organisationName', owed),
    ...(expected === null
      ? []
      : [
          violation('dataset-organisation-code', 'organisationCode', {
            found: organisationCode.slice(0, 40),
            expected,
          }),
        ]),
    ...writtenTextViolations('contactName', contactName, 'contactName', owed),
    ...writtenTextViolations('contactWay', contactWay, 'contactWay', owed),
  ];
}

function selectionViolations({ yearFrom, yearUntil, categories }: DatasetRequest, today: CivilDate): Violation[] {
  const thisYear = Number(today.slice(0, 4));
  const inOrder = OLDEST_YEAR <= yearFrom && yearFrom <= yearUntil && yearUntil <= thisYear;
  const expected = `${OLDEST_YEAR} ≤ yearFrom ≤ yearUntil ≤ ${thisYear}`;
  return [
    ...(inOrder ? [] : [violation('dataset-years', 'yearFrom', { found: `${yearFrom} – ${yearUntil}`, expected })]),
    ...(categories.length > 0
      ? []
      : [violation('dataset-categories-missing', 'categories', { found: '0', expected: '≥ 1' })]),
  ];
}

/** What is wrong with the measures, by the policy of the day. */
export function measureViolations(
  { k, l, t }: Pick<DatasetRequest, 'k' | 'l' | 't'>,
  { datasetK, datasetL }: Pick<Policy, 'datasetK' | 'datasetL'>,
): Violation[] {
  const within = (code: 'dataset-k' | 'dataset-l', path: 'k' | 'l', found: number, least: number, most: number) =>
    found >= least && found <= most
      ? []
      : [violation(code, path, { found: String(found), expected: `${least} … ${most}` })];
  return [
    ...within('dataset-k', 'k', k, datasetK, MOST_K),
    ...within('dataset-l', 'l', l, datasetL, MOST_L),
    ...(t === null || (t > 0 && t <= 1)
      ? []
      : [violation('dataset-t', 't', { found: String(t), expected: '0 < t ≤ 1' })]),
  ];
}

function termViolations(
  { firstDay, lastDay }: Pick<DatasetRequest, 'firstDay' | 'lastDay'>,
  most: number,
  today: CivilDate,
): Violation[] {
  const found = `${firstDay} – ${lastDay}`;
  if (!isCivilDate(firstDay) || !isCivilDate(lastDay) || lastDay < firstDay) {
    return [violation('dataset-term', 'lastDay', { found, expected: 'firstDay ≤ lastDay' })];
  }
  const days = daysBetween(firstDay, lastDay) + 1;
  const long = { found: `${found}（${days}）`, expected: `≤ ${most}（${addDays(firstDay, most - 1)}）` };
  return [
    ...(firstDay < today
      ? [violation('dataset-term-past', 'firstDay', { found: firstDay, expected: `≥ ${today}` })]
      : []),
    ...(days > most ? [violation('dataset-term-long', 'lastDay', long)] : []),
  ];
}

function recipientViolations(recipients: readonly string[]): Violation[] {
  const bad = recipients.length < 1 || recipients.length > MOST_RECIPIENTS;
  const doubled = recipients.filter((name, at) => recipients.indexOf(name) !== at);
  return [
    ...(bad
      ? [
          violation('dataset-recipients', 'recipients', {
            ...{ found: String(recipients.length), expected: `1 … ${MOST_RECIPIENTS}` },
          }),
        ]
      : []),
    ...[...new Set(doubled)].map((name) => violation('dataset-recipient-twice', 'recipients', { found: name })),
    ...recipients.flatMap((name, at) =>
      writtenTextViolations('recipientName', name, `recipients[${at}]`, { missing: 'dataset-word-missing' }),
    ),
  ];
}
