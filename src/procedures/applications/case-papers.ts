// The papers of a case in the order in which one reads them: documents, evidence, decisions, proofs of delivery, resolutions, reviews.

import type { Decision } from '../../regulation/applications/applications.ts';
import { civilDateInShanghai } from '../../regulation/deadlines/deadlines.ts';
import {
  ADDRESSEES,
  type Addressee,
  APPLICATION_KINDS,
  type ApplicationKind,
  CHANNELS,
  type Channel,
} from '../../regulation/vocabulary.ts';
import { decisionsOf, dispatchesOf, documentsOf } from '../../store/applications/application-papers.ts';
import type { ApplicationCase } from '../../store/applications/applications.ts';
import { strikesOf } from '../../store/resolutions/roster-strikes.ts';
import type { Step } from '../../store/seals/step-history.ts';
import type { World } from '../call.ts';
import type { FileKind } from '../files/file-kinds.ts';
import { decisionWords } from './decision-words.ts';
import { EVIDENCE_KINDS } from './printed-case.ts';

/** A paper of a case: a stored file under the name and date by which people know it. */
export interface CasePaper {
  /** Folder in an archive of the case. */
  readonly folder: string;
  /** What it is, in Chinese. */
  readonly kind: string;
  /** Empty for a file that is only known by the name under which it was uploaded. */
  readonly title: string;
  /** Civil date; null when only the day of the upload is known. */
  readonly date: string | null;
  /** SHA-256 (hex) of the stored file. */
  readonly digest: string;
}

/** A sealed step about the case, its statement parsed. */
export interface CaseStep extends Step {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly files: readonly string[];
}

/** As what the papers of a folder were given. */
export function kindsOfPaper({ folder }: Pick<CasePaper, 'folder'>): readonly string[] {
  return KINDS_IN[folder] ?? [];
}

/** Folders of the archive, in its order. */
const FOLDERS = {
  documents: '01-公文',
  evidence: '02-证明材料',
  decisions: '03-批复',
  deliveries: '04-送达凭证',
  resolutions: '05-决议与复核',
} as const;

const KINDS_IN: Readonly<Record<string, readonly (FileKind | 'issued-document')[]>> = {
  [FOLDERS.documents]: ['issued-document'],
  [FOLDERS.evidence]: EVIDENCE_KINDS,
  [FOLDERS.decisions]: ['decision'],
  [FOLDERS.deliveries]: ['delivery-proof'],
  [FOLDERS.resolutions]: ['resolution-scan', 'revocation-resolution-scan', 'degree-review', 'roster-correction'],
};

/** What a kind of case is called: 补报 is what is done, 补报申请 is the paper. */
export function nameOfCase(kind: ApplicationKind): string {
  return kind === 'supplementary-report' ? '补报申请' : APPLICATION_KINDS[kind].zh;
}

/** What answers to an event of its own is listed for each of them, also where one file proves several. */
const EACH: readonly string[] = [FOLDERS.decisions, FOLDERS.deliveries];

/** Every paper of a case, also those of rounds that the province returned: each file once, each decision and each proof of a dispatch for itself. */
export async function papersOf(
  world: Pick<World, 'db'>,
  application: ApplicationCase,
  steps: readonly CaseStep[],
): Promise<CasePaper[]> {
  const db = world.db.prisma;
  const { institution, id } = application;
  const papers = [
    ...documentPapers(await documentsOf(db, institution, id), application.kind as ApplicationKind),
    ...evidencePapers(application, steps),
    ...decisionPapers(await decisionsOf(db, institution, id), application),
    ...(await dispatchesOf(db, institution, id)).flatMap(({ addressee, channel, dispatchedOn, proofDigest }) =>
      proofDigest === null ? [] : [deliveryPaper(addressee, channel, dispatchedOn, proofDigest)],
    ),
    ...resolutionPapers(application),
    ...reviewPapers(steps),
    ...(
      await strikesOf(
        db,
        institution,
        application.records.map(({ recordId }) => recordId),
      )
    ).map((strike) => ({
      ...{ folder: FOLDERS.resolutions, kind: '更正学位授予名单的决议', title: strike.documentNumber },
      ...{ date: civilDateInShanghai(strike.at.toISOString()), digest: strike.fileDigest },
    })),
  ];
  const seen = new Set<string>();
  return papers.filter(({ folder, digest }) => {
    const key = `${folder}/${digest}`;
    if (seen.has(key) && !EACH.includes(folder)) return false;
    return seen.add(key);
  });
}

