// The narrow door to pdfkit: objects, pages, cross-reference table. Everything drawn is written by canvas.ts.
import { deflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';

/** An indirect object. Strings in `data` are PDF names, Uint8Arrays are hex strings. */
export interface PdfRef {
  readonly id: number;
  data: Record<string, unknown>;
  compress: boolean;
  write(chunk: Uint8Array): void;
  end(chunk?: Uint8Array): void;
}

/** Document information, the same in the Info dictionary and in XMP. */
export interface DocumentInfo {
  title: string;
  author: string;
  subject: string;
  keywords: string;
  createdAt: Date;
}

/** A profile of ISO 19005 and the version of PDF it stands on. */
export interface Conformance {
  part: 1 | 3;
  level: 'A' | 'B';
  version: '1.4' | '1.7';
}

/** What every document is: tagged, with an attachment, transparency for the seal. */
export const PDF_A_3A: Conformance = { part: 3, level: 'A', version: '1.7' };
/** The same pages without attachment and transparency, for a judge that knows no other part (PDFBox Preflight). Nothing is issued like this. */
export const PDF_A_1B: Conformance = { part: 1, level: 'B', version: '1.4' };

/** A file being written. */
export interface PdfFile {
  readonly conformance: Conformance;
  ref(data: Record<string, unknown>): PdfRef;
  readonly catalog: Record<string, unknown>;
  /** The catalog's name trees. */
  readonly names: Record<string, unknown>;
  /** The structure tree root; `K` and `ParentTree` are set by structure.ts. */
  readonly structureRoot: PdfRef;
  /** The parent of all pages. */
  readonly pages: PdfRef;
  addPage(page: PdfRef): void;
  /** What is written so far and was not taken before, for whoever sends a long file on while it is made. */
  take(): Uint8Array;
  /** The rest of the file: all of it unless some was taken. */
  finish(): Promise<Uint8Array>;
}

/** The parts of pdfkit 0.20 that its types do not show. */
interface Internals {
  ref(data: Record<string, unknown>): PdfRef;
  _root: PdfRef;
  getStructTreeRoot(): PdfRef;
  endMetadata(): void;
  endAcroForm(): void;
  on(event: 'data', listener: (chunk: Uint8Array) => void): void;
  on(event: 'end', listener: () => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  read(): Uint8Array | null;
  end(): void;
}

const PRODUCER = 'Vermilion';

/** A PDF text string: UTF-16BE with its mark, written as a hex string. */
export function textString(text: string): Uint8Array {
  const bytes = Buffer.alloc(2 + text.length * 2);
  bytes.writeUInt16BE(0xfeff, 0);
  for (let i = 0; i < text.length; i++) bytes.writeUInt16BE(text.charCodeAt(i), 2 + i * 2);
  return bytes;
}

/** Glyph outlines and operators hardly get smaller for more work than this, and it is done for every document. */
const EFFORT = 2;

/** Bytes as they stand in a stream with FlateDecode. The same bytes give the same result. */
export function deflated(bytes: Uint8Array): Uint8Array {
  return deflateSync(bytes, { level: EFFORT });
}

/** Ends an object as a compressed stream; `bytes` are compressed already when `ready` is true. */
export function endStream(ref: PdfRef, bytes: Uint8Array, ready = false): void {
  ref.data.Filter = 'FlateDecode';
  ref.compress = false;
  ref.end(ready ? bytes : deflated(bytes));
}

/** A number in a content stream: at most three decimals, never an exponent. */
export function number(value: number): string {
  return String(Math.round(value * 1000) / 1000 + 0);
}

/**
 * Opens a PDF/A file. The same calls give the same bytes: the file identifier comes from the information, all dates from `createdAt`.
 * @param xmp the XMP packet, complete
 */
export function openFile(info: DocumentInfo, xmp: string, conformance: Conformance): PdfFile {
  const document = new PDFDocument({
    pdfVersion: conformance.version,
    subset: `PDF/A-${conformance.part}${conformance.level.toLowerCase()}`,
    tagged: true,
    lang: 'zh-CN',
    autoFirstPage: false,
    displayTitle: true,
    font: null,
    info: {
      Producer: PRODUCER,
      Creator: PRODUCER,
      Title: info.title,
      Author: info.author,
      Subject: info.subject,
      Keywords: info.keywords,
      CreationDate: info.createdAt,
      ModDate: info.createdAt,
    },
  } as unknown as PDFKit.PDFDocumentOptions) as unknown as Internals;
  const catalog = document._root.data;
  // pdfkit writes the packet without escaping it, and with a length in characters: ours replaces it.
  document.endMetadata = () => {
    const metadata = document.ref({ Type: 'Metadata', Subtype: 'XML' });
    metadata.compress = false;
    metadata.end(Buffer.from(xmp, 'utf8'));
    catalog.Metadata = metadata;
  };
  // The form is complete when it is put into the catalog; pdfkit would look for parts that only its own forms have.
  document.endAcroForm = () => {};
  const pages = catalog.Pages as PdfRef;
  return {
    conformance,
    ref: (data) => document.ref(data),
    catalog,
    names: (catalog.Names as PdfRef).data,
    structureRoot: document.getStructTreeRoot(),
    pages,
    addPage(page) {
      (pages.data.Kids as PdfRef[]).push(page);
      pages.data.Count = (pages.data.Count as number) + 1;
    },
    take() {
      return document.read() ?? new Uint8Array();
    },
    finish() {
      return new Promise((resolve, reject) => {
        const chunks: Uint8Array[] = [];
        document.on('data', (chunk) => chunks.push(chunk));
        document.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
        document.on('error', reject);
        document.end();
      });
    },
  };
}
