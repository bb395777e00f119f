// Written applications for each second of one core, rendered and sealed, beside a bare pdfkit document with the same typefaces; long ones, and memory.
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import { packagedPath } from '../src/documents/fonts/font-files.ts';
import { type FontSet, loadFonts } from '../src/documents/fonts/fonts.ts';
import { renderApplication } from '../src/documents/render.ts';
import type { DocumentKind, SupplementaryReportData } from '../src/documents/wording/data.ts';
import { makeDevelopmentAuthority } from '../src/sealing/certificates.ts';
import { sealPdf } from '../src/sealing/pdf.ts';
import type { SealSigner } from '../src/sealing/signer.ts';
import { openPkcs12Signer } from '../src/sealing/signer-pkcs12.ts';
import { sample, samples } from '../test/documents/sample.ts';
import type { Setting } from './section.ts';
import { type Figure, megabytes } from './table.ts';

const PEOPLE = 5;
const MANY = 3000;
const WARM_UP = 20;
const EARLY = 200;
const BARE = 40;
const EACH = 100;
const SEALED = 300;
const AT = new Date('2026-03-18T02:00:00Z');
const KINDS = Object.keys(samples) as DocumentKind[];

/** Documents for each second of processor time, rendered and sealed, long ones, and the memory that is held after few and after many. */
export async function benchDocuments({ sizes, place }: Setting): Promise<Figure[]> {
  const fonts = await loadFonts();
  const signer = await rsaSigner(place);
  const data = sample(PEOPLE);
  const pages = pageCount(await render('supplementary-report', PEOPLE, fonts, 0));

  const bareTook = await processorSeconds(BARE, () => bareDocument(data, pages));
  await processorSeconds(WARM_UP, (i) => render('supplementary-report', PEOPLE, fonts, i));

  let early = 0;
  let bytes = 0;
  const took = await processorSeconds(sizes.documents, async (i) => {
    bytes = (await render('supplementary-report', PEOPLE, fonts, i)).length;
    if (i === EARLY) early = process.memoryUsage.rss();
  });
  const late = process.memoryUsage.rss();
  const count = Math.min(SEALED, sizes.documents);
  const sealedTook = await processorSeconds(count, async (i) => {
    await sealPdf(await render('supplementary-report', PEOPLE, fonts, i), signer, { at: AT });
  });

  const bare = { what: 'bare pdfkit', value: BARE / bareTook };
  const figures: Figure[] = [
    {
      what: `supplementary reports of ${pages} pages, rendered`,
      value: sizes.documents / took,
      unit: '/s of one core',
      limit: bare,
      note: `goal ≥ 60; ${Math.round(bytes / 1024)} KiB each`,
    },
    {
      what: 'the same, rendered and sealed (RSA-3072)',
      value: count / sealedTook,
      unit: '/s of one core',
      limit: bare,
      note: 'goal ≥ 45',
    },
  ];
  if (early > 0) {
    const limit = { what: `after ${EARLY}`, value: megabytes(early) };
    figures.push({ what: `memory after ${sizes.documents} documents`, value: megabytes(late), unit: 'MB', limit });
  }
  for (const kind of KINDS) {
    const each = await processorSeconds(EACH, (i) => render(kind, 1, fonts, i));
    const length = pageCount(await render(kind, 1, fonts, 0));
    figures.push({ what: `${kind} for one person, ${length} pages`, value: EACH / each, unit: '/s of one core' });
  }
  for (const kind of KINDS) {
    const long = await processorSeconds(1, () => render(kind, MANY, fonts, 0));
    figures.push({ what: `${kind} for ${MANY} people`, value: long, unit: 's of one core', note: 'goal < 5' });
  }
  return figures;
}

/** Another reason each time, so that nothing can be kept from one document to the next but what all share. */
function render(kind: DocumentKind, people: number, fonts: FontSet, turn: number): Promise<Uint8Array> {
  const data = samples[kind](people);
  const documentNumber = `聊大学位办函〔2026〕${turn + 1}号`;
  const reason = `${data.sheet.reason}（第${turn}次）`;
  const changed = { ...data, documentNumber, reason, sheet: { ...data.sheet, reason } };
  return renderApplication(kind, changed as never, { fonts, draft: false, createdAt: AT });
}

/** Seconds of processor time that this process spends: others on the machine make it wait, but not work. */
async function processorSeconds(count: number, work: (turn: number) => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  for (let turn = 1; turn <= count; turn++) await work(turn);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

async function rsaSigner(place: string): Promise<SealSigner> {
  const directory = await mkdtemp(join(place, 'documents-'));
  const seals = [{ id: 'bench', commonName: 'bench', organization: 'bench' }];
  await makeDevelopmentAuthority({ directory, seals, passphrase: 'bench', now: AT, algorithm: 'rsa-3072-sha256' });
  const signer = await openPkcs12Signer({ id: 'bench', path: join(directory, 'bench.p12'), passphrase: 'bench' });
  await rm(directory, { recursive: true });
  return signer;
}

/** About the same words on as many pages by pdfkit alone: no tags, no seal, no attachment, no line breaking of ours. */
function bareDocument(data: SupplementaryReportData, pages: number): Promise<number> {
  const document = new PDFDocument({ size: 'A4', margin: 72 });
  for (const role of ['title', 'song', 'hei'] as const) document.registerFont(role, packagedPath(role));
  let size = 0;
  document.on('data', (piece: Buffer) => {
    size += piece.length;
  });
  const done = new Promise<number>((resolve) => document.on('end', () => resolve(size)));
  document.font('title').fontSize(22).text(data.senderName).text(`关于补报${data.resolution.number}学位授予信息的请示`);
  document
    .font('song')
    .fontSize(16)
    .text(`${data.documentNumber}\n${data.addressees.join('、')}：`);
  document.font('hei').text('一、补报事由').font('song').text(data.reason);
  document.font('hei').text('二、整改措施').font('song').text(data.measures);
  for (let page = 2; page < pages; page++) document.addPage();
  document.text(`${data.senderName}\n${data.date}`);
  document.addPage().font('hei').text('附件1 补报人员名单').font('song').fontSize(10);
  for (const person of data.people) document.text(Object.values(person).join('  '));
  document.text(`${data.verification.code} ${data.verification.url} ${data.verification.dataDigest}`);
  document.end();
  return done;
}

function pageCount(pdf: Uint8Array): number {
  return (
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
  );
}
