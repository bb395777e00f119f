// Tiny but whole files for tests: a scan as PDF, a photo as JPEG.

/** A whole PDF of one empty page; different texts give different files. */
export function scanPdf(text = 'scan'): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
  ];
  let pdf = `%PDF-1.7\n% ${text}\n`;
  const offsets = objects.map((body, at) => {
    const offset = Buffer.byteLength(pdf);
    pdf += `${at + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const start = Buffer.byteLength(pdf);
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  pdf += `xref\n0 4\n0000000000 65535 f \n${entries}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(pdf, 'utf8');
}

/** A grey baseline JPEG (ITU-T T.81), by default 150×210; different comments give different files. */
export function photoJpeg(comment: string, width = 150, height = 210): Buffer {
  const segment = (marker: number, ...body: number[]) => [
    0xff,
    marker,
    (body.length + 2) >> 8,
    (body.length + 2) & 255,
    ...body,
  ];
  // One code of one bit in each Huffman table: "no difference" and "end of block"; a block is then two zero bits.
  const huffman = [1, ...Array.from({ length: 15 }, () => 0), 0];
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  return Buffer.from([
    ...[0xff, 0xd8],
    ...segment(0xfe, ...Buffer.from(comment, 'utf8')),
    ...segment(0xdb, 0, ...Array.from({ length: 64 }, () => 1)),
    ...segment(0xc0, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0),
    ...segment(0xc4, 0x00, ...huffman),
    ...segment(0xc4, 0x10, ...huffman),
    ...segment(0xda, 1, 1, 0, 0, 63, 0),
    ...Array.from({ length: Math.ceil((blocks * 2) / 8) }, () => 0),
    ...[0xff, 0xd9],
  ]);
}
