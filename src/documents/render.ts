// From data to PDF bytes: the parts in the order in which a reader meets them. Knows nothing of keys.
import { type Cursor, drawAnnex } from './annex.ts';
import { copiesHeight, drawCopies } from './copies.ts';
import { embedFace } from './fonts/font-embed.ts';
import type { FontSet } from './fonts/fonts.ts';
import type { OfficialLetter } from './letter.ts';
import { drawHead } from './letterhead.ts';
import { drawPageNumber, drawWatermark } from './margins.ts';
import { type Bookmark, writeBookmarks } from './pdf/bookmarks.ts';
import { addSheet, type Canvas, openCanvas, writeSheets } from './pdf/canvas.ts';
import { attachData, xmpPacket } from './pdf/pdf-a.ts';
import { type Conformance, type DocumentInfo, openFile, PDF_A_3A } from './pdf/pdf-file.ts';
import { addSignatureField } from './pdf/signature-field.ts';
import { addTag, writeStructure } from './pdf/structure.ts';
import { writeSeal } from './seal-image.ts';
import { drawSignatureBlock } from './signature-block.ts';
import { drawSlices } from './straddle.ts';
import { drawBody } from './typeset/body.ts';
import { plainText } from './typeset/shape.ts';
import { drawVerification, VERIFICATION_HEIGHT } from './verification-block.ts';
import type { DataByKind, DocumentKind } from './wording/data.ts';
import { wordings } from './wording/wording.ts';

/** How a document is built. */
export interface RenderOptions {
  fonts: FontSet;
  /** A draft has a watermark and neither seal, slice nor signature field: those exist only in the build that is signed at once. */
  draft: boolean;
  /** The only clock: all dates in the file. */
  createdAt: Date;
}

/**
 * Prints a written application (R11.6, R15.1, R16.1) as PDF/A-3a. The same input gives the same bytes.
 * @returns the file; a sealed build holds one signature field with room for a CMS (signature-field.ts)
 * @throws MissingGlyph when a character has no glyph in any face
 */
export function renderApplication<Kind extends DocumentKind>(
  kind: Kind,
  data: DataByKind[Kind],
  options: RenderOptions,
): Promise<Uint8Array> {
  return renderLetter(wordings[kind](data), options);
}

/** Prints any letter; as PDF/A-3a unless a judge needs another profile. */
export async function renderLetter(
  letter: OfficialLetter,
  options: RenderOptions,
  conformance: Conformance = PDF_A_3A,
): Promise<Uint8Array> {
  const { fonts, draft, createdAt } = options;
  const info = documentInfo(letter, options);
  const file = openFile(info, xmpPacket(info, conformance), conformance);
  const canvas = openCanvas(file);

  const first = addSheet(canvas);
  const top = drawHead(canvas, first, fonts, letter);
  const end = drawBody(canvas, first, fonts, letter, top, copiesHeight(fonts, letter));
  const seal = drawSignatureBlock(canvas, fonts, letter, end);
  if (draft) {
    drawCopies(canvas, end.sheet, fonts, letter);
    drawRest(canvas, letter, options);
  } else {
    const appearance = writeSeal(file, fonts, letter.seal);
    canvas.xobjects.Seal = appearance;
    const reason = `${letter.documentNumber} ${info.title}`;
    // Read after the date; its number in the parent tree follows those of the pages, which are all there only at the end.
    const tag = addTag(canvas.root, 'Form');
    const place = { sheet: end.sheet, ...seal, appearance, signer: letter.seal.text, reason, signedAt: createdAt, tag };
    drawCopies(canvas, end.sheet, fonts, letter);
    drawRest(canvas, letter, options);
    addSignatureField(canvas, place);
    drawSlices(canvas, 'Seal', seal.size);
  }
  attachData(file, letter.machineData, createdAt);
  const parents = writeSheets(canvas);
  [...canvas.uses.values()].forEach((use, index) => {
    embedFace(file, use, index);
  });
  writeStructure(file, canvas.root, parents);
  return file.finish();
}

/** Annex, verification block, page numbers, watermark. */
function drawRest(canvas: Canvas, letter: OfficialLetter, { fonts, draft }: RenderOptions): void {
  const { annexes } = letter;
  const bookmarks: Bookmark[] = canvas.sheets
    .slice(0, 1)
    .map((sheet) => ({ title: plainText(letter.titlePieces), sheet }));
  let end: Cursor | undefined;
  annexes.forEach((annex, index) => {
    const begins = canvas.sheets.length;
    end = drawAnnex(canvas, fonts, annex, index === annexes.length - 1 ? VERIFICATION_HEIGHT : 0);
    const sheet = canvas.sheets[begins];
    if (sheet !== undefined) bookmarks.push({ title: `${annex.label}　${annex.title}`, sheet });
  });
  writeBookmarks(canvas.file, bookmarks);
  // The last annex has left room for it; a letter without annexes gives it a page.
  drawVerification(canvas, end?.sheet ?? addSheet(canvas), fonts, letter, draft);
  for (const sheet of canvas.sheets) {
    // The first page of the letter format has no number; the red head has.
    if (sheet.index > 0 || letter.signer !== undefined) drawPageNumber(canvas, sheet, fonts);
    if (draft) drawWatermark(sheet, fonts);
  }
}

function documentInfo(letter: OfficialLetter, { draft, createdAt }: RenderOptions): DocumentInfo {
  const title = plainText(letter.titlePieces);
  return {
    title: draft ? `${title}（草稿）` : title,
    author: letter.senderName,
    subject: letter.documentNumber,
    keywords: [...(draft ? [] : [letter.verification.code]), letter.verification.dataDigest].join(' '),
    createdAt,
  };
}

export type { DataByKind, DocumentKind } from './wording/data.ts';
