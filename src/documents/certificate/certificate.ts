// A certificate as its layout says, to be looked at: a sample of a template, or the specimen for a record. Never the certificate itself.
import { boxOfQr, type CertificateLayout, POINTS_PER_MM } from '../../regulation/templates/certificate-layout.ts';
import type { CertificateValues } from '../../regulation/templates/certificate-values.ts';
import { embedFace } from '../fonts/font-embed.ts';
import type { FontSet } from '../fonts/fonts.ts';
import { baselineIn, mm } from '../page.ts';
import {
  addSheet,
  artifact,
  type Canvas,
  drawLine,
  openCanvas,
  type Sheet,
  tagged,
  writeSheets,
} from '../pdf/canvas.ts';
import { attachData, xmpPacket } from '../pdf/pdf-a.ts';
import { type Conformance, type DocumentInfo, number as n, openFile, PDF_A_3A } from '../pdf/pdf-file.ts';
import { drawQr } from '../pdf/qr.ts';
import { embedRaster, type Raster, rasterOperators } from '../pdf/raster.ts';
import { addTag, writeStructure } from '../pdf/structure.ts';
import { typeset } from '../typeset/typeset.ts';
import type { JsonValue } from '../wording/data.ts';
import { circle, frame, writeWatermark } from './certificate-marks.ts';
import { type SetField, setCertificate } from './certificate-set.ts';

/** What is shown, and with which words across it. */
export interface CertificateContent {
  readonly layout: CertificateLayout;
  readonly values: CertificateValues;
  /** `sample`: of a template, an invented person. `specimen`: of a record. */
  readonly kind: 'sample' | 'specimen';
  readonly background: Raster | null;
  readonly photo: Raster | null;
  /** Of the document: shown by viewers. */
  readonly title: string;
  /** Which template, in which version: read from the code and in the properties of the file. */
  readonly template: string;
  readonly machineData: JsonValue;
}

const WATERMARKS = { sample: ['样张', 'SPECIMEN'], specimen: ['样本', '非正式证书'] } as const;
const NOTES = {
  sample: '本页为学位证书样式的样张，所载人员信息均为虚构。',
  specimen: '本页为学位证书样本，未签名、未盖章，不是学位证书，不具有证明效力。',
} as const;
const NOTE_SIZE = 6.5;

/**
 * Draws the page as PDF/A-3a. The same input gives the same bytes. No seal, no signature: the seal's place is a dashed circle.
 * @throws MissingGlyph, TextsDoNotFit
 */
export async function renderCertificate(
  content: CertificateContent,
  options: { readonly fonts: FontSet; readonly createdAt: Date },
  conformance: Conformance = PDF_A_3A,
): Promise<Uint8Array> {
  const { layout, values, kind } = content;
  const { fonts, createdAt } = options;
  const set = setCertificate(fonts, layout, values);
  const info: DocumentInfo = {
    title: content.title,
    author: values.institutionName,
    subject: NOTES[kind],
    keywords: content.template,
    createdAt,
  };
  const file = openFile(info, xmpPacket(info, conformance), conformance);
  const canvas = openCanvas(file);
  const sheet = addSheet(canvas, { width: mm(layout.page.width), height: mm(layout.page.height) });
  drawBackground(canvas, sheet, content.background);
  drawPhoto(canvas, sheet, fonts, content);
  for (const field of set) drawField(canvas, sheet, field);
  drawPlaces(canvas, sheet, fonts, content);
  drawNote(canvas, sheet, fonts, content);
  canvas.xobjects.Watermark = writeWatermark(file, fonts, sheet.size, WATERMARKS[kind]);
  artifact(sheet, 'Page', () => sheet.operators.push('/Watermark Do'));
  attachData(file, content.machineData, createdAt);
  const parents = writeSheets(canvas);
  [...canvas.uses.values()].forEach((use, index) => {
    embedFace(file, use, index);
  });
  writeStructure(file, canvas.root, parents);
  return file.finish();
}

/** Fills the page whatever the proportions of the image: what is preprinted on paper fills it, too. */
function drawBackground(canvas: Canvas, sheet: Sheet, background: Raster | null): void {
  if (background === null) return;
  canvas.xobjects.Background = embedRaster(canvas.file, background);
  const { width, height } = sheet.size;
  artifact(sheet, 'Page', () => sheet.operators.push(rasterOperators('Background', 0, 0, width, height)));
}

