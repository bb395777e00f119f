// Ordering an original-record archive (art. 12, R12.2): a sealed order now, and a job that makes the archive and seals it as complete.

import { safeName } from '../../files/safe-name.ts';
import { type ArchiveScope, archiveOrderViolations } from '../../regulation/archives.ts';
import { mayAct } from '../../regulation/duties.ts';
import { FIELD_NAMES, FIELDS } from '../../regulation/standard/fields.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import { CATEGORIES, type Category, keysOf } from '../../regulation/vocabulary.ts';
import { type Chosen, countChosen, insertArchive } from '../../store/archive/archives.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { enqueue } from '../../store/jobs.ts';
import { findInstitution } from '../../store/offices/institutions.ts';
import { keepReveal } from '../../store/secrecy/reveals.ts';
import type { Call } from '../call.ts';
import { Refused } from '../errors.ts';
import { type Performed, perform } from '../perform.ts';
import { loadBatch } from '../records/batch-work.ts';
import { findRecord } from '../records/record-work.ts';
import { todayOf } from '../situation.ts';
import type { JsonObject } from '../statement.ts';
import { digestOf } from '../subjects.ts';
import { requireMayAct, type Target, targetIn } from '../target.ts';
import { keyFromPassphrase, newSalt } from './archive-secrets.ts';
import { keyContext } from './archive-work.ts';

/**
 * What to export: a record, a batch, or a year of conferral – exactly one. `categories`: of a year; null: those that the office may export.
 * `passphrase`: with it the secret fields and the tables that hold them are put in, encrypted; it is kept nowhere.
 */
export type ExportArchiveInput = {
  readonly institution: string;
  readonly recordId: string | null;
  readonly batchId: string | null;
  readonly year: number | null;
  readonly categories: readonly Category[] | null;
  readonly purpose: string;
  readonly passphrase: string | null;
};

/** The archive that is being made, by which job, of how many records. */
export type OrderedArchive = { archiveId: string; jobId: string; records: number; title: string };

/** Records in one archive. */
const MOST = 200_000;

/**
 * Orders an archive (step `export-archive`, by a category office for its categories, by the degree office for all).
 * @throws {Refused} no purpose, not exactly one thing, nothing in it, a weak passphrase. {NotFound} {Forbidden}
 */
export async function exportArchive(call: Call, input: ExportArchiveInput): Promise<Performed<OrderedArchive>> {
  const { institution, passphrase, ...asked } = input;
  const purpose = input.purpose.trim();
  const withSecrets = passphrase !== null;
  // What a retry must repeat: of a passphrase only that there is one, because a digest of it could be guessed at.
  const repeated: JsonObject = { ...asked, categories: [...(input.categories ?? [])], purpose, withSecrets };
  return perform(call, 'export-archive', institution, repeated, async (tx) => {
    requireMayAct(call, 'export-archive', await targetIn(tx, institution));
    const { chosen, target, about } = await choose(tx, call, input);
    const asks = { scope: chosen.scope as ArchiveScope, year: input.year, purpose, passphrase };
    const violations: Violation[] = archiveOrderViolations({ ...asks, today: todayOf(call.world) });
    const counted = violations.length > 0 ? [] : await countChosen(tx, institution, chosen);
    const records = counted.reduce((sum, { count }) => sum + count, 0);
    if (violations.length === 0 && records === 0) {
      violations.push(violation('archive-empty', 'selection', { found: '0', expected: '≥ 1' }));
    }
    if (records > MOST) {
      violations.push(violation('archive-too-large', 'selection', { found: String(records), expected: `≤ ${MOST}` }));
    }
    const id = uuidv7();
    const { scope, subjectId, year } = chosen;
    const categories = [...chosen.categories];
    const facts: JsonObject = {
      ...{ part: 'ordered', scope, categories, year, of: subjectId, records, withSecrets },
    };
    const of = (await findInstitution(tx, institution))?.name ?? institution;
    const title = safeName(`${of}${about}原始记录档案`);
    return {
      target,
      violations,
      subjects: [{ kind: 'archive', id, version: 1, digest: digestOf({ institution, ...facts }) }],
      fresh: true,
      facts,
      save: async (step) => {
        const { officeId, officerId } = call.actor;
        const jobId = await enqueue(tx, {
          ...{ institution, kind: 'export-archive', officeId, createdById: officerId },
          ...{ input: { archiveId: id }, total: records, runAt: step.at, createdAt: step.at },
        });
        if (jobId === null) throw new Error('a job without a key was there already');
        const secretSalt = withSecrets ? newSalt() : null;
        const key =
          secretSalt !== null && !call.simulate ? await keyFromPassphrase(passphrase ?? '', secretSalt) : null;
        await insertArchive(tx, {
          ...{ institution, id, scope, subjectId, year, categories, title, purpose, state: 'building', officeId },
          ...{
            orderedById: officerId,
            orderedAt: step.at,
            orderStepId: step.id,
            jobId,
            withSecrets,
            secretSalt,
            records,
          },
          secretKeyBox: key && call.world.cipher.seal(key.toString('hex'), keyContext(institution, id)),
        });
        if (withSecrets) {
          const shown = FIELD_NAMES.filter((name) => FIELDS[name].secret).join(',');
          await keepReveal(tx, {
            ...{ institution, id: uuidv7(), officerId, recordId: id, field: shown, stepId: step.id },
            ...{ reason: purpose, at: step.at, kind: 'export', people: records },
          });
        }
        return { archiveId: id, jobId, records, title };
      },
    };
  });
}

