// Downloads over plain HTTP: documents, files, bundles, tables. Authorised by a session or by a signed link.
import { createHash } from 'node:crypto';
import type { Key } from '../graphql/global-id.ts';
import { checkLink } from '../graphql/links.ts';
import { applicationScope, paperScope } from '../procedures/applications/application-access.ts';
import { caseArchive } from '../procedures/applications/case-archive.ts';
import { nameOfCase } from '../procedures/applications/case-papers.ts';
import { previewApplication } from '../procedures/applications/preview-application.ts';
import { applicationBundle, datasetBundle, recordBundle, stepBundle } from '../procedures/bundle.ts';
import type { World } from '../procedures/call.ts';
import { datasetScope } from '../procedures/datasets/dataset-scope.ts';
import { Forbidden, NotFound, Refused } from '../procedures/errors.ts';
import { fileAs, findVisibleFile, isSeenKind, type SeenKind } from '../procedures/files/visible-files.ts';
import { batchScope, recordScope, stepScope } from '../procedures/read-access.ts';
import type { FileFacts } from '../store/kept-files.ts';
import { FileAltered, readBytes } from '../store/stored-files.ts';
import { type ApplicationKey, applicationKeyIn } from './application-ids.ts';
import { ARCHIVE_PLACES } from './archive-download.ts';
import { CERTIFICATE_PLACES } from './certificate-pages.ts';
import { DATASET_FILE, datasetFile } from './dataset-file.ts';
import { DESTRUCTION_PLACES } from './destruction-download.ts';
import { fileReply, streamReply } from './file-reply.ts';
import type { Visitor } from './graphql-endpoint.ts';
import { LINK_PLACES } from './links-download.ts';
import { type Holder, keyIn, type Place } from './place.ts';
import { type Reply, refusal } from './reply.ts';
import type { Asked } from './request.ts';
import { STRUCTURE_PLACES } from './structure-downloads.ts';
import { importTemplate, secondEntrySheet, type TableFormat } from './table-download.ts';
import { UNUSUAL_PLACES } from './unusual-download.ts';

const PLACES: readonly Place[] = [
  { pattern: /^\/documents\/([\w-]{1,200})\.pdf$/, answer: document },
  { pattern: /^\/documents\/([\w-]{1,200})\/([1-9]\d{0,3})\.pdf$/, answer: documentOfRound },
  { pattern: /^\/applications\/([\w-]{1,200})\.zip$/, answer: wholeCase },
  { pattern: /^\/files\/(?:(\d{5})\/)?(?:([a-z][a-z-]{1,40})\/)?([0-9a-f]{64})$/, answer: file },
  { pattern: /^\/bundles\/(records|applications|steps|datasets)\/([\w-]{1,200})\.json$/, answer: bundle },
  { pattern: /^\/batches\/([\w-]{1,200})\/second-entry\.(csv|xlsx)$/, answer: sheet },
  ...STRUCTURE_PLACES,
  ...CERTIFICATE_PLACES,
  ...LINK_PLACES,
  ...ARCHIVE_PLACES,
  ...UNUSUAL_PLACES,
  ...DESTRUCTION_PLACES,
];

/** What the addresses of downloads look like, for tests that try every kind of them. */
export function downloadPatterns(): readonly RegExp[] {
  return [...PLACES.map(({ pattern }) => pattern), DATASET_FILE];
}
const TEMPLATE = /^\/templates\/imports\/([a-z0-9-]{1,60})\.(csv|xlsx)$/;

const SIGN_IN = { zh: '请先登录。', en: 'Sign in first.' };
const EXPIRED = { zh: '登录已过期，请重新登录。', en: 'The session has expired; sign in again.' };
const LINK_OVER = { zh: '下载链接已失效，请重新获取。', en: 'The link does not hold any more; get a new one.' };
const NOT_FOUND = { zh: '没有这个文件，或您无权下载。', en: 'There is no such file, or you may not have it.' };
const ALTERED = {
  zh: '库存文件与登记的摘要不一致，已拒绝提供。请告知管理员。',
  en: 'The stored file is not the one that was registered, so it is not served. Tell the administrator.',
};