function documentPapers(documents: Awaited<ReturnType<typeof documentsOf>>, kind: ApplicationKind): CasePaper[] {
  return documents.map(({ documentNumber, documentDate, pdfDigest }, at) => {
    const current = at === documents.length - 1;
    const standing = current ? '现行' : '已被取代';
    return {
      ...{ folder: FOLDERS.documents, kind: `公文（${standing}）`, date: documentDate, digest: pdfDigest },
      title: `${documentNumber}${nameOfCase(kind)}${current ? '' : '（已被取代）'}`,
    };
  });
}

/** What is attached now, then what was attached to documents of earlier rounds: sealed steps name it by its digest. */
function evidencePapers({ evidence }: ApplicationCase, steps: readonly CaseStep[]): CasePaper[] {
  const folder = FOLDERS.evidence;
  const now = evidence.map(({ title, fileDigest }) => ({
    ...{ folder, kind: '证明材料', title, date: null, digest: fileDigest },
  }));
  const before = steps
    .filter(({ name }) => name === 'seal-application')
    // The first file of the sealing is the document itself.
    .flatMap(({ files }) => files.slice(1))
    .map((digest) => ({ folder, kind: '证明材料（前次）', title: '', date: null, digest }));
  return [...now, ...before];
}

function decisionPapers(
  decisions: Awaited<ReturnType<typeof decisionsOf>>,
  { kind, decision, decisionNumber, decidedAt, decisionFileDigest }: ApplicationCase,
): CasePaper[] {
  const paper = (outcome: string, number: string, at: Date | null, digest: string): CasePaper => ({
    ...{ folder: FOLDERS.decisions, kind: '批复', digest },
    title: `${number}（${decisionWords(kind as ApplicationKind, outcome as Decision).zh}）`,
    date: at && civilDateInShanghai(at.toISOString()),
  });
  // Decisions from before decisions were kept one by one.
  if (decisions.length === 0 && decision && decisionFileDigest) {
    return [paper(decision, decisionNumber ?? '', decidedAt, decisionFileDigest)];
  }
  return decisions.map((one) => paper(one.decision, one.number, one.at, one.fileDigest));
}

function deliveryPaper(addressee: string, channel: string, dispatchedOn: string, digest: string): CasePaper {
  const to = ADDRESSEES[addressee as Addressee].zh;
  const by = CHANNELS[channel as Channel].zh;
  return { folder: FOLDERS.deliveries, kind: '送达凭证', title: `${to}（${by}）`, date: dispatchedOn, digest };
}

function resolutionPapers({ resolution, revocationResolution }: ApplicationCase): CasePaper[] {
  const folder = FOLDERS.resolutions;
  const scan = (kind: string, of: NonNullable<ApplicationCase['resolution' | 'revocationResolution']>) => ({
    ...{ folder, kind, title: `${of.number}${kind}`, date: of.decidedOn, digest: of.scanDigest },
  });
  return [
    ...(resolution ? [scan('学位授予决议', resolution)] : []),
    ...(revocationResolution ? [scan('撤销学位决议', revocationResolution)] : []),
  ];
}

function reviewPapers(steps: readonly CaseStep[]): CasePaper[] {
  return steps
    .filter(({ name }) => name === 'record-degree-review')
    .flatMap(({ files, facts }) =>
      files.map((digest) => ({
        ...{ folder: FOLDERS.resolutions, kind: '学位复核材料', title: '学位复核材料', digest },
        date: typeof facts.on === 'string' ? facts.on : null,
      })),
    );
}
