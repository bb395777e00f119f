// The offices of an institution over time (R4.1, R24.1): added, renamed and closed by sealed steps. What an office owns follows from the policy.
import { closingViolations, openingViolations, renamingViolations } from '../../regulation/offices.ts';
import { categoriesOwned, policyOn } from '../../regulation/policy-acts.ts';
import type { Violation } from '../../regulation/violations.ts';
import { CATEGORIES, type Category, keysOf, type OfficeKind } from '../../regulation/vocabulary.ts';
import { holderAgrees } from '../../sealing/verify/holder.ts';
import { readCertificate } from '../../sealing/verify/x509.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import {
  addOffice,
  addOfficeChange,
  changeOffice,
  type Office,
  officeIn,
  officesOf,
  openBatches,
} from '../../store/offices/office-changes.ts';
import { readPolicies } from '../../store/offices/policies.ts';
import type { Call } from '../call.ts';
import { NotFound } from '../errors.ts';
import { type Performed, type Plan, perform } from '../perform.ts';
import { actsOf, todayOf } from '../situation.ts';
import type { JsonObject } from '../statement.ts';
import { digestOf } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';

/** The office that was arranged. */
export type OfficeArranged = { officeId: string };

/** What happens to an office. */
interface Arrangement {
  readonly officeId: string;
  readonly act: 'opened' | 'renamed' | 'closed';
  readonly name: string;
  readonly on: string;
  readonly violations: readonly Violation[];
  save(tx: Transaction): Promise<void>;
}

function arrange(
  call: Call,
  institution: string,
  input: JsonObject,
  find: (tx: Transaction, today: string) => Promise<Arrangement>,
): Promise<Performed<OfficeArranged>> {
  return perform(call, 'arrange-offices', institution, input, async (tx): Promise<Plan<OfficeArranged>> => {
    const target = await targetIn(tx, institution);
    requireMayAct(call, 'arrange-offices', target);
    const { save, violations, ...change } = await find(tx, todayOf(call.world));
    const id = uuidv7();
    return {
      target,
      violations,
      subjects: [{ kind: 'office-change', id, version: 1, digest: digestOf({ id, ...change }) }],
      fresh: true,
      facts: { ...change },
      async save({ id: stepId, at }) {
        await save(tx);
        await addOfficeChange(tx, { institution, id, ...change, at, stepId });
        return { officeId: change.officeId };
      },
    };
  });
}

/**
 * Adds an office from a day on. It acts as soon as its seal is there; its id is that of its kind, with a number where a closed one had it.
 * @throws {Refused} back-dated, without name, a kind that the institution has. {Forbidden}
 */
export function openOffice(
  call: Call,
  input: { institution: string; kind: OfficeKind; name: string; on: string },
): Promise<Performed<OfficeArranged>> {
  const { institution, kind, on } = input;
  const name = input.name.trim();
  return arrange(call, institution, { act: 'opened', kind, name, on }, async (tx, today) => {
    const offices = await officesOf(tx, institution);
    const sameKind = offices.filter((office) => office.kind === kind);
    const taken = new Set(offices.map(({ id }) => id));
    let officeId = `${institution}/${kind}`;
    // Ids are names of files and certificates: letters instead of digits keep their form.
    for (let round = 'b'; taken.has(officeId); round += 'b') officeId = `${institution}/${kind}-${round}`;
    return {
      ...{ officeId, act: 'opened', name, on },
      violations: openingViolations({ kind, name, on, today, sameKind }),
      save: (inner) => addOffice(inner, { id: officeId, institutionCode: institution, kind, name, openedOn: on }),
    };
  });
}

/**
 * Renames an office from today on; what it sealed before bears the old name for good.
 * @throws {NotFound}, {Refused} no name, the same name, or one that the certificate of its seal does not bear. {Forbidden}
 */
export function renameOffice(
  call: Call,
  input: { institution: string; office: string; name: string },
): Promise<Performed<OfficeArranged>> {
  const { institution, office } = input;
  const name = input.name.trim();
  return arrange(call, institution, { act: 'renamed', office, name }, async (tx, today) => {
    const found = await officeOrNone(tx, institution, office);
    return {
      ...{ officeId: found.id, act: 'renamed', name, on: today },
      violations: renamingViolations(name, found.name, sealBears(call, found.id, name)),
      save: (inner) => changeOffice(inner, found.id, { name }),
    };
  });
}

/**
 * Closes an office: the given day is the first without it.
 * @throws {NotFound}, {Refused} back-dated, closed, needed, or it owns categories on that day or later: each is named, with their open batches. {Forbidden}
 */
export function closeOffice(
  call: Call,
  input: { institution: string; office: string; on: string },
): Promise<Performed<OfficeArranged>> {
  const { institution, office, on } = input;
  return arrange(call, institution, { act: 'closed', office, on }, async (tx, today) => {
    const found = await officeOrNone(tx, institution, office);
    const kind = found.kind as OfficeKind;
    const categories = await ownedFrom(tx, institution, kind, on);
    const batches = await openBatches(tx, institution, categories);
    const open = batches.map(({ id, category }) => ({ id, category: category as Category }));
    const { closedOn } = found;
    return {
      ...{ officeId: found.id, act: 'closed', name: found.name, on },
      violations: closingViolations({ kind, on, today, closedOn, categories, openBatches: open }),
      save: (inner) => changeOffice(inner, found.id, { closedOn: on }),
    };
  });
}

async function officeOrNone(tx: Transaction, institution: string, id: string): Promise<Office> {
  const found = await officeIn(tx, institution, id);
  if (!found) throw new NotFound('office', id);
  return found;
}

/** Whether the verifier will believe the seal under the new name; an office without a seal has nothing to disagree. */
function sealBears(call: Call, id: string, name: string): boolean {
  const seal = call.world.sealOf(id);
  return !seal || holderAgrees({ office: { id, name } }, readCertificate(seal.signer.certificate));
}

/** The categories that a kind of office owns on a day or on any later one, as far as it is ordered. */
async function ownedFrom(tx: Transaction, institution: string, kind: OfficeKind, on: string) {
  const acts = actsOf(await readPolicies(tx, institution));
  const days = [on, ...acts.map((act) => act.effectiveFrom).filter((day) => day > on)];
  const owned = new Set(days.flatMap((day) => categoriesOwned(kind, policyOn(day, acts))));
  return keysOf(CATEGORIES).filter((category) => owned.has(category));
}
