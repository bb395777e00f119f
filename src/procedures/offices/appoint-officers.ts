// The officers of an institution (R6.2, R22.1): added, charged, moved, given a new first password and retired by sealed steps; nobody does so for themselves.

import { randomBytes } from 'node:crypto';
import { dutiesViolations, newOfficerViolations, ownAppointmentViolations } from '../../regulation/offices.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import type { Duty } from '../../regulation/vocabulary.ts';
import { DUTIES, isKeyOf } from '../../regulation/vocabulary.ts';
import { hashPassword } from '../../secrecy/passwords.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import {
  addOfficerChange,
  addOfficerRow,
  changeOfficerRow,
  isLoginTaken,
  lastOfficerVersion,
  type Officer,
  officeIn,
  officerIn,
} from '../../store/offices/office-changes.ts';
import type { Call } from '../call.ts';
import { NotFound } from '../errors.ts';
import { type Performed, type Plan, perform } from '../perform.ts';
import type { JsonObject } from '../statement.ts';
import { digestOf } from '../subjects.ts';
import { requireMayAct, requireWithin, targetIn } from '../target.ts';

/** A first password holds for a week by the machine's clock. */
const INITIAL_MS = 7 * 24 * 60 * 60_000;

/** The officer who was appointed. */
export type Appointed = { officerId: string };

/** With a first password, shown once: null in a simulation and in the answer to a retry, because nobody keeps it. */
export type WithPassword = { readonly firstPassword: string | null };

/** What happens to an officer: the account as it is afterwards. */
interface Appointment {
  readonly act: 'added' | 'charged' | 'password-reset' | 'retired';
  readonly officer: Pick<Officer, 'id' | 'officeId' | 'loginName' | 'name' | 'duties'>;
  readonly violations: readonly Violation[];
  save(tx: Transaction): Promise<void>;
}

function appoint(
  call: Call,
  institution: string,
  input: JsonObject,
  find: (tx: Transaction) => Promise<Appointment>,
): Promise<Performed<Appointed>> {
  return perform(call, 'appoint-officers', institution, input, async (tx): Promise<Plan<Appointed>> => {
    const target = await targetIn(tx, institution);
    requireMayAct(call, 'appoint-officers', target);
    const { act, officer, violations, save } = await find(tx);
    const { id: officerId, officeId, loginName, name } = officer;
    const duties = [...officer.duties].sort();
    const before = await lastOfficerVersion(tx, institution, officerId);
    // Who was set up at the command line has a first version that no step speaks of.
    const version = before === 0 ? (act === 'added' ? 1 : 2) : before + 1;
    const facts = { act, officerId, loginName, name, office: officeId, duties };
    return {
      target,
      violations,
      subjects: [{ kind: 'officer', id: officerId, version, digest: digestOf({ version, ...facts }) }],
      facts,
      async save({ id: stepId, at }) {
        await save(tx);
        await addOfficerChange(tx, { institution, officerId, version, act, officeId, duties, at, stepId });
        return { officerId };
      },
    };
  });
}

/** Hashing is slow on purpose: done before the transaction, for who may use it. */
async function firstPassword(
  call: Call,
  institution: string,
): Promise<{ password: string; hash: string; until: Date }> {
  const db = call.world.db.prisma;
  await requireWithin(db, call, 'appoint-officers', institution);
  requireMayAct(call, 'appoint-officers', await targetIn(db, institution));
  const password = randomBytes(15).toString('base64url');
  return { password, hash: await hashPassword(password), until: new Date(Date.now() + INITIAL_MS) };
}

/**
 * Adds an officer to an office of the institution; the first password is replaced at the first signing in.
 * @throws {NotFound} no such office. {Refused} names or duties are wrong, the login name is taken. {Forbidden}
 */
export async function addOfficer(
  call: Call,
  input: { institution: string; office: string; loginName: string; name: string; duties: readonly Duty[] },
): Promise<Performed<Appointed> & WithPassword> {
  const { institution, office, loginName } = input;
  const name = input.name.trim();
  const duties = [...new Set(input.duties)];
  const { password, hash: passwordHash, until: initialUntil } = await firstPassword(call, institution);
  let made = false;
  const performed = await appoint(call, institution, { act: 'added', office, loginName, name, duties }, async (tx) => {
    const found = await openOffice(tx, institution, office);
    const malformed = newOfficerViolations(institution, name, loginName);
    const taken = malformed.length === 0 && (await isLoginTaken(tx, loginName));
    const officer = { id: uuidv7(), officeId: found, name, loginName, duties };
    return {
      ...{ act: 'added', officer },
      violations: [
        ...malformed,
        ...dutiesViolations(duties),
        ...(taken ? [violation('login-name-taken', 'loginName', { found: loginName })] : []),
      ],
      save: async (inner) => {
        await addOfficerRow(inner, { ...officer, passwordHash, initialUntil });
        made = true;
      },
    };
  });
  return { ...performed, firstPassword: made && !performed.simulated ? password : null };
}

