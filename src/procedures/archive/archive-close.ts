// Closing an archive: the index, the step that seals it as complete, the proofs of that step, the sums and the table of contents.
import { createHash } from 'node:crypto';
import { zipContents } from '../../files/zip-parts.ts';
import { inclusionProof, rangeProof } from '../../sealing/log.ts';
import { ARCHIVE_FORMAT, ARCHIVE_PATHS, type ArchiveIndex } from '../../sealing/verify/archive-format.ts';
import {
  archiveLeaves,
  archiveRecordLines,
  archiveStepLines,
  leavesOutside,
  placesWithoutRecord,
  subjectsOfKind,
} from '../../store/archive/archive-content.ts';
import { archiveBytes, readEntries, updateArchive } from '../../store/archive/archives.ts';
import { certificatesOf } from '../../store/seals/seals.ts';
import { findStep } from '../../store/seals/step-history.ts';
import { checkpointIn } from '../checkpoint.ts';
import { nodeReader } from '../log.ts';
import { performOrdered } from '../perform.ts';
import { filesOfIndex } from './archive-files.ts';
import { type Making, rosterPath, SECRET_FIELDS } from './archive-parts.ts';
import { indexTable } from './archive-texts.ts';
import { toPart } from './archive-writer.ts';

const json = (value: object): Buffer => Buffer.from(JSON.stringify(value), 'utf8');
const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function pem(certificate: Uint8Array): string {
  const body =
    Buffer.from(certificate)
      .toString('base64')
      .match(/.{1,64}/g)
      ?.join('\n') ?? '';
  return `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
}

/** Certificates, revocation lists and the root, as material. */
async function writeTrust({ tx, world, archive, writer }: Making): Promise<void> {
  const offices = await tx.office.findMany({
    where: {
      OR: [{ institutionCode: archive.institution }, { supervises: { some: { code: archive.institution } } }],
    },
    select: { seals: { select: { id: true } } },
  });
  const certificates = await certificatesOf(
    tx,
    offices.flatMap(({ seals }) => seals.map(({ id }) => id)),
  );
  const pems = [...new Set(certificates.map(pem))];
  await writer.add(ARCHIVE_PATHS.chain, Buffer.from(pems.join(''), 'utf8'));
  const { rootPem, crlPem } = world.trust;
  await writer.add(ARCHIVE_PATHS.root, Buffer.from(rootPem, 'utf8'));
  if (crlPem) await writer.add(ARCHIVE_PATHS.crl, Buffer.from(crlPem, 'utf8'));
}

async function indexOf(making: Making): Promise<ArchiveIndex> {
  const { tx, archive, end } = making;
  const entries = await readEntries(tx, archive);
  const digests = new Map(entries.map(({ path, digest }) => [path, digest]));
  const records = await archiveRecordLines(tx, archive);
  const rosters = [];
  for (const resolution of await subjectsOfKind(tx, archive, 'resolution')) {
    const withoutRecord =
      archive.scope === 'record' ? [] : await placesWithoutRecord(tx, archive, resolution, archive.categories);
    rosters.push({ resolution, path: rosterPath(resolution), withoutRecord });
  }
  const { id, institution, scope, categories, orderedAt } = archive;
  return {
    format: ARCHIVE_FORMAT,
    archive: {
      ...{ id, institution, scope: scope as 'record', of: archive.subjectId ?? String(archive.year) },
      ...{ categories: [...categories], at: orderedAt.toISOString() },
    },
    logSize: end,
    secretFields: [...SECRET_FIELDS],
    records: records.map((record) => ({ id: record.id, version: record.version, digest: record.digest })),
    steps: await archiveLeaves(tx, archive, end),
    outside: await leavesOutside(tx, archive, end),
    rosters,
    files: await filesOfIndex(making, digests),
    members: entries.map(({ path, digest, size }) => ({ path, sha256: digest, size })),
  };
}

/** The proofs of the export step and of every other, under a checkpoint that covers them. */
async function writeProofs({ tx, world, archive, writer }: Making, index: ArchiveIndex, stepId: string): Promise<void> {
  const { institution } = archive;
  const step = await findStep(tx, institution, stepId);
  if (!step) throw new Error('the step that was just taken is not there');
  await writer.add(ARCHIVE_PATHS.statement, Buffer.from(step.statement, 'utf8'));
  await writer.add(ARCHIVE_PATHS.seal, step.signature, true);
  const { size, text, seal } = await checkpointIn(tx, world, institution);
  await writer.add(ARCHIVE_PATHS.checkpoint, Buffer.from(text, 'utf8'));
  await writer.add(ARCHIVE_PATHS.checkpointSeal, seal, true);
  const read = nodeReader(tx, institution);
  if (archive.scope === 'record') {
    const places = [...index.steps.map((each) => each.index), step.leafIndex];
    const proofs = await Promise.all(places.map(async (at) => [at, (await inclusionProof(size, at, read)).map(hex)]));
    await writer.add(ARCHIVE_PATHS.log, json({ size, inclusion: Object.fromEntries(proofs) }));
    return;
  }
  const first = index.steps[0]?.index ?? step.leafIndex;
  const { before, after } = await rangeProof(size, first, step.leafIndex + 1, read);
  const leaves: string[] = [];
  for (let at = first; at <= step.leafIndex; at += 1) leaves.push(hex(await read(0, at)));
  await writer.add(ARCHIVE_PATHS.log, json({ size, first, leaves, before: before.map(hex), after: after.map(hex) }));
}

/**
 * Writes the end of an archive and seals it (step `export-archive`, in the name of the officer who ordered it). The caller holds the lock of
 * the log and has seen that no step about the archive's subjects came in since it was gathered.
 */
export async function closeArchive(making: Making): Promise<void> {
  const { tx, world, archive, writer, end } = making;
  await writeTrust(making);
  const records = await archiveRecordLines(tx, archive);
  const steps = await archiveStepLines(tx, archive, end);
  const leaves = new Map((await archiveLeaves(tx, archive, end)).map(({ index, leaf }) => [index, leaf]));
  await writer.add('index.csv', await indexTable(records, steps, leaves));
  await writer.end();
  const index = await indexOf(making);
  const bytes = json(index);
  const manifestDigest = sha256(bytes);
  const withheld = index.files.filter(({ path }) => path === undefined).length;
  const counts = { records: records.length, steps: index.steps.length, files: index.files.length - withheld, withheld };
  const order = { institution: archive.institution, stepId: archive.orderStepId };
  const { scope, categories } = archive;
  const { stepId, sealedAt } = await performOrdered(tx, { world, order }, 'export-archive', async () => ({
    violations: [],
    subjects: [
      { kind: 'archive' as const, id: archive.id, version: 2, digest: manifestDigest },
      ...index.records.map((record) => ({ kind: 'record' as const, ...record })),
    ],
    facts: { part: 'sealed', scope, categories: [...categories], ...counts, logSize: end, manifestDigest },
    save: async ({ at }) => ({ sealedAt: at.toISOString() }),
  }));
  await writer.add(ARCHIVE_PATHS.index, bytes);
  await writeProofs(making, index, stepId ?? '');
  await writer.end();
  const sums = (await readEntries(tx, archive)).map(({ path, digest }) => `${digest}  ${path}\n`).join('');
  await writer.add(ARCHIVE_PATHS.sums, Buffer.from(sums, 'utf8'));
  const { offset } = await writer.end();
  for (const piece of zipContents((await readEntries(tx, archive)).map(toPart), offset)) await writer.append(piece);
  const { offset: size } = await writer.end();
  const hash = createHash('sha256');
  for await (const piece of archiveBytes(tx, archive, world.cipher)) hash.update(piece);
  await updateArchive(tx, archive, {
    ...{ ...counts, state: 'done', logSize: end, manifestDigest, fileDigest: hash.digest('hex'), size: BigInt(size) },
    ...{ stepId, sealedAt: new Date(sealedAt), secretKeyBox: null },
  });
}
