// How a certificate looks, as data (R11.7): the shape of a layout, its units and its bounds. Its rules are in certificate-layout-*.ts.
//
// A layout is a JSON object. All places are millimetres from the upper left corner of the page, all type sizes points:
//
//   { "format": "vermilion-certificate/1",
//     "page": { "width": 297, "height": 210, "orientation": "landscape" },
//     "background": { "fileDigest": "<SHA-256 of an uploaded JPEG or PNG>" },          or null, or left out
//     "fields": [
//       { "text": "学士学位证书", "x": 60, "y": 24, "width": 177, "face": "title", "size": 34, "align": "center", "letterSpacing": 8 },
//       { "text": "{name}，{sex}，{birthDate}生。…", "x": 80, "y": 58, "width": 185, "lines": 5, "lineHeight": 32,
//         "face": "kaiti", "size": 18, "minSize": 12, "align": "justify", "indent": 2 } ],
//     "photo": { "x": 32, "y": 58, "width": 35, "height": 49 },                        or null, or left out
//     "seal": { "x": 194, "y": 119, "diameter": 42 },                                  or null, or left out
//     "qr": { "x": 250, "y": 170, "size": 22 } }                                       or null, or left out
//
// A whole one is docs/certificate-layout.example.json.

/** The only format so far. A layout without `format` is from before layouts had rules, and is replaced by our own. */
export const LAYOUT_FORMAT = 'vermilion-certificate/1';

/** Typefaces of a certificate; the printing side has each of them. */
export const CERTIFICATE_FACES = {
  song: { zh: '宋体', en: 'Song' },
  title: { zh: '小标宋', en: 'heavy Song, for titles' },
  kaiti: { zh: '楷体', en: 'Kai' },
  fangsong: { zh: '仿宋', en: 'Fangsong' },
  hei: { zh: '黑体', en: 'Hei' },
} as const;
export type CertificateFace = keyof typeof CERTIFICATE_FACES;

/** How the lines of a field stand in its box. */
export const ALIGNMENTS = ['left', 'center', 'right', 'justify'] as const;
export type Alignment = (typeof ALIGNMENTS)[number];

/** A rectangle in millimetres from the upper left corner of the page. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A text in its box. `text` is fixed, but for placeholders in braces ({@link PLACEHOLDERS}). A value that is too long makes the type
 * smaller, down to `minSize`; what does not fit even then is refused, never cut.
 */
export interface TextField extends Box {
  readonly text: string;
  readonly face: CertificateFace;
  /** Points. */
  readonly size: number;
  /** Points; `size` when left out: the type never shrinks. */
  readonly minSize: number;
  /** `left` when left out. */
  readonly align: Alignment;
  /** Points between ideographs, 0 when left out; shrinks with the type. Letters and digits are never spaced. */
  readonly letterSpacing: number;
  /** How many lines the text may take, 1 when left out. */
  readonly lines: number;
  /** From line to line in points; one and a half times the size when left out. */
  readonly lineHeight: number;
  /** Indent of the first line in ems, 0 when left out. */
  readonly indent: number;
}

/** The place of the seal: a circle, as the box around it. Nothing is printed there but by the one who seals. */
export interface SealPlace {
  readonly x: number;
  readonly y: number;
  readonly diameter: number;
}

/** The place of the verification code: a square, with the empty rim of four modules outside it left to the layout. */
export interface QrPlace {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** A layout with everything that may be left out filled in: this is what is kept, so that a later default changes nothing. */
export interface CertificateLayout {
  readonly format: typeof LAYOUT_FORMAT;
  readonly page: { readonly width: number; readonly height: number; readonly orientation: 'portrait' | 'landscape' };
  /** Fills the page; a JPEG or PNG uploaded as `certificate-background`. */
  readonly background: { readonly fileDigest: string } | null;
  /** In reading order: that of the tags of the file. */
  readonly fields: readonly TextField[];
  readonly photo: Box | null;
  readonly seal: SealPlace | null;
  readonly qr: QrPlace | null;
}

/** Bounds, both ends included: millimetres of places, points of type. */
export const BOUNDS = {
  page: [100, 450],
  place: [0, 450],
  width: [5, 450],
  size: [6, 96],
  letterSpacing: [0, 60],
  lines: [1, 12],
  lineHeight: [7.2, 240],
  indent: [0, 8],
  photo: [15, 80],
  diameter: [20, 45],
  qr: [15, 50],
} as const satisfies Record<string, readonly [number, number]>;

/** Text fields that a layout may have. */
export const MOST_FIELDS = 60;
/** Characters that the text of a field may have. */
export const LONGEST_TEXT = 500;
/** Points of the smallest type of a person's name: nobody should need a glass for it. */
export const LEAST_NAME_SIZE = 9;

/** Millimetres along the edges in which nothing may be placed: no printer reaches there, and a specimen says there that it is one. */
export const RIM = 5;

/** Points of a millimetre. */
export const POINTS_PER_MM = 72 / 25.4;

/** The square around the place of the seal. */
export function boxOfSeal({ x, y, diameter }: SealPlace): Box {
  return { x, y, width: diameter, height: diameter };
}

/** The square of the code. */
export function boxOfQr({ x, y, size }: QrPlace): Box {
  return { x, y, width: size, height: size };
}