/**
 * Charges an officer with other duties, or moves them to another office of the institution, or both. What is not given stays.
 * @throws {NotFound} no such officer or office here. {Refused} oneself, a retired officer, wrong duties, no change. {Forbidden}
 */
export function changeOfficer(
  call: Call,
  input: { institution: string; officerId: string; office?: string | null; duties?: readonly Duty[] | null },
): Promise<Performed<Appointed>> {
  const { institution, officerId } = input;
  const office = input.office ?? null;
  const asked = input.duties ? [...new Set(input.duties)] : null;
  return appoint(call, institution, { act: 'charged', officerId, office, duties: asked }, async (tx) => {
    const found = await officerOrNone(tx, institution, officerId);
    const officeId = office === null ? found.officeId : await openOffice(tx, institution, office);
    const duties: readonly string[] = asked ?? found.duties;
    const same = officeId === found.officeId && [...duties].sort().join() === [...found.duties].sort().join();
    return {
      ...{ act: 'charged', officer: { ...found, officeId, duties: [...duties] } },
      violations: [
        ...standing(call, found),
        ...(asked ? dutiesViolations(asked) : []),
        ...(same ? [violation('officer-unchanged', 'duties', { found: dutiesInWords(duties) })] : []),
      ],
      save: (inner) => changeOfficerRow(inner, officerId, { officeId, duties: [...duties] }, null),
    };
  });
}

/**
 * Gives an officer a new first password, unlocks the account and ends all its sessions.
 * @throws {NotFound}, {Refused} oneself, a retired officer. {Forbidden}
 */
export async function resetPassword(
  call: Call,
  input: { institution: string; officerId: string },
): Promise<Performed<Appointed> & WithPassword> {
  const { institution, officerId } = input;
  const { password, hash: passwordHash, until: initialUntil } = await firstPassword(call, institution);
  let made = false;
  const performed = await appoint(call, institution, { act: 'password-reset', officerId }, async (tx) => {
    const officer = await officerOrNone(tx, institution, officerId);
    return {
      ...{ act: 'password-reset', officer, violations: standing(call, officer) },
      save: async (inner) => {
        const set = { passwordHash, initialUntil, lockedUntil: null, failedAttempts: 0 };
        await changeOfficerRow(inner, officerId, set, new Date());
        made = true;
      },
    };
  });
  return { ...performed, firstPassword: made && !performed.simulated ? password : null };
}

/**
 * Retires an officer: no signing in from now on, all sessions end. What they did stays theirs (R22.1).
 * @throws {NotFound}, {Refused} oneself, or retired already. {Forbidden}
 */
export function retireOfficer(
  call: Call,
  input: { institution: string; officerId: string },
): Promise<Performed<Appointed>> {
  const { institution, officerId } = input;
  return appoint(call, institution, { act: 'retired', officerId }, async (tx) => {
    const officer = await officerOrNone(tx, institution, officerId);
    return {
      ...{ act: 'retired', officer, violations: standing(call, officer) },
      save: (inner) => changeOfficerRow(inner, officerId, { active: false }, new Date()),
    };
  });
}

async function officerOrNone(tx: Transaction, institution: string, officerId: string): Promise<Officer> {
  const found = await officerIn(tx, institution, officerId);
  if (!found) throw new NotFound('officer', officerId);
  return found;
}

/** The id of an office of the institution that is not closed. @throws {NotFound} */
async function openOffice(tx: Transaction, institution: string, id: string): Promise<string> {
  const found = await officeIn(tx, institution, id);
  if (!found || found.closedOn !== null) throw new NotFound('office', id);
  return found.id;
}

function standing(call: Call, officer: Officer): Violation[] {
  return [
    ...ownAppointmentViolations(officer.id, call.actor),
    ...(officer.active ? [] : [violation('officer-retired', 'officer', { found: officer.name })]),
  ];
}

/** Duties in Chinese words, as refusals show them. */
function dutiesInWords(duties: readonly string[]): string {
  return duties.map((duty) => (isKeyOf(DUTIES, duty) ? DUTIES[duty].zh : duty)).join('、');
}
