// Scans and papers of the year: small PDF files that stand for scanned resolutions, evidence and decisions.
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { SampleFile } from './files.ts';

const FACE = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
);

/** A page with a title and lines, marked as a sample without effect. The same text gives the same bytes. */
export async function makeScan(name: string, title: string, lines: readonly string[]): Promise<SampleFile> {
  const made = new Date('2026-01-01T00:00:00Z');
  const document = new PDFDocument({
    size: 'A4',
    margin: 72,
    info: { Title: title, CreationDate: made, ModDate: made },
  });
  const parts: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    document.on('data', (part: Buffer) => parts.push(part));
    document.on('end', resolve);
    document.on('error', reject);
  });
  document.font(FACE).fontSize(20).text(title, { align: 'center' }).moveDown(2).fontSize(12);
  for (const line of lines) document.text(line).moveDown();
  document.moveDown(4).fontSize(10).fillColor('#888').text('样例文件，不具效力 · SAMPLE', { align: 'center' });
  document.end();
  await ended;
  return { name: `${name}.pdf`, bytes: Buffer.concat(parts) };
}