interface Choice {
  readonly chosen: Chosen;
  readonly target: Target;
  /** What the name of the file says of it. */
  readonly about: string;
}

/** @throws {Refused} not exactly one thing. {NotFound} {Forbidden} */
async function choose(tx: Transaction, call: Call, input: ExportArchiveInput): Promise<Choice> {
  const { institution, recordId, batchId, year } = input;
  const named = [recordId, batchId, year].filter((one) => one !== null).length;
  if (named !== 1) {
    throw new Refused([violation('archive-one-thing', 'selection', { found: String(named), expected: '1' })]);
  }
  const may = async (category: string): Promise<Target> => {
    const target = await targetIn(tx, institution, category);
    requireMayAct(call, 'export-archive', target);
    return target;
  };
  if (recordId !== null) {
    const { category, certificateNumber } = await findRecord(tx, institution, recordId);
    const chosen = { scope: 'record', subjectId: recordId, year: null, categories: [category] };
    return { chosen, target: await may(category), about: certificateNumber };
  }
  if (batchId !== null) {
    const batch = await loadBatch(tx, institution, batchId);
    const chosen = { scope: 'batch', subjectId: batchId, year: null, categories: [batch.category] };
    const about = `${batch.resolution.number}${CATEGORIES[batch.category].zh}`;
    return { chosen, target: await may(batch.category), about };
  }
  const categories = categoriesOf(call, input);
  for (const category of categories) await may(category);
  const chosen = { scope: 'year', subjectId: null, year, categories };
  const all = categories.length === keysOf(CATEGORIES).length;
  const names = all ? '' : categories.map((category) => CATEGORIES[category].zh).join('、');
  return { chosen, target: await targetIn(tx, institution), about: `${year}年${names}` };
}

/** The categories of a year: those that were named, else all that the office may export. @throws {Refused} a list of none */
function categoriesOf(call: Call, { institution, categories }: ExportArchiveInput): Category[] {
  if (categories?.length === 0) {
    // Who chose none did not choose all.
    throw new Refused([violation('archive-empty', 'categories', { found: '0', expected: '≥ 1' })]);
  }
  if (categories) return [...new Set(categories)].sort();
  const target = { institution, provincialOfficeId: '' };
  return keysOf(CATEGORIES)
    .filter((category) => mayAct(call.actor, 'export-archive', { ...target, category }).length === 0)
    .sort();
}
