// 发布分析结果 (R18.2): nothing of an analysis is published without the institution's consent. Asked for with the text, decided by the head.
import {
  datasetTransitionViolations,
  decisionViolations,
  otherDecidesViolations,
  publicationStateViolations,
  publicationViolations,
} from '../../regulation/datasets/life.ts';
import type { DatasetDecision, DatasetState, PublicationState } from '../../regulation/datasets/words.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { addPublication, decidePublicationRow, findDataset, findPublication } from '../../store/datasets/datasets.ts';
import type { Call } from '../call.ts';
import { NotFound, Refused } from '../errors.ts';
import { missingFile } from '../files/uploaded-as.ts';
import { type Performed, perform } from '../perform.ts';
import { type Prepared, prepare } from '../prepare.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { publicationDigest } from './dataset-subject.ts';

/** What is to be published of which dataset's results, where, and the whole text of it (uploaded as `dataset-publication`). */
export interface RequestPublicationInput {
  readonly institution: string;
  readonly datasetId: string;
  readonly title: string;
  readonly place: string;
  readonly documentDigest: string;
}

/**
 * Puts the organisation's wish to publish before the head: a working paper of the degree office.
 * @throws {Refused} the dataset was never made, or the text is missing. {NotFound} {Forbidden}
 */
export function requestPublication(
  call: Call,
  input: RequestPublicationInput,
): Promise<Prepared<{ publicationId: string }>> {
  const { institution, datasetId, documentDigest } = input;
  const [title, place] = [input.title.trim(), input.place.trim()];
  const preparation = {
    ...{ procedure: 'request-publication', step: 'request-dataset' as const, institution },
    input: { datasetId, title, place, documentDigest },
  };
  return prepare(call, preparation, async (tx, at) => {
    const row = await findDataset(tx, institution, datasetId);
    if (!row) throw new NotFound('dataset', datasetId);
    const needed = { institution, path: 'documentDigest', digest: documentDigest } as const;
    const violations = [
      ...datasetTransitionViolations('decide-publication', row.state as DatasetState),
      ...publicationViolations({ title, place }),
      ...(await missingFile(tx, call, { ...needed, kind: 'dataset-publication', article: '18' })),
    ];
    if (violations.length > 0) throw new Refused(violations);
    const publicationId = uuidv7();
    const by = { requestedById: call.actor.officerId, requestedAt: at };
    await addPublication(tx, {
      ...{ institution, id: publicationId, datasetId, state: 'requested', title, place, documentDigest, ...by },
    });
    return { publicationId };
  });
}

/** What is decided on which publication. */
export interface DecidePublicationInput {
  readonly institution: string;
  readonly publicationId: string;
  readonly decision: DatasetDecision;
  readonly reason: string;
}

/** The decision. */
export type DecidedPublication = { publicationId: string; state: string };

/**
 * Decides on a publication (step `decide-publication`, by the head of the degree office).
 * @throws {Refused} it is decided on, the head asked for it, a refusal without a reason. {NotFound} {Forbidden}
 */
export function decidePublication(call: Call, input: DecidePublicationInput): Promise<Performed<DecidedPublication>> {
  const { institution, publicationId, decision } = input;
  const reason = input.reason.trim();
  return perform(call, 'decide-publication', institution, { publicationId, decision, reason }, async (tx) => {
    const target = await targetIn(tx, institution);
    // Duty first: who works with no dataset learns nothing of any (R4.2).
    requireMayAct(call, 'decide-publication', target);
    const row = await findPublication(tx, institution, publicationId);
    if (!row) throw new NotFound('publication', publicationId);
    const { datasetId, documentDigest } = row;
    const state = decision === 'consent' ? 'consented' : 'refused';
    const { organisationName, organisationCode } = row.dataset;
    const digest = publicationDigest({ ...row, state });
    return {
      target,
      violations: [
        ...publicationStateViolations(row.state as PublicationState),
        ...otherDecidesViolations([row.requestedById], call.actor),
        ...decisionViolations(decision, reason),
      ],
      subjects: [{ kind: 'publication', id: publicationId, version: 1, digest }],
      fresh: true,
      facts: { datasetId, organisationName, organisationCode, decision },
      files: [documentDigest],
      async save({ id: stepId, at }) {
        const by = { decidedById: call.actor.officerId, decidedAt: at, decisionReason: reason, stepId };
        await decidePublicationRow(tx, row, { state, ...by });
        return { publicationId, state };
      },
    };
  });
}