/** A field of text: a single line stands in the middle of its box, several begin at the top. */
function drawField(canvas: Canvas, sheet: Sheet, { field, lines, size }: SetField): void {
  const pitch = field.lineHeight;
  const first = field.lines === 1 ? mm(field.height) : pitch;
  tagged(sheet, addTag(canvas.root, 'P'), () => {
    lines.forEach((line, index) => {
      const top = mm(field.y) + (index === 0 ? 0 : first + (index - 1) * pitch);
      drawLine(canvas, sheet, line, mm(field.x), baselineIn(top, index === 0 ? first : pitch, size));
    });
  });
}

/** The photo, whole and in its own proportions, in the middle of its place; a frame where there is none. */
function drawPhoto(canvas: Canvas, sheet: Sheet, fonts: FontSet, { layout, photo }: CertificateContent): void {
  if (layout.photo === null) return;
  const [x, y, width, height] = inPoints(layout.photo);
  if (photo === null) {
    artifact(sheet, 'Layout', () => frame(sheet, x, y, width, height));
    drawLabel(canvas, sheet, fonts, '照片', { x, width, middle: y + height / 2 });
    return;
  }
  canvas.xobjects.Photo = embedRaster(canvas.file, photo);
  const scale = Math.min(width / photo.width, height / photo.height);
  const [w, h] = [photo.width * scale, photo.height * scale];
  const left = x + (width - w) / 2;
  const bottom = sheet.size.height - y - (height + h) / 2;
  const attributes = { O: 'Layout', Placement: 'Block', BBox: [left, bottom, left + w, bottom + h] };
  const figure = addTag(canvas.root, 'Figure', { alt: '学位获得者照片', attributes });
  tagged(sheet, figure, () => sheet.operators.push(rasterOperators('Photo', left, bottom, w, h)));
}

/** Where the seal would be, and a code that says what it is when it is scanned: there is nothing to verify yet. */
function drawPlaces(canvas: Canvas, sheet: Sheet, fonts: FontSet, { layout, template }: CertificateContent): void {
  const { seal, qr } = layout;
  if (seal !== null) {
    const [x, y, diameter] = [mm(seal.x), mm(seal.y), mm(seal.diameter)];
    artifact(sheet, 'Layout', () => circle(sheet, x, y, diameter));
    drawLabel(canvas, sheet, fonts, '用印处', { x, width: diameter, middle: y + diameter * 0.86 });
  }
  if (qr !== null) {
    const [x, y, width, height] = inPoints(boxOfQr(qr));
    const text = `非正式证书 SPECIMEN ${template}`;
    const box = [x, sheet.size.height - y - height, x + width, sheet.size.height - y];
    const attributes = { O: 'Layout', Placement: 'Block', BBox: box };
    tagged(sheet, addTag(canvas.root, 'Figure', { alt: `二维码，内容为：${text}`, attributes }), () =>
      drawQr(sheet, text, x, y, width),
    );
  }
}

/** Small and grey: names a place, and is no text of the certificate. */
function drawLabel(
  canvas: Canvas,
  sheet: Sheet,
  fonts: FontSet,
  text: string,
  place: { x: number; width: number; middle: number },
): void {
  const [line] = typeset([text], { style: fonts.styles.hei, size: 8, width: place.width, align: 'center' });
  if (line === undefined) return;
  artifact(sheet, 'Layout', () =>
    drawLine(canvas, sheet, line, place.x, baselineIn(place.middle - 4, 8, 8), '0.5 0.5 0.5'),
  );
}

/** On the lower rim, where no layout may place anything. */
function drawNote(canvas: Canvas, sheet: Sheet, fonts: FontSet, { kind }: CertificateContent): void {
  const width = sheet.size.width - mm(10);
  const [line] = typeset([NOTES[kind]], { style: fonts.styles.hei, size: NOTE_SIZE, width, align: 'center' });
  if (line === undefined) return;
  // On white, so that no background hides it.
  const [x, y] = [mm(5) + line.left - 4, mm(1)];
  const white = `q 1 1 1 rg ${n(x)} ${n(y)} ${n(line.right - line.left + 8)} ${n(mm(3))} re f Q`;
  artifact(sheet, 'Layout', () => sheet.operators.push(white));
  tagged(sheet, addTag(canvas.root, 'P'), () =>
    drawLine(canvas, sheet, line, mm(5), baselineIn(sheet.size.height - mm(4), mm(3), NOTE_SIZE), '0.35 0.35 0.35'),
  );
}

function inPoints(box: { x: number; y: number; width: number; height: number }): [number, number, number, number] {
  const points = (value: number): number => value * POINTS_PER_MM;
  return [points(box.x), points(box.y), points(box.width), points(box.height)];
}
