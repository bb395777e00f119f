// The original-record archive of a batch: making it and verifying it, beside the bare writing of the same bytes as ZIP and their SHA-256.
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyZip } from '../src/commands/verify-zip.ts';
import { writeZip, type ZipFileEntry } from '../src/files/zip.ts';
import { openZip } from '../src/files/zip-entries.ts';
import { exportArchive } from '../src/procedures/export-archive.ts';
import { runDueJobs } from '../src/procedures/run-jobs.ts';
import { archiveBytes, findArchive } from '../src/store/archives.ts';
import { HERE } from './people.ts';
import type { Setting } from './section.ts';
import { wholeYear } from './stages.ts';
import { type Figure, seconds } from './table.ts';
import { type BenchWorld, withEnvironment, withWorld } from './world.ts';

const MIB = 1024 * 1024;
const LIMITS = { maxEntries: 4_000_000, maxEntryBytes: 1024 * MIB, maxTotalBytes: 2 ** 36, maxRatio: 1000 };

/** A batch of filed records with their photos, files and steps. */
export async function benchArchive(setting: Setting): Promise<Figure[]> {
  const count = setting.sizes.rows;
  const directory = await mkdtemp(join(setting.place, 'archive-'));
  return withEnvironment(setting, 'archive', (environment) =>
    withWorld(environment, async (bench) => {
      await wholeYear(bench, count);
      return measure(bench, count, join(directory, 'archive.zip'));
    }),
  );
}

async function measure({ world, callAs }: BenchWorld, count: number, path: string): Promise<Figure[]> {
  const { id: batchId } = await world.db.prisma.batch.findFirstOrThrow();
  const order = { recordId: null, year: null, categories: [], passphrase: null, purpose: 'bench' };
  const { archiveId: id } = await exportArchive(await callAs('jiaowu.zhang'), { institution: HERE, batchId, ...order });
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  const made = await seconds(() =>
    runDueJobs(world, ({ error }) => {
      throw new Error(error);
    }),
  );
  clearInterval(watch);
  const row = await findArchive(world.db.prisma, { institution: HERE, id });
  if (row?.state !== 'done') throw new Error(`the archive is ${row?.state}: ${row?.failure}`);
  const pieces: Uint8Array[] = [];
  for await (const piece of archiveBytes(world.db.prisma, row, world.cipher)) pieces.push(piece);
  const zip = Buffer.concat(pieces);
  await writeFile(path, zip);
  const members = await membersOf(zip);
  const bare = await seconds(async () => {
    for await (const _ of writeZip(members));
  });
  const hashed = await seconds(async () => {
    createHash('sha256')
      .update(await readFile(path))
      .digest();
  });
  const roots = [...world.trust.rootPem.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END/g)].map(
    ([, body = '']) => new Uint8Array(Buffer.from(body, 'base64')),
  );
  let verdict = '';
  const verified = await seconds(async () => {
    verdict = (await verifyZip(path, { roots }, undefined)).verdict;
  });
  if (verdict !== 'valid') throw new Error(`the archive is ${verdict}`);
  const note = `${(zip.length / MIB).toFixed(1)} MiB, ${row.steps} steps, ${row.files} files`;
  return [
    {
      what: 'archive made',
      value: count / made,
      unit: 'records/s',
      limit: { what: 'the same bytes as ZIP', value: count / bare },
      note,
    },
    {
      what: 'archive verified',
      value: count / verified,
      unit: 'records/s',
      limit: { what: 'SHA-256 of the same bytes', value: count / hashed },
    },
    {
      what: 'memory above the start while it is made',
      value: (peak - before) / MIB,
      unit: 'MiB',
      limit: { what: 'the ZIP', value: zip.length / MIB },
    },
  ];
}

async function membersOf(zip: Uint8Array): Promise<ZipFileEntry[]> {
  const opened = await openZip({ bytes: zip }, LIMITS);
  const members: ZipFileEntry[] = [];
  for (const entry of opened.entries) {
    const bytes: Uint8Array[] = [];
    for await (const piece of opened.stream(entry)) bytes.push(piece);
    members.push({ name: entry.name, bytes: Buffer.concat(bytes), packed: /\.(p7s|jpg)$/.test(entry.name) });
  }
  opened.close();
  return members;
}