/** Answers a download; null when the address is none of ours. */
export async function download(
  world: World,
  asked: Asked,
  visitorOf: () => Promise<Visitor>,
  log: (facts: Record<string, string>) => void,
): Promise<Reply | null> {
  const template = TEMPLATE.exec(asked.path);
  if (template) return importTemplate(template[1] ?? '', template[2] as TableFormat);
  const place = PLACES.find(({ pattern }) => pattern.test(asked.path));
  const ofDataset = DATASET_FILE.test(asked.path);
  if (!place && !ofDataset) return null;
  // Who reads a dataset is always somebody with a name: no link stands for them.
  const link = ofDataset ? 'none' : checkLink(world, asked.path, asked.query);
  if (link === 'over') return refusal(asked, 403, 'LINK_EXPIRED', LINK_OVER);
  const visitor = link === 'none' ? await visitorOf() : null;
  const reader = ofDataset ? visitor?.recipient : null;
  if (visitor && !visitor.actor && !reader) {
    const [code, sentence] = visitor.expired
      ? (['SESSION_EXPIRED', EXPIRED] as const)
      : (['UNAUTHENTICATED', SIGN_IN] as const);
    const refused = refusal(asked, 401, code, sentence);
    return { ...refused, headers: { ...refused.headers, 'www-authenticate': 'Bearer' } };
  }
  try {
    if (!place) return await datasetFile(world, asked, reader ?? visitor?.actor ?? null);
    const parts =
      place.pattern
        .exec(asked.path)
        ?.slice(1)
        .map((part) => part ?? '') ?? [];
    const reply = await place.answer(world, asked, visitor?.actor ?? 'link', parts);
    return reply ?? refusal(asked, 404, 'NOT_FOUND', NOT_FOUND);
  } catch (error) {
    if (error instanceof NotFound || error instanceof Forbidden) return refusal(asked, 404, 'NOT_FOUND', NOT_FOUND);
    if (error instanceof Refused) {
      const [first] = error.violations;
      const sentence = { zh: first?.message ?? '', en: first?.messageEn ?? '' };
      return refusal(asked, 422, 'REFUSED', sentence, { violations: error.violations });
    }
    if (!(error instanceof FileAltered)) throw error;
    log({ code: 'FILE_ALTERED', digest: error.digest });
    return refusal(asked, 500, 'FILE_ALTERED', ALTERED, { digest: error.digest });
  }
}

/** The application that an id names, if the caller sees it. */
async function applicationSeen(
  world: World,
  holder: Holder,
  { institution, id, kind }: ApplicationKey,
): Promise<{ pdfDigest: string | null } | null> {
  const scope = holder === 'link' ? {} : applicationScope(holder);
  return world.db.prisma.writtenApplication.findFirst({
    where: { AND: [scope, { institution, id, kind }] },
    select: { pdfDigest: true },
  });
}

async function document(world: World, asked: Asked, holder: Holder, [id = '']: string[]): Promise<Reply | null> {
  const key = applicationKeyIn(id);
  const found = await applicationSeen(world, holder, key);
  if (!found) return null;
  if (asked.query.get('draft') === '1') {
    if (holder === 'link') return null;
    const { bytes, kind } = await previewApplication(
      { world, actor: holder },
      { institution: key.institution, applicationId: key.id },
    );
    const tag = createHash('sha256').update(bytes).digest('hex');
    return fileReply(asked, { name: `${nameOfCase(kind)}（草稿）.pdf`, mediaType: 'application/pdf', bytes, tag });
  }
  return found.pdfDigest ? storedFile(world, asked, issued(key.institution, found.pdfDigest)) : null;
}

/** A document of a case by its number in the case: those that were superseded, and the one in force. */
async function documentOfRound(
  world: World,
  asked: Asked,
  holder: Holder,
  [id = '', sequence = '']: string[],
): Promise<Reply | null> {
  const { institution, id: applicationId, kind } = applicationKeyIn(id);
  const scope = holder === 'link' ? {} : paperScope(holder);
  const found = await world.db.prisma.applicationDocument.findFirst({
    where: { institution, applicationId, sequence: Number(sequence), application: { AND: [scope, { kind }] } },
    select: { pdfDigest: true },
  });
  return found && storedFile(world, asked, issued(institution, found.pdfDigest));
}

