// 开通临时信息库使用 (R18.1): one way in for each recipient, by a token that is shown once; it can be taken back.
import { datasetTransitionViolations } from '../../regulation/datasets/life.ts';
import type { DatasetState } from '../../regulation/datasets/words.ts';
import { violation } from '../../regulation/violations.ts';
import { hashToken } from '../../secrecy/tokens.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { addAccess, endAccesses, standingAccess } from '../../store/datasets/dataset-reads.ts';
import { findDataset, moveDataset, recipientsOf } from '../../store/datasets/datasets.ts';
import type { Call, World } from '../call.ts';
import { NotFound, Refused } from '../errors.ts';
import { type Performed, perform } from '../perform.ts';
import { type Prepared, prepare } from '../prepare.ts';
import { todayOf } from '../situation.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { accessDigest, datasetSubject } from './dataset-subject.ts';

/** Which recipient of which dataset, by the number in the request. */
export interface DatasetAccessInput {
  readonly institution: string;
  readonly datasetId: string;
  readonly recipient: number;
}

/** The access; its token is {@link tokenOfAccess}. */
export type OpenedAccess = { datasetId: string; accessId: string; recipient: number };

/** A recipient's token says itself that it is none of an officer or a student. */
const PREFIX = 'dataset_';

/** The token of an access: derived under the installation's key, so that neither the database nor a kept answer holds it. */
export function tokenOfAccess(world: Pick<World, 'blindIndex'>, access: { institution: string; id: string }): string {
  return `${PREFIX}${world.blindIndex(`${access.institution}/${access.id}`, 'dataset-access')}`;
}

/** Whether a bearer token is of the kind that recipients have. */
export function isRecipientToken(token: string): boolean {
  return token.startsWith(PREFIX);
}

/**
 * Opens the way in for a recipient (step `open-dataset-access`, by the degree office); it lets in from the first day of the term to the last.
 * @throws {Refused} the dataset is not ready, its term is over, no such recipient, or one is open. {NotFound} {Forbidden}
 */
export function openDatasetAccess(call: Call, input: DatasetAccessInput): Promise<Performed<OpenedAccess>> {
  const { world, actor } = call;
  const { institution, datasetId, recipient } = input;
  return perform(call, 'open-dataset-access', institution, { datasetId, recipient }, async (tx) => {
    const target = await targetIn(tx, institution);
    // Duty first: who works with no dataset learns nothing of any (R4.2).
    requireMayAct(call, 'open-dataset-access', target);
    const row = await findDataset(tx, institution, datasetId);
    if (!row) throw new NotFound('dataset', datasetId);
    const named = await recipientsOf(tx, institution, datasetId);
    const found = named.find(({ number }) => number === recipient);
    const standing = found && (await standingAccess(tx, institution, found.id));
    const today = todayOf(world);
    const numbers = named.map(({ number, name }) => `${number} ${name}`).join('、');
    const accessId = uuidv7();
    const access = { id: accessId, datasetId, recipient };
    return {
      target,
      violations: [
        ...datasetTransitionViolations('open-dataset-access', row.state as DatasetState),
        ...(today > row.lastDay
          ? [violation('dataset-term-over', 'lastDay', { found: today, expected: `≤ ${row.lastDay}` })]
          : []),
        ...(found
          ? []
          : [violation('dataset-recipient-unknown', 'recipient', { found: String(recipient), expected: numbers })]),
        ...(standing
          ? [violation('dataset-access-open', 'recipient', { found: standing.openedAt.toISOString() })]
          : []),
      ],
      subjects: [
        datasetSubject(datasetId, row.version + 1, row.state, row, { access: accessId }),
        { kind: 'dataset-access', id: accessId, version: 1, digest: accessDigest(access) },
      ],
      facts: { ...access, firstDay: row.firstDay, lastDay: row.lastDay },
      async save({ at }) {
        const tokenHash = hashToken(tokenOfAccess(world, { institution, id: accessId }));
        const by = { openedById: actor.officerId, openedAt: at };
        await addAccess(tx, {
          ...{ institution, id: accessId, datasetId, recipientId: found?.id ?? '', tokenHash, ...by },
        });
        await moveDataset(tx, row, {});
        return { datasetId, accessId, recipient };
      },
    };
  });
}

/**
 * Takes the way in of a recipient back: the token opens nothing from now on.
 * @throws {Refused} none is open. {NotFound} {Forbidden}
 */
export function revokeDatasetAccess(
  call: Call,
  input: DatasetAccessInput,
): Promise<Prepared<{ datasetId: string; recipient: number }>> {
  const { institution, datasetId, recipient } = input;
  const preparation = {
    ...{ procedure: 'revoke-dataset-access', step: 'open-dataset-access' as const, institution },
    input: { datasetId, recipient },
  };
  return prepare(call, preparation, async (tx, at) => {
    if (!(await findDataset(tx, institution, datasetId))) throw new NotFound('dataset', datasetId);
    const named = await recipientsOf(tx, institution, datasetId, true);
    const recipientId = named.find(({ number }) => number === recipient)?.id;
    if (recipientId === undefined) {
      const expected = named.map(({ number, name }) => `${number} ${name}`).join('、');
      throw new Refused([violation('dataset-recipient-unknown', 'recipient', { found: String(recipient), expected })]);
    }
    const by = { revokedById: call.actor.officerId, revokedAt: at };
    const ended = await endAccesses(tx, { institution, datasetId, recipientId }, by);
    if (ended === 0) {
      throw new Refused([violation('dataset-access-revoked', 'recipient', { found: String(recipient) })]);
    }
    return { datasetId, recipient };
  });
}
