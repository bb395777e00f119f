// The whole case as one ZIP (art. 12, 15, 16): its papers, its sealed steps with their proofs, an index, and how to verify all of it.
import { createHash } from 'node:crypto';
import { safeName } from '../../files/safe-name.ts';
import { writeZip, type ZipFileEntry } from '../../files/zip.ts';
import { civilDateInShanghai } from '../../regulation/deadlines/deadlines.ts';
import type { ApplicationKind } from '../../regulation/vocabulary.ts';
import { type ApplicationCase, findApplication } from '../../store/applications/applications.ts';
import { findFile } from '../../store/kept-files.ts';
import { findInstitution } from '../../store/offices/institutions.ts';
import { listedSteps } from '../../store/seals/step-history.ts';
import { FileAltered, firstAltered, readBytes } from '../../store/stored-files.ts';
import { applicationBundle } from '../bundle.ts';
import type { World } from '../call.ts';
import { NotFound } from '../errors.ts';
import { givenByOfficer } from '../files/uploaded-as.ts';
import { digestLines, type IndexRow, indexCsv, readme, stepsCsv } from './case-archive-texts.ts';
import { type CasePaper, type CaseStep, kindsOfPaper, nameOfCase, papersOf } from './case-papers.ts';

/** An archive ready to be sent. */
export interface CaseArchive {
  /** File name in Chinese: 更改申请-GG-2026-0003.zip. */
  readonly name: string;
  /** The same for the same content: SHA-256 (hex) over the digests of all members. */
  readonly tag: string;
  /** The bytes in pieces; one stored file is in memory at a time. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A member: as the index names it, and its bytes when their turn comes. */
interface Member extends IndexRow {
  read(): Promise<Uint8Array>;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
};
const NAMES = {
  readme: '说明-README.txt',
  index: '目录.csv',
  sums: 'SHA256SUMS.txt',
  bundle: '06-步骤/验证包.json',
  steps: '06-步骤/步骤.csv',
  root: '07-信任/root.pem',
  crl: '07-信任/crl.pem',
} as const;

/**
 * The archive of a case as it is now. The same case under the same head of the log gives the same bytes: dates are those of the case, the order
 * is that of the case. Every stored file is compared with its digest before the first byte is given, and once more when its turn comes.
 * @throws {NotFound} no such application. {FileAltered} a stored file is not what was registered: nothing is given
 */
export async function caseArchive(world: World, institution: string, applicationId: string): Promise<CaseArchive> {
  const db = world.db.prisma;
  const application = await findApplication(db, institution, applicationId);
  if (!application) throw new NotFound('application', applicationId);
  const steps = (await listedSteps(db, institution, applicationId)).map((step): CaseStep => {
    const { facts = {}, files = [] } = JSON.parse(step.statement) as Partial<CaseStep>;
    return { ...step, facts, files };
  });
  const day = civilDateInShanghai((steps.at(-1)?.at ?? application.createdAt).toISOString());
  const papers = await paperMembers(world, application, await papersOf(world, application, steps));
  const digests = papers.map(({ digest }) => digest);
  const altered = await firstAltered(db, institution, digests, world.cipher);
  if (altered !== null) throw new FileAltered(altered);

  const bundle = JSON.stringify(await applicationBundle(world, institution, applicationId));
  const { rootPem, crlPem } = world.trust;
  const proofs = [
    inMemory(NAMES.bundle, '验证包', '全部步骤及其证明', day, Buffer.from(bundle, 'utf8')),
    inMemory(NAMES.steps, '步骤', '步骤清单', day, await stepsCsv(steps)),
    ...(rootPem ? [inMemory(NAMES.root, '根证书', '信任的起点', day, Buffer.from(rootPem, 'utf8'))] : []),
    ...(crlPem ? [inMemory(NAMES.crl, '吊销列表', '已吊销的印章证书', day, Buffer.from(crlPem, 'utf8'))] : []),
  ];
  const title = `${nameOfCase(application.kind as ApplicationKind)}-${application.caseNumber}`;
  const guide = readme({
    title,
    institution: (await findInstitution(db, institution))?.name ?? institution,
    document: papers.findLast(({ kind }) => kind.startsWith('公文'))?.name ?? null,
    ...{ bundle: NAMES.bundle, root: NAMES.root, crl: crlPem ? NAMES.crl : null },
    statusList: `${world.origin}/institutions/${institution}/status-list.json`,
  });
  const listed = [inMemory(NAMES.readme, '说明', '如何验证', day, guide), ...papers, ...proofs];
  const index = inMemory(NAMES.index, '目录', '目录', day, await indexCsv(listed));
  const sums = inMemory(NAMES.sums, '校验和', '校验和', day, digestLines([index, ...listed]));
  return {
    name: `${safeName(title)}.zip`,
    tag: sums.digest,
    bytes: writeZip(entriesOf([index, sums, ...listed])),
  };
}

async function* entriesOf(members: readonly Member[]): AsyncGenerator<ZipFileEntry> {
  for (const { name, date, read } of members) {
    yield { name, day: date, packed: !/\.(csv|txt|json|pem)$/.test(name), bytes: await read() };
  }
}

function inMemory(name: string, kind: string, title: string, date: string, bytes: Buffer): Member {
  const digest = createHash('sha256').update(bytes).digest('hex');
  return { name, kind, title, date, digest, size: bytes.length, read: async () => bytes };
}

/** The papers under names of their own: numbered in their folder, so that two of one title stay two. */
async function paperMembers(
  world: World,
  { institution, draftedById }: ApplicationCase,
  papers: readonly CasePaper[],
): Promise<Member[]> {
  const db = world.db.prisma;
  const numbers = new Map<string, number>();
  const by = givenByOfficer({ officerId: draftedById });
  const members: Member[] = [];
  for (const paper of papers) {
    const { folder, kind, title: given, date, digest } = paper;
    const file = await findFile(db, { institution, digest, kinds: kindsOfPaper(paper), by });
    if (!file) throw new FileAltered(digest);
    const number = (numbers.get(folder) ?? 0) + 1;
    numbers.set(folder, number);
    const title = given || file.name.replace(/\.[^.]{1,5}$/, '');
    const extension = EXTENSIONS[file.mediaType] ?? 'bin';
    members.push({
      name: `${folder}/${String(number).padStart(2, '0')}-${safeName(title)}.${extension}`,
      ...{ kind, title, date: date ?? civilDateInShanghai(file.at.toISOString()), digest, size: file.size },
      read: async () => {
        const bytes = await readBytes(db, institution, digest, world.cipher);
        if (!bytes) throw new FileAltered(digest);
        return bytes;
      },
    });
  }
  return members;
}