async function wholeCase(world: World, asked: Asked, holder: Holder, [id = '']: string[]): Promise<Reply | null> {
  const key = applicationKeyIn(id);
  if (!(await applicationSeen(world, holder, key))) return null;
  return streamReply(asked, {
    ...(await caseArchive(world, key.institution, key.id)),
    mediaType: 'application/zip',
  });
}

async function file(
  world: World,
  asked: Asked,
  holder: Holder,
  [code = '', kind = '', digest = '']: string[],
): Promise<Reply | null> {
  if (kind !== '' && !isSeenKind(kind)) return null;
  const institution = code || (holder === 'link' ? '' : (holder.institution ?? ''));
  const of = { institution, digest, ...(kind ? { kind } : {}) };
  if (holder !== 'link') return fileOf(world, asked, await findVisibleFile(world, holder, of));
  // A link is of one use, so it says as what the file is seen.
  return kind ? storedFile(world, asked, { institution, digest, kind }) : null;
}

/** @throws FileAltered when the bytes do not have the digest: they are never served */
async function storedFile(
  world: World,
  asked: Asked,
  of: { readonly institution: string; readonly digest: string; readonly kind: SeenKind },
): Promise<Reply | null> {
  return fileOf(world, asked, await fileAs(world.db.prisma, of));
}

async function fileOf(world: World, asked: Asked, file: FileFacts | null): Promise<Reply | null> {
  if (!file) return null;
  const { institution, digest, name, mediaType } = file;
  const bytes = await readBytes(world.db.prisma, institution, digest, world.cipher);
  return bytes && fileReply(asked, { name, mediaType, bytes, tag: digest });
}

const issued = (institution: string, digest: string) => ({ institution, digest, kind: 'issued-document' }) as const;

async function bundle(
  world: World,
  asked: Asked,
  holder: Holder,
  [kind = '', id = '']: string[],
): Promise<Reply | null> {
  const application = kind === 'applications' ? applicationKeyIn(id) : null;
  const key = application ?? keyIn(id, BUNDLED[kind] ?? 'Step');
  const seen = application ? await applicationSeen(world, holder, application) : await sees(world, holder, kind, key);
  if (!seen) return null;
  const make = BUNDLES[kind] ?? applicationBundle;
  const bytes = Buffer.from(JSON.stringify(await make(world, key.institution, key.id)), 'utf8');
  const tag = createHash('sha256').update(bytes).digest('hex');
  return fileReply(asked, { name: `vermilion-${kind}-${key.id}.json`, mediaType: 'application/json', bytes, tag });
}

/** What bundles are of, besides applications: the type of the id, and how they are made. */
const BUNDLED: Readonly<Record<string, string>> = { records: 'DegreeRecord', steps: 'Step', datasets: 'Dataset' };
const BUNDLES: Readonly<Record<string, typeof stepBundle>> = {
  records: recordBundle,
  steps: stepBundle,
  datasets: datasetBundle,
};

async function sees(world: World, holder: Holder, kind: string, key: Key): Promise<boolean> {
  if (holder === 'link') return true;
  const db = world.db.prisma;
  const select = { id: true };
  const own = { institution: key.institution, id: key.id };
  const found = () => {
    if (kind === 'datasets') return db.dataset.findFirst({ where: { AND: [datasetScope(holder), own] }, select });
    if (kind === 'steps') return db.step.findFirst({ where: { AND: [stepScope(holder), own] }, select });
    return db.degreeRecord.findFirst({ where: { AND: [recordScope(holder), own] }, select });
  };
  return (await found()) !== null;
}

/** Only for the category's own officers: a sheet of work, not a list for everybody. */
async function sheet(
  world: World,
  _asked: Asked,
  holder: Holder,
  [id = '', format = '']: string[],
): Promise<Reply | null> {
  const scope = holder === 'link' ? {} : batchScope(holder);
  const where = { AND: [scope, { ...keyIn(id, 'Batch') }] };
  const found = await world.db.prisma.batch.findFirst({ where, select: { institution: true, id: true } });
  return found && secondEntrySheet(world, found, format as TableFormat);
}
