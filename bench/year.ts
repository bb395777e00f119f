// What must be there before records are imported: resolution, roster, enrolment records, and the file itself, put in place in bulk.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeCsv } from '../src/files/write-csv.ts';
import type { World } from '../src/procedures/call.ts';
import { upsertEnrolments } from '../src/store/collection/enrolment-records.ts';
import { insertImport } from '../src/store/collection/imports.ts';
import { inTransaction } from '../src/store/database/transaction.ts';
import { uuidv7 } from '../src/store/database/uuid.ts';
import { insertResolution } from '../src/store/resolutions/resolutions.ts';
import { insertRoster } from '../src/store/resolutions/rosters.ts';
import { keepFile } from '../src/store/stored-files.ts';
import { insertTemplate } from '../src/store/templates/certificate-templates.ts';
import {
  CATEGORY,
  CONFERRED,
  columnsOf,
  enrolmentOf,
  type Graduate,
  graduates,
  HEAD,
  HERE,
  rosterEntry,
} from './people.ts';

/** What an import needs to know. */
export interface Year {
  readonly resolutionId: string;
  readonly fileDigest: string;
  /** Bytes of the file. */
  readonly size: number;
}

const RESOLUTION_NUMBER = '聊大学位〔2026〕9号';
const AT_ONCE = 5_000;

/** Writes the file of so many graduates to `path`, keeps it, and fills roster and enrolment records. */
export async function prepareYear(world: World, count: number, path: string, which: 'all' | 'lean'): Promise<Year> {
  const columns = columnsOf(which);
  const header = columns.map(({ heading }) => heading);
  const cells = (person: Graduate) => columns.map(({ field }) => person[field] ?? '');
  const rows = Readable.from(graduates(count, RESOLUTION_NUMBER)).map(cells);
  await pipeline(writeCsv(header, rows as AsyncIterable<string[]>), createWriteStream(path));
  const bytes = await readFile(path);
  const fileDigest = createHash('sha256').update(bytes).digest('hex');
  const resolutionId = uuidv7();
  const at = world.now();
  await inTransaction(world.db, async (tx) => {
    const file = { institution: HERE, digest: fileDigest, kind: 'records', name: 'records.csv', mediaType: 'text/csv' };
    await keepFile(tx, { ...file, size: bytes.length, bytes }, at, world.cipher);
    const vote = { members: 21, present: 19, yes: 19, no: 0, abstain: 0 };
    const days = { decidedOn: CONFERRED, effectiveOn: CONFERRED, createdAt: at };
    const digests = { scanDigest: fileDigest, rosterDigest: fileDigest, rosterRoot: fileDigest };
    const resolution = {
      institution: HERE,
      id: resolutionId,
      number: RESOLUTION_NUMBER,
      meeting: '第十二次',
      ...vote,
      ...days,
    };
    await insertResolution(tx, { ...resolution, ...digests, headName: HEAD, chairName: HEAD, rosterSize: count });
    const validity = { validFrom: '2020-01-01', validUntil: null, layout: {}, createdAt: at };
    const template = { institution: HERE, id: uuidv7(), code: 'bench', version: 1, name: '学士学位证书' };
    await insertTemplate(tx, { ...template, level: 'bachelor', categories: [CATEGORY], ...validity });
  });
  let sequence = 0;
  for (const people of inGroups(graduates(count, RESOLUTION_NUMBER), AT_ONCE)) {
    await inTransaction(world.db, async (tx) => {
      await insertRoster(
        tx,
        people.map((person) => rosterEntry(person, resolutionId, ++sequence)),
      );
      await upsertEnrolments(tx, HERE, people.map(enrolmentOf), { importId: uuidv7(), at }, world);
    });
  }
  if (world.db.kind === 'postgresql') await world.db.pool.query('ANALYZE');
  return { resolutionId, fileDigest, size: bytes.length };
}

/** An import as a dry run leaves it, without the dry run. Returns its id. */
export async function checkedImport(
  world: World,
  { resolutionId, fileDigest }: Year,
  createdById: string,
): Promise<string> {
  const id = uuidv7();
  const file = { fileDigest, fileName: 'records.csv', format: 'csv', encoding: 'utf-8-bom', edition: 'vermilion-1' };
  const counts = { total: 0, judged: 0, accepted: 0, refused: 0 };
  const origin = {
    institution: HERE,
    id,
    kind: 'records',
    state: 'checked',
    category: CATEGORY,
    resolutionId,
    createdById,
  };
  await inTransaction(world.db, (tx) => insertImport(tx, { ...origin, ...file, ...counts, createdAt: world.now() }));
  return id;
}

function* inGroups<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let group: T[] = [];
  for (const item of items) {
    group.push(item);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
