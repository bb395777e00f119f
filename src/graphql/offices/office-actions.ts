// The degree office arranges the offices of its institution and appoints their officers (R4.1, R6.2, R24.1).
import { addOfficer, changeOfficer, resetPassword, retireOfficer } from '../../procedures/offices/appoint-officers.ts';
import { closeOffice, openOffice, renameOffice } from '../../procedures/offices/arrange-offices.ts';
import { addAction, type Done, type SuccessBuilder } from '../action.ts';
import { DutyEnum, OfficeKindEnum } from '../enums.ts';
import { localIdFrom, uuidOf } from '../global-id.ts';
import { readOne } from '../reads.ts';
import { OfficeRef } from './office.ts';
import { OfficerRef } from './officer.ts';

const INSTITUTION = { description: 'Five-digit code.' } as const;
const KEY = { description: 'Its name in the register, `10447/graduate-office`.' } as const;

function officeField<Shape extends Done & { officeId: string }>(t: SuccessBuilder<Shape>) {
  return t.field({
    type: OfficeRef,
    nullable: true,
    resolve: async ({ officeId }, _args, context, info) =>
      (await readOne(context, info, 'office', 'Office', { id: officeId })) as never,
  });
}

function officerField<Shape extends Done & { officerId: string }>(t: SuccessBuilder<Shape>) {
  return t.field({
    type: OfficerRef,
    nullable: true,
    resolve: async ({ officerId }, _args, context, info) =>
      (await readOne(context, info, 'officer', 'Officer', { id: officerId })) as never,
  });
}

function passwordField<Shape extends Done & { firstPassword: string | null }>(t: SuccessBuilder<Shape>) {
  return t.string({
    nullable: true,
    description:
      'Shown once; holds for a week and is replaced at the first signing in. Null for a retry or simulation.',
    resolve: ({ firstPassword }) => firstPassword,
  });
}

addAction('openOffice', {
  description: 'Adds an office from a day on; of each kind there is one at a time (article 4). By the degree office.',
  input: (t) => ({
    institution: t.string(INSTITUTION),
    kind: t.field({ type: OfficeKindEnum }),
    name: t.string(),
    on: t.field({ type: 'Date', description: 'Its first day, today or later.' }),
  }),
  run: async (call, input) => ({ institution: input.institution, ...(await openOffice(call, input)) }),
  success: (t) => ({ office: officeField(t) }),
});

addAction('renameOffice', {
  description: 'Renames an office from today on; what it sealed bears the old name for good. By the degree office.',
  input: (t) => ({ institution: t.string(INSTITUTION), office: t.string(KEY), name: t.string() }),
  run: async (call, input) => ({ institution: input.institution, ...(await renameOffice(call, input)) }),
  success: (t) => ({ office: officeField(t) }),
});

addAction('closeOffice', {
  description:
    'Closes an office. Refused while it owns categories on that day or later; their open batches are named. By the degree office.',
  input: (t) => ({
    institution: t.string(INSTITUTION),
    office: t.string(KEY),
    on: t.field({ type: 'Date', description: 'The first day without it, today or later.' }),
  }),
  run: async (call, input) => ({ institution: input.institution, ...(await closeOffice(call, input)) }),
  success: (t) => ({ office: officeField(t) }),
});

addAction('addOfficer', {
  description: 'Adds an officer to an office of the institution (article 6). By an administrator of the degree office.',
  cost: 5_000,
  input: (t) => ({
    institution: t.string(INSTITUTION),
    office: t.string(KEY),
    loginName: t.string({ description: 'Begins with the code of the institution and a dot: `10447.zhang`.' }),
    name: t.string(),
    duties: t.field({ type: [DutyEnum] }),
  }),
  run: async (call, input) => ({ institution: input.institution, ...(await addOfficer(call, input)) }),
  success: (t) => ({ officer: officerField(t), firstPassword: passwordField(t) }),
});

addAction('changeOfficer', {
  description:
    'Charges an officer with other duties or moves them to another office of the institution. Nobody does so for themselves (article 6).',
  input: (t) => ({
    institution: t.string(INSTITUTION),
    officer: t.id(),
    office: t.string({ ...KEY, required: false }),
    duties: t.field({ type: [DutyEnum], required: false }),
  }),
  run: async (call, { institution, officer, office, duties }) => {
    const officerId = uuidOf(localIdFrom(officer, 'Officer'));
    const given = { institution, officerId, office: office ?? null, duties: duties ?? null };
    return { institution, ...(await changeOfficer(call, given)) };
  },
  success: (t) => ({ officer: officerField(t) }),
});

addAction('resetPassword', {
  description: 'Gives an officer a new first password, unlocks the account and ends its sessions. Never one’s own.',
  cost: 5_000,
  input: (t) => ({ institution: t.string(INSTITUTION), officer: t.id() }),
  run: async (call, { institution, officer }) => {
    const officerId = uuidOf(localIdFrom(officer, 'Officer'));
    return { institution, ...(await resetPassword(call, { institution, officerId })) };
  },
  success: (t) => ({ officer: officerField(t), firstPassword: passwordField(t) }),
});

addAction('retireOfficer', {
  description: 'Retires an officer: no signing in from now on. What they did stays theirs (article 22). Never oneself.',
  input: (t) => ({ institution: t.string(INSTITUTION), officer: t.id() }),
  run: async (call, { institution, officer }) => {
    const officerId = uuidOf(localIdFrom(officer, 'Officer'));
    return { institution, ...(await retireOfficer(call, { institution, officerId })) };
  },
  success: (t) => ({ officer: officerField(t) }),
});
