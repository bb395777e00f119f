// A tiny PDF with a certifying signature field, written by hand so that each test can spoil one thing.
import { SIGNATURE_PLACEHOLDER_BYTES, signaturePlaceholder } from '../../src/sealing/pdf.ts';

/** Objects by number, the first one being object 1. */
export function tinyObjects(signedAt = new Date('2026-06-30T08:00:00Z')): string[] {
  const signature = signaturePlaceholder({
    name: '聊城大学学位评定委员会办公室',
    reason: '补报',
    location: '聊城',
    signedAt,
  });
  const entries = Object.entries(signature).map(([key, value]) => `/${key} ${value}`);
  const reference =
    '/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P 1 /V /1.2 >> >>]';
  const page = 'BT /F1 24 Tf 20 100 Td (Report \\(1\\)) Tj ET';
  return [
    '<< /Type /Catalog /Pages 2 0 R /AcroForm << /SigFlags 3 /Fields [6 0 R] >> /Perms << /DocMDP 5 0 R >> >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Annots [6 0 R] /Resources << /Font << /F1 7 0 R >> >> >>',
    `<< /Length ${page.length} >>\nstream\n${page}\nendstream`,
    `<< ${entries.join('\n')} ${reference} >>`,
    '<< /Type /Annot /Subtype /Widget /FT /Sig /T (seal) /F 132 /Rect [20 20 80 80] /P 3 0 R /V 5 0 R >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
}

/** The file of these objects: header, objects, classic cross-reference table, trailer. */
export function writePdf(objects: readonly string[], trailer = '/Root 1 0 R'): Uint8Array {
  let out = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
  const offsets: number[] = [];
  for (const [i, body] of objects.entries()) {
    offsets.push(out.length);
    out += `${i + 1} 0 obj\n${body}\nendobj\n`;
  }
  const table = out.length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows.join('')}trailer\n<< /Size ${objects.length + 1} ${trailer} >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(out, 'latin1');
}

/** An incremental update behind a file: the given objects again, as an editor would append them. */
export function appendRevision(pdf: Uint8Array, objects: ReadonlyMap<number, string>, size: number): Uint8Array {
  const before = Buffer.from(pdf).toString('latin1');
  const previous = /startxref\n(\d+)\n%%EOF\n$/.exec(before)?.[1] ?? '0';
  let out = before;
  let rows = '';
  for (const [number, body] of objects) {
    rows += `${number} 1\n${String(out.length).padStart(10, '0')} 00000 n \n`;
    out += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const table = out.length;
  out += `xref\n${rows}trailer\n<< /Size ${size} /Root 1 0 R /Prev ${previous} >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(out, 'latin1');
}

/** Room of the placeholder in hexadecimal digits. */
export const PLACEHOLDER_DIGITS = 2 * SIGNATURE_PLACEHOLDER_BYTES;
