// The sealed status list (R16.2): which records of an institution were deleted, revoked or declared invalid. By record id alone, never a name or number.
import { violation } from '../../regulation/violations.ts';
import { RECORD_STATES } from '../../regulation/vocabulary.ts';
import {
  type EndedSubject,
  MOST_SUBJECTS,
  type SealedStatusList,
  STATUS_LIST_FORMAT,
  sealStatusList,
} from '../../sealing/status-list.ts';
import type { Database } from '../../store/database/connect.ts';
import { findDegreeOffice } from '../../store/offices/institutions.ts';
import { endsInLog } from '../../store/records/record-ends.ts';
import { logSize } from '../../store/seals/log.ts';
import type { World } from '../call.ts';
import { ensureCheckpoint } from '../checkpoint.ts';
import { NotFound, Refused } from '../errors.ts';
import { crlsOf } from '../published-trust.ts';
import { todayOf } from '../situation.ts';

interface Kept {
  readonly size: number;
  readonly day: string;
  readonly list: Promise<SealedStatusList>;
}

/** The last list of each institution and part: sealed once for a state of the log and a day, not for every visitor. */
const kept = new WeakMap<Database, Map<string, Kept>>();

/**
 * The status list of an institution as its log is now, sealed by the degree office as checkpoints are: what it does not name has not
 * ended as of the head that it holds. At most {@link MOST_SUBJECTS} records a part, by record id; a part whose `covers.to` is null is the last.
 * @param part from 1
 * @throws {NotFound} no such institution or part. {Refused} `seal-missing` when the degree office has no usable seal
 */
export async function statusList(world: World, institution: string, part = 1): Promise<SealedStatusList> {
  const lists = kept.get(world.db) ?? new Map<string, Kept>();
  kept.set(world.db, lists);
  const key = `${institution}/${part}`;
  const size = await logSize(world.db.prisma, institution);
  const day = todayOf(world);
  const known = lists.get(key);
  if (known?.size === size && known.day === day) return known.list;
  const list = makeList(world, institution, part);
  const made = { size, day, list };
  lists.set(key, made);
  // What could not be made is nothing to keep: whoever asks next tries again, and unknown institutions fill no memory.
  list.catch(() => lists.get(key) === made && lists.delete(key));
  return list;
}

async function makeList(world: World, institution: string, part: number): Promise<SealedStatusList> {
  const checkpoint = await ensureCheckpoint(world, institution);
  const db = world.db.prisma;
  const page = { skip: (part - 1) * MOST_SUBJECTS, most: MOST_SUBJECTS + 1 };
  const ends = await endsInLog(db, institution, checkpoint.size, page);
  if (part > 1 && ends.length === 0) throw new NotFound('status-list', `${institution}/${part}`);
  const subjects = ends
    .slice(0, MOST_SUBJECTS)
    .map(({ recordId, state, on, leafIndex }): EndedSubject => ({ id: recordId, state, since: on, leafIndex }));
  const office = await findDegreeOffice(db, institution);
  const seal = world.sealOf(checkpoint.officeId);
  if (!office || !seal) throw new Refused([violation('seal-missing', 'seal', { found: office?.name ?? institution })]);
  const words = (['declared-invalid', 'deleted', 'revoked'] as const).map((state) => {
    const { zh, en } = RECORD_STATES[state];
    return [state, { zh, en }] as const;
  });
  return sealStatusList(
    {
      format: STATUS_LIST_FORMAT,
      institution,
      office: { id: office.id, name: office.name },
      at: world.now().toISOString(),
      checkpoint: checkpoint.text,
      kind: 'record',
      covers: { from: part === 1 ? null : (subjects[0]?.id ?? null), to: ends[MOST_SUBJECTS]?.recordId ?? null },
      states: Object.fromEntries(words),
      subjects,
    },
    seal.signer,
    crlsOf(world),
  );
}
