// 撤回书面申请 (art. 15): the office gives a case up before it is sent, when the province returned it, or when consent has not been used; its people are free again.
import { underArticleOf } from '../../regulation/applications/applications.ts';
import { transitionViolations } from '../../regulation/lifecycle.ts';
import { STEPS } from '../../regulation/steps.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import {
  ADDRESSEES,
  type Addressee,
  APPLICATION_KINDS,
  APPLICATION_STATES,
  type RecordState,
} from '../../regulation/vocabulary.ts';
import { dispatchesOf, documentsOf } from '../../store/applications/application-papers.ts';
import { advanceApplication } from '../../store/applications/applications.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import type { Call } from '../call.ts';
import { type Performed, perform } from '../perform.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { caseSubject, loadCase, type OpenCase, stepViolations } from './application-case.ts';
import { CASES } from './cases.ts';
import type { CaseInput, PassedOn } from './pass-on-application.ts';

/**
 * Withdraws a case. A confirmed revocation is not given up while it can be filed.
 * @throws {NotFound}, {Stale}, {Refused} it was sent already and not returned, or it is over. {Forbidden}
 */
export function withdrawApplication(call: Call, input: CaseInput): Promise<Performed<PassedOn>> {
  const { institution, applicationId, expectedVersion } = input;
  const request = { applicationId, expectedVersion: expectedVersion ?? null };
  return perform(call, 'withdraw-application', institution, request, async (tx) => {
    const application = await loadCase(tx, call.world, institution, applicationId, expectedVersion);
    const target = await targetIn(tx, institution, application.category);
    requireMayAct(call, 'withdraw-application', target);
    const version = application.version + 1;
    return {
      target,
      article: APPLICATION_KINDS[application.kind].article,
      violations: [
        ...stepViolations(call, 'withdraw-application', application),
        ...(await sentViolations(tx, application)),
        ...(await confirmedViolations(tx, call, application)),
      ],
      subjects: [caseSubject(call.world, application, { state: 'withdrawn', version })],
      facts: { applicationId, kind: application.kind, caseNumber: application.caseNumber },
      save: async () => {
        await advanceApplication(tx, application, { state: 'withdrawn' });
        return { applicationId, version };
      },
    };
  });
}

/** The document in force has gone to somebody: it is no longer ours to take back. */
export async function sentViolations(
  tx: Pick<Transaction, 'applicationDocument' | 'dispatch' | 'applicationDecision'>,
  { institution, id, kind, state }: Pick<OpenCase, 'institution' | 'id' | 'kind' | 'state'>,
): Promise<Violation[]> {
  if (state !== 'sealed') return [];
  const document = (await documentsOf(tx, institution, id)).at(-1)?.sequence;
  const sent = (await dispatchesOf(tx, institution, id)).filter((one) => one.document === document);
  if (sent.length === 0) return [];
  const found = sent.map(({ addressee }) => ADDRESSEES[addressee as Addressee].zh).join('、');
  return underArticleOf(kind, [violation('application-already-sent', 'state', { found })]);
}

/** A decision of the degree committee that the province confirmed is filed, unless the law or the register stand in the way. */
async function confirmedViolations(tx: Transaction, call: Call, application: OpenCase): Promise<Violation[]> {
  const { kind, state, people } = application;
  if (kind !== 'revocation-report' || state !== 'consented') return [];
  const filed = people.every(({ row }) => transitionViolations('revoke', row.state as RecordState).length === 0);
  const { violations } = await CASES[kind].judge(tx, call.world, application);
  if (!filed || violations.length > 0) return [];
  const details = { found: APPLICATION_STATES[state].zh, expected: STEPS.revoke.zh };
  return [violation('revocation-confirmed', 'state', details)];
}
