// What a student is shown: the own record as it would be reported, field by field, where it stands, what was said, and what can be done now.
import { transitionViolations } from '../../regulation/lifecycle.ts';
import { shown } from '../../regulation/record/record-fields.ts';
import { indexCodes, lookUp } from '../../regulation/standard/codes.ts';
import { FIELD_NAMES, FIELDS, type Field, type FieldName } from '../../regulation/standard/fields.ts';
import type { StepName } from '../../regulation/steps.ts';
import { confirmationViolations, correctionRequestViolations, openDispute } from '../../regulation/student-word.ts';
import type { Violation } from '../../regulation/violations.ts';
import { findInstitution } from '../../store/offices/institutions.ts';
import { readCodeEntries } from '../../store/structure/code-entries.ts';
import { type CorrectionRequest, correctionRequestsOf } from '../../store/student/correction-requests.ts';
import { disputesOf, type StudentDispute, standingConfirmation } from '../../store/student/student-words.ts';
import type { Action } from '../actions.ts';
import type { Student, World } from '../call.ts';
import { todayOf } from '../situation.ts';
import { keyOfThing, ownThings, type StudentThing } from './student-thing.ts';

/** One field: its value as reported (a secret one masked), and what a code stands for. */
export interface ShownField {
  readonly name: FieldName;
  readonly label: Field;
  readonly value: string | null;
  /** Name of the code; null where the value speaks for itself. */
  readonly text: string | null;
}

/** One of the own records as the student sees it. */
export interface StudentView {
  readonly thing: StudentThing;
  readonly institutionName: string;
  readonly fields: readonly ShownField[];
  readonly confirmedAt: Date | null;
  readonly disputes: readonly StudentDispute[];
  readonly requests: readonly (CorrectionRequest & { readonly application: { readonly state: string } | null })[];
  readonly actions: readonly Action[];
}

/** The views of everything that is the student's own, degree records first. */
export async function studentViews(world: World, student: Student): Promise<StudentView[]> {
  const db = world.db.prisma;
  const { institution } = student;
  const found = await findInstitution(db, institution);
  const codes = indexCodes(await readCodeEntries(db, institution));
  const today = todayOf(world);
  const things = await ownThings(db, world, student);
  return Promise.all(
    things.map(async (thing) => {
      const key = keyOfThing(thing);
      const confirmation = await standingConfirmation(db, institution, key, thing.version);
      const disputes = await disputesOf(db, institution, key);
      const requests = thing.kind === 'record' ? await correctionRequestsOf(db, institution, thing.id) : [];
      const on = thing.fields.conferralDate || today;
      const fields = FIELD_NAMES.filter((name) => Object.hasOwn(thing.fields, name)).map((name): ShownField => {
        const value = thing.fields[name] || null;
        const label: Field = FIELDS[name];
        const { table } = label;
        const code = value && table && table !== 'discipline' ? lookUp(table, value, on, codes) : null;
        return { name, label, value: value && label.secret ? shown(name, value) : value, text: code?.name ?? null };
      });
      return {
        ...{ thing, institutionName: found?.name ?? institution, fields, disputes, requests },
        confirmedAt: confirmation?.at ?? null,
        actions: actionsOf(thing, {
          confirmed: confirmation !== null,
          disputed: disputes.some(({ state }) => state === 'open'),
          requested: requests.some(({ state }) => state === 'open'),
        }),
      };
    }),
  );
}

function actionsOf(
  { state }: StudentThing,
  own: { confirmed: boolean; disputed: boolean; requested: boolean },
): Action[] {
  const action = (name: StepName, violations: readonly Violation[]): Action => ({
    ...{ name, allowed: violations.length === 0, violations },
  });
  const stage = (step: 'confirm' | 'dispute') => (state === null ? [] : transitionViolations(step, state));
  return [
    action('confirm', [...stage('confirm'), ...confirmationViolations(own)]),
    action('dispute', [...stage('dispute'), ...(own.disputed ? [openDispute()] : [])]),
    ...(state === null ? [] : [action('request-correction', correctionRequestViolations(state, own.requested))]),
  ];
}
