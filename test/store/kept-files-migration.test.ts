// R4.2, R12.1: files of a register from before bytes could be several things are afterwards all that they were used as.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findVisibleFile } from '../../src/procedures/files/visible-files.ts';
import { migrate } from '../../src/store/database/migrate.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { MIGRATIONS } from '../support/database.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
let batch: Collected;
beforeAll(async () => {
  world = await testWorld();
  batch = await collectedBatch(world, 2);
});
afterAll(() => world.close());

const sql = <Row extends object>(text: string, values: unknown[] = []) =>
  world.world.db.pool.query<Row>(text, values).then(({ rows }) => rows);
const entries = () =>
  sql<{ digest: string; kind: string; by: string }>(
    'SELECT "digest", "kind", "by" FROM "KeptFile" WHERE "institution" = $1 ORDER BY 1, 2, 3',
    [HERE],
  );

/** The tables as they were: one kind and one name for each digest, those under which its bytes came first. */
async function undo(photo: string): Promise<void> {
  await sql('ALTER TABLE "StoredFile" ADD COLUMN "name" TEXT, ADD COLUMN "mediaType" TEXT');
  await sql(`UPDATE "StoredFile" s SET "kind" = k."kind", "name" = k."name", "mediaType" = k."mediaType"
    FROM "KeptFile" k WHERE k."institution" = s."institution" AND k."digest" = s."digest"`);
  await sql(`UPDATE "StoredFile" SET "kind" = 'evidence' WHERE "digest" = $1`, [photo]);
  await sql('DROP TABLE "KeptFile"');
  await sql(`DELETE FROM "_prisma_migrations" WHERE "migration_name" = '0020_kept_files'`);
}

test('every file keeps its kind, and a photo that came first as evidence is the photo of its record, too', async () => {
  const photo = batch.fields[0]?.photoDigest ?? expect.fail();
  const before = await entries();
  expect(before.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['photo', 'resolution-scan']));
  await undo(photo);
  await migrate(world.world.db, MIGRATIONS);
  const after = await entries();
  const kindsOf = (rows: typeof after) => rows.map(({ digest, kind }) => `${digest} ${kind}`);
  expect(kindsOf(after)).toEqual(expect.arrayContaining(kindsOf(before)));
  expect(after.filter(({ digest }) => digest === photo)).toEqual([
    { digest: photo, kind: 'evidence', by: '' },
    { digest: photo, kind: 'photo', by: 'register' },
  ]);
  expect(await sql(`SELECT DISTINCT "kind" FROM "StoredFile" WHERE "kind" NOT IN ('file', 'piece')`)).toEqual([]);
  const { actor } = world.callAs('jiaowu.cai');
  const asked = { institution: HERE, digest: photo, kind: 'photo' as const };
  expect(await findVisibleFile(world.world, actor, asked)).toMatchObject({ kind: 'photo' });
});
