// Finding the one certifying signature of a PDF that we issue, and what its dictionary says.
import type { PdfDictionary, PdfValue } from './pdf-syntax.ts';

/** The signature dictionary as read. Offsets of Contents include its angle brackets; `end` exclusive. */
export interface PdfSignature {
  byteRange: number[];
  contents: { bytes: Uint8Array; start: number; end: number };
  subFilter: string | undefined;
  certifying: boolean;
  signedAt: Date | undefined;
  name: string | undefined;
  reason: string | undefined;
}

type Objects = ReadonlyMap<number, PdfValue>;

function resolve(value: PdfValue | undefined, objects: Objects): PdfValue | undefined {
  return value?.kind === 'reference' ? objects.get(value.object) : value;
}

const nameOf = (value: PdfValue | undefined): string | undefined => (value?.kind === 'name' ? value.name : undefined);

const entriesOf = (value: PdfValue | undefined): ReadonlyMap<string, PdfValue> | undefined =>
  value?.kind === 'dictionary' ? value.entries : undefined;

const itemsOf = (value: PdfValue | undefined): readonly PdfValue[] => (value?.kind === 'array' ? value.items : []);

/** Every dictionary in a value, itself included. */
function dictionaries(value: PdfValue, out: PdfDictionary[] = []): PdfDictionary[] {
  if (value.kind === 'array') for (const item of value.items) dictionaries(item, out);
  if (value.kind === 'dictionary') {
    out.push(value);
    for (const item of value.entries.values()) dictionaries(item, out);
  }
  return out;
}

function looksLikeSignature({ entries }: PdfDictionary): boolean {
  const type = nameOf(entries.get('Type'));
  return entries.has('ByteRange') || type === 'Sig' || type === 'DocTimeStamp';
}

function textOf(value: PdfValue | undefined): string | undefined {
  if (value?.kind !== 'string') return undefined;
  const { bytes } = value;
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes.subarray(2));
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return new TextDecoder().decode(bytes.subarray(3));
  return String.fromCharCode(...bytes);
}

/** A PDF date with seconds and zone (ISO 32000-1 section 7.9.4); `undefined` for any other. */
export function pdfDate(text: string): Date | undefined {
  const match = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z(?:00'00'?)?|([+-])(\d\d)'(\d\d)'?)$/.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, sign = '+', hours = '00', minutes = '00'] = match;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${sign}${hours}:${minutes}`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** True when the catalog makes this signature certifying and no change is permitted after it (DocMDP, P 1). */
function certifies(
  signature: ReadonlyMap<string, PdfValue>,
  object: number,
  catalog: PdfDictionary,
  objects: Objects,
): boolean {
  const permission = entriesOf(resolve(catalog.entries.get('Perms'), objects))?.get('DocMDP');
  if (permission?.kind !== 'reference' || permission.object !== object) return false;
  return itemsOf(resolve(signature.get('Reference'), objects)).some((item) => {
    const reference = entriesOf(resolve(item, objects));
    const parameters = entriesOf(resolve(reference?.get('TransformParams'), objects));
    const permitted = parameters?.get('P');
    return (
      nameOf(reference?.get('TransformMethod')) === 'DocMDP' && permitted?.kind === 'number' && permitted.value === 1
    );
  });
}

/** The only signature, reached by the only signature field of the form; `undefined` when there is none, or more than one of either. */
export function findSignature(objects: Objects, catalog: PdfDictionary): PdfSignature | undefined {
  const all = [...objects].flatMap(([object, value]) =>
    dictionaries(value).map((dictionary) => ({ object, value, dictionary })),
  );
  const [signature, secondSignature] = all.filter(({ dictionary }) => looksLikeSignature(dictionary));
  const [field, secondField] = all.filter(({ dictionary }) => nameOf(dictionary.entries.get('FT')) === 'Sig');
  if (!signature || secondSignature || !field || secondField) return undefined;
  if (signature.value !== signature.dictionary || field.value !== field.dictionary) return undefined;
  const form = entriesOf(resolve(catalog.entries.get('AcroForm'), objects));
  const listed = itemsOf(resolve(form?.get('Fields'), objects));
  const value = field.dictionary.entries.get('V');
  const reached =
    !form?.has('XFA') &&
    listed.some((item) => item.kind === 'reference' && item.object === field.object) &&
    value?.kind === 'reference' &&
    value.object === signature.object;
  const { entries } = signature.dictionary;
  const contents = entries.get('Contents');
  if (!reached || contents?.kind !== 'string' || !contents.hex) return undefined;
  return {
    byteRange: itemsOf(entries.get('ByteRange')).map((item) => (item.kind === 'number' ? item.value : Number.NaN)),
    contents: { bytes: contents.bytes, start: contents.start, end: contents.end },
    subFilter: nameOf(entries.get('SubFilter')),
    certifying: certifies(entries, signature.object, catalog, objects),
    signedAt: pdfDate(textOf(entries.get('M')) ?? ''),
    name: textOf(entries.get('Name')),
    reason: textOf(entries.get('Reason')),
  };
}
