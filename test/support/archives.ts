// Archives for tests: ordered and made as an officer would, with their members at hand so that they can be tampered with.
import { openZip } from '../../src/files/zip-entries.ts';
import { type ExportArchiveInput, exportArchive } from '../../src/procedures/archive/export-archive.ts';
import { runDueJobs } from '../../src/procedures/run-jobs.ts';
import type { ArchiveSource } from '../../src/sealing/verify/archive-format.ts';
import { archiveBytes } from '../../src/store/archive/archives.ts';
import { HERE, type TestWorld } from './world.ts';

/** Members by path. */
export type Members = Map<string, Uint8Array>;

/** What is ordered when nothing else is said. */
export const ORDER: ExportArchiveInput = {
  ...{ institution: HERE, recordId: null, batchId: null, year: null, categories: null },
  ...{ purpose: '移交学校档案馆', passphrase: null },
};

/** Orders an archive and has it made. @throws what the job says when it could not be made */
export async function makeArchive(
  test: TestWorld,
  order: Partial<ExportArchiveInput>,
  as = 'jiaowu.zhang',
): Promise<{ id: string; zip: Buffer; members: Members }> {
  const { archiveId: id } = await exportArchive(test.callAs(as), { ...ORDER, ...order });
  const told: string[] = [];
  await runDueJobs(test.world, ({ kind, error }) => told.push(`${kind}: ${error}`));
  const where = { institution_id: { institution: HERE, id } };
  const row = await test.world.db.prisma.archiveExport.findUniqueOrThrow({ where });
  if (row.state !== 'done') throw new Error([row.state, row.failure, ...told].join(' '));
  const parts: Uint8Array[] = [];
  for await (const part of archiveBytes(test.world.db.prisma, { institution: HERE, id }, test.world.cipher))
    parts.push(part);
  const zip = Buffer.concat(parts);
  return { id, zip, members: await membersOf(zip) };
}

/** The members of a ZIP. */
export async function membersOf(zip: Uint8Array): Promise<Members> {
  const limits = { maxEntries: 100_000, maxEntryBytes: 2 ** 28, maxTotalBytes: 2 ** 31, maxRatio: 1000 };
  const opened = await openZip({ bytes: zip }, limits);
  const members: Members = new Map();
  for (const entry of opened.entries) {
    const parts: Uint8Array[] = [];
    for await (const part of opened.stream(entry)) parts.push(part);
    members.set(entry.name, new Uint8Array(Buffer.concat(parts)));
  }
  opened.close();
  return members;
}

/** Members as the verifier reads them. */
export function sourceOf(members: Members): ArchiveSource {
  return { paths: [...members.keys()], read: async (path) => members.get(path) };
}
