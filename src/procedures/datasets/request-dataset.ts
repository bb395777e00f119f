// 申请临时信息库 (R18.1, R19.1): who asks for which data of whom, what for, and for how long. A request that came to nothing can be changed.
import { datasetFieldViolations } from '../../regulation/datasets/fields.ts';
import { datasetTransitionViolations } from '../../regulation/datasets/life.ts';
import { type DatasetRequest, datasetRequestViolations, normalizedRequest } from '../../regulation/datasets/request.ts';
import type { DatasetState } from '../../regulation/datasets/words.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import { CATEGORIES, keysOf, type Level } from '../../regulation/vocabulary.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { endAccesses } from '../../store/datasets/dataset-reads.ts';
import {
  type Dataset,
  findDataset,
  nameRecipients,
  overlappingDataset,
  writeRequest,
} from '../../store/datasets/datasets.ts';
import type { Call } from '../call.ts';
import { NotFound, Stale } from '../errors.ts';
import { missingFile } from '../files/uploaded-as.ts';
import { type Performed, perform } from '../perform.ts';
import { policyFor, todayOf } from '../situation.ts';
import type { JsonObject } from '../statement.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { furtherFields } from './dataset-differences.ts';
import { askedFacts, datasetSubject, detailsDigest } from './dataset-subject.ts';

/** A request. `levels` narrows the categories to those of a level; none: every level. */
export interface RequestDatasetInput extends DatasetRequest {
  readonly institution: string;
  readonly levels: readonly Level[];
  readonly fields: readonly string[];
  /** SHA-256 (hex) of the agreement, uploaded as `dataset-agreement`. */
  readonly agreementDigest: string;
  /** A request that is changed by this one, in the version that the officer saw. */
  readonly revises?: { readonly datasetId: string; readonly expectedVersion: number } | undefined;
}

/** The request. */
export type RequestedDataset = { datasetId: string; version: number };

/**
 * Asks for a dataset (step `request-dataset`, by the degree office), or changes a request that is not decided on, was refused, could
 * not be made anonymous, or was not made because the server failed.
 * @throws {Refused} everything that is wrong with it. {NotFound} {Stale} the request that is changed. {Forbidden}
 */
export function requestDataset(call: Call, input: RequestDatasetInput): Promise<Performed<RequestedDataset>> {
  const { world, actor } = call;
  const { institution, agreementDigest, revises } = input;
  const narrowed = input.categories.filter(
    (each) => input.levels.length === 0 || input.levels.includes(CATEGORIES[each].level),
  );
  const request = normalizedRequest({ ...input, categories: narrowed });
  return perform(call, 'request-dataset', institution, asRetry(input), async (tx) => {
    const target = await targetIn(tx, institution);
    // Duty first: who works with no dataset learns nothing of any (R4.2).
    requireMayAct(call, 'request-dataset', target);
    const before = revises ? await findDataset(tx, institution, revises.datasetId) : null;
    if (revises && !before) throw new NotFound('dataset', revises.datasetId);
    if (before && revises && before.version !== revises.expectedVersion) {
      throw new Stale('dataset', before.id, before.version, revises.expectedVersion);
    }
    const today = todayOf(world);
    const policy = await policyFor(tx, institution, today);
    const datasetId = before?.id ?? uuidv7();
    const version = (before?.version ?? 0) + 1;
    const row = {
      ...rowOf(request, institution, datasetId),
      ...{ fields: [...input.fields], agreementDigest },
      requestedById: actor.officerId,
      askedByIds: [...new Set([...(before?.askedByIds ?? []), actor.officerId])],
    };
    return {
      target,
      violations: [
        ...(before ? datasetTransitionViolations('request-dataset', before.state as DatasetState) : []),
        ...datasetFieldViolations(input.fields),
        ...datasetRequestViolations(request, policy, today),
        ...(await missingFile(tx, call, {
          ...{
            institution,
            path: 'agreementDigest',
            digest: agreementDigest,
            kind: 'dataset-agreement',
            article: '18',
          },
        })),
        ...(await overlapViolations(tx, row)),
        ...(await furtherFields(tx, row, today)),
      ],
      subjects: [datasetSubject(datasetId, version, 'requested', row)],
      fresh: before === null,
      facts: {
        ...{ ...askedFacts(row), recipients: request.recipients.length },
        detailsDigest: detailsDigest(world, row, request.recipients),
      },
      files: [agreementDigest],
      async save({ at }) {
        await writeRequest(tx, { ...row, requestedAt: at }, version, world.cipher);
        await nameRecipients(tx, { institution, datasetId }, request.recipients, uuidv7, at);
        await endAccesses(tx, { institution, datasetId }, { revokedById: actor.officerId, revokedAt: at });
        return { datasetId, version };
      },
    };
  });
}

function rowOf(request: DatasetRequest, institution: string, id: string) {
  const { organisationName, organisationCode, contactName, contactWay, purpose, description } = request;
  const { yearFrom, yearUntil, categories, k, l, t, firstDay, lastDay } = request;
  const inOrder = keysOf(CATEGORIES).filter((each) => categories.includes(each));
  return {
    ...{ institution, id, organisationName, organisationCode, contactName, contactWay, purpose, description },
    ...{ yearFrom, yearUntil, categories: inOrder, k, l, t, firstDay, lastDay },
  };
}

/** What a retry must repeat; the way of contact goes into a digest only. */
function asRetry({ revises, ...input }: RequestDatasetInput): JsonObject {
  const { recipients, fields, levels, categories, ...rest } = input;
  const lists = { recipients: [...recipients], fields: [...fields], levels: [...levels], categories: [...categories] };
  return { ...rest, ...lists, revises: revises ? { ...revises } : null };
}

/** Two datasets of the same people side by side tell more than each alone, so an organisation has one at a time. */
export async function overlapViolations(
  tx: Transaction,
  row: Parameters<typeof overlappingDataset>[1] & Pick<Dataset, 'organisationCode'>,
): Promise<Violation[]> {
  const other = await overlappingDataset(tx, row);
  if (!other) return [];
  const found = `${other.organisationName} ${other.yearFrom}–${other.yearUntil}，${other.firstDay} – ${other.lastDay}`;
  return [violation('dataset-overlap', 'categories', { found })];
}
