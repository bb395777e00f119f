// Offices and officers over time (R4.1, R6.2, R24.1): what stands in the way of adding, renaming or closing an office and of charging an officer.
import type { CivilDate } from './deadlines/deadlines.ts';
import { isCivilDate } from './deadlines/deadlines.ts';
import { writtenTextViolations } from './texts/written-texts.ts';
import type { Violation } from './violations.ts';
import { violation } from './violations.ts';
import type { Category, Duty, OfficeKind } from './vocabulary.ts';
import { CATEGORIES, DUTIES, keysOf, OFFICE_KINDS } from './vocabulary.ts';

/** From when to when an office exists; null: always, or still. */
export interface OfficeTime {
  readonly openedOn: CivilDate | null;
  readonly closedOn: CivilDate | null;
}

/** Whether there is the office on a day; the day of its closing is the first without it. */
export function isOpenOn({ openedOn, closedOn }: OfficeTime, date: CivilDate): boolean {
  return (openedOn ?? '') <= date && (closedOn === null || date < closedOn);
}

function dayViolations(on: string, today: CivilDate): Violation[] {
  const label = { zh: '日期', en: 'day' };
  if (!isCivilDate(on)) return [violation('date-impossible', 'on', { label, found: on, expected: 'YYYY-MM-DD' })];
  return on < today ? [violation('office-back-dated', 'on', { found: on, expected: `≥ ${today}` })] : [];
}

function nameViolations(name: string): Violation[] {
  return writtenTextViolations('officeName', name, 'name', { missing: 'office-name-missing' });
}

/** What is wrong with a new office: its day, its name, its kind – a provincial office is no part of an institution, and of each kind there is one at a time. */
export function openingViolations(office: {
  readonly kind: OfficeKind;
  readonly name: string;
  readonly on: string;
  readonly today: CivilDate;
  /** Those of the same kind in the institution. */
  readonly sameKind: readonly (OfficeTime & { readonly name: string })[];
}): Violation[] {
  const { kind, name, on, today } = office;
  const violations = [...dayViolations(on, today), ...nameViolations(name)];
  if (kind === 'provincial-office') {
    violations.push(violation('office-kind-outside', 'kind', { found: OFFICE_KINDS[kind].zh }));
  }
  // One that is not open yet on that day is one too many as well.
  const there = office.sameKind.find(({ closedOn }) => closedOn === null || closedOn > on);
  if (there) violations.push(violation('office-kind-taken', 'kind', { found: there.name }));
  return violations;
}

/** What is wrong with a new name: none, unreadable, the old one, or one that the certificate of its seal does not bear. */
export function renamingViolations(name: string, before: string, sealAgrees: boolean): Violation[] {
  const violations = nameViolations(name);
  if (name === before) violations.push(violation('office-name-same', 'name', { found: name }));
  if (!sealAgrees) violations.push(violation('seal-names-otherwise', 'name', { found: name, expected: before }));
  return violations;
}

/** What stands in the way of closing an office: categories that it owns on that day or later, and the batches of them that are open, each by its id. */
export function closingViolations(office: {
  readonly kind: OfficeKind;
  readonly on: string;
  readonly today: CivilDate;
  readonly closedOn: CivilDate | null;
  readonly categories: readonly Category[];
  readonly openBatches: readonly { readonly id: string; readonly category: Category }[];
}): Violation[] {
  const { kind, on, today, closedOn } = office;
  const violations = dayViolations(on, today);
  if (closedOn !== null && closedOn <= today)
    violations.push(violation('office-closed', 'office', { found: closedOn }));
  if (kind === 'degree-office') {
    violations.push(violation('office-needed', 'office', { found: OFFICE_KINDS[kind].zh }));
    return violations;
  }
  for (const category of office.categories) {
    violations.push(violation('office-owns-category', 'office', { found: CATEGORIES[category].zh }));
  }
  for (const { id, category } of office.openBatches) {
    violations.push(violation('office-has-open-batch', `batches[${id}]`, { found: CATEGORIES[category].zh }));
  }
  return violations;
}

/** Duties that only the provincial office has. */
const PROVINCIAL: readonly Duty[] = ['review', 'file'];

/** Whether somebody would audit and act: whoever watches over others' acts has none of their own to watch over (R23.1). */
export function auditsAndActs(duties: readonly Duty[]): boolean {
  return duties.length > 1 && duties.includes('audit');
}

/**
 * What is wrong with the duties of an officer of an institution: none, such as only the provincial office has, or the audit beside
 * another one. One person may collect and cross-check; the rule per record keeps the two apart.
 */
export function dutiesViolations(duties: readonly Duty[]): Violation[] {
  if (duties.length === 0) {
    const expected = keysOf(DUTIES)
      .filter((duty) => !PROVINCIAL.includes(duty))
      .map((duty) => DUTIES[duty].zh)
      .join('、');
    return [violation('duties-missing', 'duties', { expected })];
  }
  const found = duties.map((duty) => DUTIES[duty].zh).join('、');
  const both = auditsAndActs(duties)
    ? [violation('audit-not-alone', 'duties', { found, expected: DUTIES.audit.zh })]
    : [];
  const ofProvince = duties
    .filter((duty) => PROVINCIAL.includes(duty))
    .map((duty) => violation('duty-of-province', 'duties', { found: DUTIES[duty].zh }));
  return [...ofProvince, ...both];
}

/** Nobody appoints, charges, moves or retires themselves (R6.2). */
export function ownAppointmentViolations(
  officerId: string,
  actor: { readonly officerId: string; readonly name?: string },
): Violation[] {
  return officerId === actor.officerId
    ? [violation('own-appointment', 'officer', { found: actor.name, expected: '本人以外的系统管理员' })]
    : [];
}

/** What is wrong with a new officer's names; the login name begins with the code of the institution, so that no two institutions ask for the same one. */
export function newOfficerViolations(institution: string, name: string, loginName: string): Violation[] {
  const violations = writtenTextViolations('officerName', name, 'name', { missing: 'officer-name-missing' });
  if (!new RegExp(`^${institution}\\.[a-z0-9][a-z0-9._-]{1,56}$`).test(loginName)) {
    const details = { found: loginName.slice(0, 80), expected: `${institution}.…` };
    violations.push(violation('login-name-malformed', 'loginName', details));
  }
  return violations;
}
