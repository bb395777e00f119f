// A QR code as black bars in the page content: sharp at any size, no image.
import QRCode from 'qrcode';
import type { Sheet } from './canvas.ts';
import { number as n } from './pdf-file.ts';

/** Draws the code of a text into a square (y downwards); the caller keeps the quiet zone of four modules free. */
export function drawQr(sheet: Sheet, text: string, x: number, y: number, size: number): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const side = size / modules.size;
  const out: string[] = ['q 0 0 0 rg'];
  for (let row = 0; row < modules.size; row++) {
    const bottom = sheet.size.height - y - (row + 1) * side;
    let from = -1;
    for (let column = 0; column <= modules.size; column++) {
      const dark = column < modules.size && modules.get(row, column) === 1;
      if (dark && from < 0) from = column;
      if (!dark && from >= 0) {
        // A hair taller than the module: neighbouring rows must not show a white seam between them.
        out.push(`${n(x + from * side)} ${n(bottom)} ${n((column - from) * side)} ${n(side + 0.02)} re`);
        from = -1;
      }
    }
  }
  out.push('f Q');
  sheet.operators.push(out.join('\n'));
}
