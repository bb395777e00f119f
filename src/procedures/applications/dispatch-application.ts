// 书面申请报送 (R15.1, R16.1): one document, one addressee at a time, each a sealed step with its proof of delivery.

import { recipientsOf, underArticleOf } from '../../regulation/applications/applications.ts';
import { dispatchViolations } from '../../regulation/applications/dispatch.ts';
import { violation } from '../../regulation/violations.ts';
import { type Addressee, APPLICATION_KINDS, type Channel } from '../../regulation/vocabulary.ts';
import { addDispatch, dispatchesOf, documentsOf } from '../../store/applications/application-papers.ts';
import { advanceApplication } from '../../store/applications/applications.ts';
import { findFile } from '../../store/kept-files.ts';
import type { Call } from '../call.ts';
import { type Performed, perform } from '../perform.ts';
import { todayOf } from '../situation.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { caseSubject, loadCase, stepViolations } from './application-case.ts';
import type { CaseInput } from './pass-on-application.ts';

/** One dispatch as the degree office records it. */
export interface DispatchInput extends CaseInput {
  readonly addressee: Addressee;
  readonly channel: Channel;
  /** Civil date. */
  readonly dispatchedOn: string;
  /** Number of the receipt, mailing or exchange slip; none needed in the system. */
  readonly receipt?: string | undefined;
  /** SHA-256 (hex) of the uploaded proof of delivery (kind `delivery-proof`); none needed in the system. */
  readonly proofDigest?: string | undefined;
}

/** The case, and who has not been sent the document yet. */
export type Dispatched = {
  readonly applicationId: string;
  readonly state: 'sealed' | 'dispatched';
  readonly remaining: Addressee[];
};

/**
 * Records that the sealed document went to one of its addressees. When all have it, the case waits for the province.
 * @throws {NotFound}, {Stale}, {Refused} the wrong addressee, a second time, no proof. {Forbidden}
 */
export function dispatchApplication(call: Call, input: DispatchInput): Promise<Performed<Dispatched>> {
  const { institution, applicationId, expectedVersion, addressee, channel, dispatchedOn } = input;
  const receipt = input.receipt?.trim() || null;
  const proofDigest = input.proofDigest || null;
  const request = {
    ...{
      applicationId,
      expectedVersion: expectedVersion ?? null,
      addressee,
      channel,
      dispatchedOn,
      receipt,
      proofDigest,
    },
  };
  return perform(call, 'dispatch-application', institution, request, async (tx) => {
    const { world, actor } = call;
    const application = await loadCase(tx, world, institution, applicationId, expectedVersion);
    const target = await targetIn(tx, institution, application.category);
    requireMayAct(call, 'dispatch-application', target);
    const { kind } = application;
    const document = (await documentsOf(tx, institution, applicationId)).at(-1);
    const dispatches = await dispatchesOf(tx, institution, applicationId);
    const sent = dispatches
      .filter((one) => one.document === document?.sequence)
      .map((one) => one.addressee as Addressee);
    const due = application.dueOn;
    // Whoever had an earlier document of the case was told by that one.
    const first = !dispatches.some((one) => one.addressee === addressee);
    const late = kind === 'revocation-report' && due !== null && first && dispatchedOn > due;
    const asked = { institution, digest: proofDigest ?? '', kinds: ['delivery-proof'] };
    const unproven = proofDigest !== null && (await findFile(tx, asked)) === null;
    const stage = stepViolations(call, 'dispatch-application', application);
    const remaining = recipientsOf(kind).filter((one) => one !== addressee && !sent.includes(one));
    const state = remaining.length === 0 ? 'dispatched' : 'sealed';
    const documentDate = document?.documentDate ?? '';
    return {
      target,
      article: APPLICATION_KINDS[kind].article,
      violations: [
        ...stage,
        ...(stage.length > 0
          ? []
          : dispatchViolations({
              ...{ kind, addressee, channel, dispatchedOn, receipt: receipt ?? '', proof: proofDigest !== null },
              ...{ documentDate, today: todayOf(world), sent },
            })),
        // A document that has gone to somebody goes to the others, however late; the facts say so.
        ...(stage.length === 0 && late && dispatches.length === 0 && application.measures === ''
          ? [violation('revocation-late-unexplained', 'dispatchedOn', { found: dispatchedOn, expected: `≤ ${due}` })]
          : []),
        ...(unproven
          ? underArticleOf(kind, [violation('dispatch-proof-missing', 'proofDigest', { found: proofDigest })])
          : []),
      ],
      subjects: [caseSubject(world, application, { state, version: application.version + 1 })],
      facts: {
        ...{ applicationId, kind, caseNumber: application.caseNumber, documentNumber: application.documentNumber },
        ...{ addressee, channel, dispatchedOn, receipt, late },
      },
      files: [application.pdfDigest, proofDigest].flatMap((digest) => digest ?? []),
      save: async ({ at }) => {
        const sequence = document?.sequence ?? 0;
        const row = {
          institution,
          applicationId,
          document: sequence,
          addressee,
          channel,
          dispatchedOn,
          receipt,
          proofDigest,
        };
        await addDispatch(tx, { ...row, dispatchedById: actor.officerId, at });
        await advanceApplication(tx, application, { state });
        return { applicationId, state, remaining };
      },
    };
  });
}
