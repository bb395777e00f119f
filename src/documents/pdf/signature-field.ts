// The one signature field: a certifying signature (DocMDP, no changes) with room for a CMS, filled by the sealing module.

import { PAGE } from '../page.ts';
import { annotationKey, type Canvas, type Sheet } from './canvas.ts';
import { type PdfRef, textString } from './pdf-file.ts';
import type { Tag } from './structure.ts';

/** Bytes kept for the CMS; /Contents is twice as many hex digits. */
export const SIGNATURE_BYTES = 8192;
/** Stands in /ByteRange until the file is signed; as wide as the longest offset, so that nothing moves. */
const UNKNOWN_OFFSET = 9_999_999_999;

/** Where the seal stands on its page (y downwards) and what it says. */
export interface SignaturePlace {
  sheet: Sheet;
  x: number;
  y: number;
  size: number;
  /** The seal's form XObject: the field's appearance. */
  appearance: PdfRef;
  signer: string;
  reason: string;
  signedAt: Date;
  /** The element of the field, made where the seal is read: after the date. */
  tag: Tag;
}

/**
 * Adds the field by hand (an AcroForm made by pdfkit sets NeedAppearances, which PDF/A bars).
 * ETSI EN 319 142-1: SubFilter ETSI.CAdES.detached, time in /M. Call when all pages exist.
 */
export function addSignatureField(canvas: Canvas, place: SignaturePlace): void {
  const { file } = canvas;
  const signature = file.ref({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
    M: place.signedAt,
    Name: textString(place.signer),
    Reason: textString(place.reason),
    Reference: [
      { Type: 'SigRef', TransformMethod: 'DocMDP', TransformParams: { Type: 'TransformParams', P: 1, V: '1.2' } },
    ],
    ByteRange: [0, UNKNOWN_OFFSET, UNKNOWN_OFFSET, UNKNOWN_OFFSET],
    Contents: new Uint8Array(SIGNATURE_BYTES),
  });
  signature.end();
  const key = annotationKey(canvas, canvas.annotationParents.length);
  const bottom = PAGE.height - place.y - place.size;
  const label = `${place.signer}（电子印章）`;
  const field = file.ref({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    T: textString('seal'),
    TU: textString(label),
    // Printed and locked.
    F: 132,
    Rect: [place.x, bottom, place.x + place.size, bottom + place.size],
    P: place.sheet.ref,
    V: signature,
    AP: { N: place.appearance },
    StructParent: key,
  });
  field.end();
  place.sheet.annotations.push(field);
  place.tag.alt = label;
  place.tag.kids.push({ page: place.sheet.ref, object: field });
  canvas.annotationParents.push(place.tag);
  file.catalog.AcroForm = { SigFlags: 3, Fields: [field] };
  file.catalog.Perms = { DocMDP: signature };
}
