// Setting the policy of an institution from a day on (R24.1): a sealed act on the basis of a rule or decision. Nothing that has begun changes.
import { type PolicySettings, parseSettings } from '../../regulation/policy.ts';
import {
  actsInForce,
  orphansOf,
  type PolicyChange,
  policyActViolations,
  policyChanges,
  policyOn,
} from '../../regulation/policy-acts.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { officesOf } from '../../store/offices/office-changes.ts';
import { insertPolicy, readPolicies } from '../../store/offices/policies.ts';
import type { Call } from '../call.ts';
import { Refused } from '../errors.ts';
import { missingFile } from '../files/uploaded-as.ts';
import { type Performed, perform } from '../perform.ts';
import { actsOf, todayOf } from '../situation.ts';
import type { JsonObject } from '../statement.ts';
import { digestOf } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';

/** An act: from when, what it says (JSON, unknown names are refused), and what it rests on. What it does not say stays as it is on that day. */
export interface SetPolicyInput {
  readonly institution: string;
  readonly effectiveFrom: string;
  readonly settings: JsonObject;
  /** 文号 of the rule or decision. */
  readonly basisNumber: string;
  /** SHA-256 (hex) of its file, uploaded as `policy-basis`. */
  readonly basisDigest?: string | null | undefined;
}

/** The act, the plan whose place it took if there was one, and every setting that changes on its day, before and after. */
export type PolicySet = { policyId: string; replaces: string | null; changes: JsonObject[] };

/**
 * Sets the policy from a day on (step `set-policy`, by the degree office). A plan for the same day is replaced as a whole; both stay known.
 * @throws {Refused} back-dated, impossible or unknown settings, no change, no basis, a category left without office. {Forbidden}
 */
export function setPolicy(call: Call, input: SetPolicyInput): Promise<Performed<PolicySet>> {
  const { institution, effectiveFrom, settings } = input;
  const basisNumber = input.basisNumber.trim();
  const basisDigest = input.basisDigest ?? null;
  const request = { effectiveFrom, settings, basisNumber, basisDigest };
  return perform(call, 'set-policy', institution, request, async (tx) => {
    const target = await targetIn(tx, institution);
    requireMayAct(call, 'set-policy', target);
    const content = parseSettings(settings);
    if (Array.isArray(content)) throw new Refused(content.map((each) => ({ ...each, path: `settings.${each.path}` })));
    const today = todayOf(call.world);
    const acts = actsOf(await readPolicies(tx, institution));
    const act = { effectiveFrom, sealedOn: today, content };
    const replaced = actsInForce(effectiveFrom, acts).find(
      (each) => each.effectiveFrom === effectiveFrom && effectiveFrom > today,
    );
    const [before, after] = [policyOn(effectiveFrom, acts), policyOn(effectiveFrom, [...acts, act])];
    const orphans = orphansOf(act, acts, await officesOf(tx, institution));
    const needed = {
      institution,
      path: 'basisDigest',
      digest: basisDigest,
      kind: 'policy-basis',
      article: '24',
    } as const;
    const missing = await missingFile(tx, call, needed);
    const policyId = uuidv7();
    const facts = { effectiveFrom, settings: contentOf(content), basis: basisNumber, replaces: replaced?.id ?? null };
    return {
      target,
      violations: [
        ...policyActViolations({
          ...{ effectiveFrom, today, before, after, orphans, basisNumber },
          replaces: replaced !== undefined,
        }),
        ...missing,
      ],
      subjects: [{ kind: 'policy', id: policyId, version: 1, digest: digestOf({ id: policyId, ...facts }) }],
      fresh: true,
      facts,
      files: basisDigest === null ? [] : [basisDigest],
      async save({ id: stepId, at }) {
        const who = { officerId: call.actor.officerId, stepId, at };
        await insertPolicy(tx, {
          ...{ institution, id: policyId, effectiveFrom, sealedOn: today, content, basisNumber, basisDigest, ...who },
        });
        return { policyId, replaces: replaced?.id ?? null, changes: policyChanges(before, after).map(asJson) };
      },
    };
  });
}

/** The settings as the statement names them: words and numbers of the institution, no personal data. */
function contentOf({ owners, ...rest }: PolicySettings): JsonObject {
  return { ...rest, ...(owners ? { owners: { ...owners } } : {}) };
}

function asJson({ setting, from, to }: PolicyChange): JsonObject {
  return { setting, from, to };
}
