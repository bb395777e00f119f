// Supplementary reports (a letter of two pages with its list) per second on one core, rendered and sealed, beside a bare pdfkit document with the same typefaces.
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import type { SupplementaryReportData } from '../src/documents/data.ts';
import { packagedPath } from '../src/documents/font-files.ts';
import { type FontSet, loadFonts } from '../src/documents/fonts.ts';
import { renderApplication } from '../src/documents/render.ts';
import { makeDevelopmentAuthority } from '../src/sealing/certificates.ts';
import { sealPdf } from '../src/sealing/pdf.ts';
import type { SealSigner } from '../src/sealing/signer.ts';
import { openPkcs12Signer } from '../src/sealing/signer-pkcs12.ts';
import { sample } from '../test/documents/sample.ts';
import type { Setting } from './section.ts';
import { type Figure, megabytes, seconds } from './table.ts';

const PEOPLE = 5;
const WARM_UP = 20;
const EARLY = 200;
const BARE = 40;
const SEALED = 300;
const AT = new Date('2026-03-18T02:00:00Z');

/** Documents rendered, documents sealed, and the memory that is held after few and after many. */
export async function benchDocuments({ sizes, place }: Setting): Promise<Figure[]> {
  const fonts = await loadFonts();
  const signer = await rsaSigner(place);
  const data = sample(PEOPLE);
  const pages = pageCount(await render(data, fonts, 0));

  const bareTook = await seconds(async () => {
    for (let i = 0; i < BARE; i++) await bareDocument(data, pages);
  });
  for (let i = 0; i < WARM_UP; i++) await render(data, fonts, i);

  let early = 0;
  let bytes = 0;
  const took = await seconds(async () => {
    for (let i = 1; i <= sizes.documents; i++) {
      bytes = (await render(data, fonts, i)).length;
      if (i === EARLY) early = process.memoryUsage.rss();
    }
  });
  const late = process.memoryUsage.rss();
  const count = Math.min(SEALED, sizes.documents);
  const sealedTook = await seconds(async () => {
    for (let i = 0; i < count; i++) await sealPdf(await render(data, fonts, i), signer, { at: AT });
  });

  const bare = { what: 'bare pdfkit', value: BARE / bareTook };
  const figures: Figure[] = [
    {
      what: `reports of ${pages} pages, rendered`,
      value: sizes.documents / took,
      unit: '/s',
      limit: bare,
      note: `goal ≥ 60; ${Math.round(bytes / 1024)} KiB each`,
    },
    {
      what: `reports of ${pages} pages, rendered and sealed (RSA-3072)`,
      value: count / sealedTook,
      unit: '/s',
      limit: bare,
      note: 'goal ≥ 45',
    },
  ];
  if (early > 0) {
    const limit = { what: `after ${EARLY}`, value: megabytes(early) };
    figures.push({ what: `memory after ${sizes.documents} documents`, value: megabytes(late), unit: 'MB', limit });
  }
  return figures;
}

/** Another reason each time, so that nothing can be kept from one document to the next but what all share. */
function render(data: SupplementaryReportData, fonts: FontSet, turn: number): Promise<Uint8Array> {
  const reason = `${data.reason}（第${turn}次）`;
  return renderApplication('supplementary-report', { ...data, reason }, { fonts, draft: false, createdAt: AT });
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
