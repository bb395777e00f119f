// The original-record archive of a batch and of a year: making it and verifying it, beside the bare writing of the same bytes as ZIP and their SHA-256.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { verifyZip } from '../src/commands/verify-zip.ts';
import { writeZip, type ZipFileEntry } from '../src/files/zip.ts';
import { openZip } from '../src/files/zip-entries.ts';
import { exportArchive } from '../src/procedures/archive/export-archive.ts';
import { runDueJobs } from '../src/procedures/run-jobs.ts';
import { archiveBytes, findArchive } from '../src/store/archive/archives.ts';
import { CONFERRED, HERE } from './people.ts';
import type { Setting } from './section.ts';
import { wholeYear } from './stages.ts';
import { type Figure, seconds } from './table.ts';
import { type BenchWorld, withEnvironment, withWorld } from './world.ts';

const MIB = 1024 * 1024;
const LIMITS = { maxEntries: 4_000_000, maxEntryBytes: 1024 * MIB, maxTotalBytes: 2 ** 36, maxRatio: 1000 };

/** Filed records with their photos, files and steps: of a batch, and of a year with the verifier that lies in it. */
export async function benchArchive(setting: Setting): Promise<Figure[]> {
  const { rows, year } = setting.sizes;
  const figures: Figure[] = [];
  for (const [of, count] of [['batch', rows] as const, ['year', year] as const]) {
    const directory = await mkdtemp(join(setting.place, `archive-${of}-`));
    const some = await withEnvironment(setting, `archive-${of}`, (environment) =>
      withWorld(environment, async (bench) => {
        await wholeYear(bench, count);
        return measure(bench, of, count, directory);
      }),
    );
    figures.push(...some);
  }
  return figures;
}

async function measure(bench: BenchWorld, of: 'batch' | 'year', count: number, place: string): Promise<Figure[]> {
  const { world, callAs } = bench;
  const { id: batchId } = await world.db.prisma.batch.findFirstOrThrow();
  const what = of === 'batch' ? { batchId, year: null } : { batchId: null, year: Number(CONFERRED.slice(0, 4)) };
  const order = { recordId: null, categories: null, passphrase: null, purpose: '测量档案导出' };
  const { archiveId: id } = await exportArchive(await callAs('jiaowu.zhang'), { institution: HERE, ...what, ...order });
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
  const path = join(place, 'archive.zip');
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
  const hashing = { what: 'SHA-256 of the same bytes', value: count / hashed };
  const ofZip = { what: 'the ZIP', value: zip.length / MIB };
  const name = `archive of a ${of}`;
  const rate = { unit: 'records/s' };
  const figures: Figure[] = [
    {
      what: `${name} made`,
      value: count / made,
      ...rate,
      limit: { what: 'the same bytes as ZIP', value: count / bare },
      note,
    },
    { what: `${name} verified`, value: count / verified, ...rate, limit: hashing },
    { what: `${name}: memory above the start, making it`, value: (peak - before) / MIB, unit: 'MiB', limit: ofZip },
  ];
  if (of === 'batch') return figures;
  const own = await byItsOwnVerifier(members, world.trust.rootPem, place);
  return [
    ...figures,
    {
      what: `${name} verified by what lies in it`,
      value: count / own.took,
      ...rate,
      limit: hashing,
      note: `${own.took.toFixed(1)} s`,
    },
    { what: `${name}: whole memory of what lies in it`, value: own.peak / MIB, unit: 'MiB', limit: ofZip },
  ];
}

/** Unpacks an archive and lets the verifier inside judge it, in a process without environment. @throws {Error} it is not valid */
async function byItsOwnVerifier(
  members: readonly ZipFileEntry[],
  rootPem: string,
  place: string,
): Promise<{ took: number; peak: number }> {
  const folder = join(place, 'unpacked');
  for (const { name, bytes } of members) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes as Uint8Array);
  }
  const root = join(place, 'root.pem');
  await writeFile(root, rootPem);
  // Says at its end how much memory it ever had, in KiB.
  const telling = `data:text/javascript,process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS))`;
  const args = ['--import', telling, 'verifier/verify.mjs', '--root', root, '.'];
  let told = '';
  let code: number | null = null;
  const took = await seconds(async () => {
    const child = spawn(process.execPath, args, { cwd: folder, env: {}, stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.on('data', (piece) => {
      told += piece;
    });
    [code] = (await once(child, 'close')) as [number | null];
  });
  if (code !== 0) throw new Error(`the verifier in the archive ended with ${code}`);
  return { took, peak: Number(/peak (\d+)/.exec(told)?.[1]) * 1024 };
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
