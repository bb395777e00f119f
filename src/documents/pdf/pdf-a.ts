// What makes the file PDF/A-3a besides its content: XMP that agrees with the Info dictionary, and the attached data (ISO 19005-3).
import type { JsonValue } from '../wording/data.ts';
import { type Conformance, type DocumentInfo, endStream, type PdfFile, textString } from './pdf-file.ts';

/** The name under which the machine-readable data is attached. */
export const DATA_FILE = 'data.json';

/** The XMP packet: the same facts as the Info dictionary, escaped. */
export function xmpPacket(info: DocumentInfo, { part, level }: Conformance): string {
  const date = `${info.createdAt.toISOString().slice(0, 19)}Z`;
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>${part}</pdfaid:part><pdfaid:conformance>${level}</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreateDate>${date}</xmp:CreateDate><xmp:ModifyDate>${date}</xmp:ModifyDate><xmp:CreatorTool>Vermilion</xmp:CreatorTool>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(info.title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>${escapeXml(info.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(info.subject)}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>Vermilion</pdf:Producer><pdf:Keywords>${escapeXml(info.keywords)}</pdf:Keywords>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`;
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** Attaches data as canonical JSON, related to the document as its source (AFRelationship Source). Part 1 knows no attachments. */
export function attachData(file: PdfFile, data: JsonValue, createdAt: Date): void {
  if (file.conformance.part === 1) return;
  const bytes = Buffer.from(canonicalJson(data), 'utf8');
  const stream = file.ref({
    Type: 'EmbeddedFile',
    Subtype: 'application#2Fjson',
    Params: { Size: bytes.length, CreationDate: createdAt, ModDate: createdAt },
  });
  endStream(stream, bytes);
  const specification = file.ref({
    Type: 'Filespec',
    F: Buffer.from(DATA_FILE, 'latin1'),
    UF: textString(DATA_FILE),
    Desc: textString('本件所依据的机读数据'),
    AFRelationship: 'Source',
    EF: { F: stream, UF: stream },
  });
  specification.end();
  file.catalog.AF = [specification];
  file.names.EmbeddedFiles = { Names: [Buffer.from(DATA_FILE, 'latin1'), specification] };
}

/** JSON with sorted keys and no spaces (RFC 8785): the same data always gives the same bytes. */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  // Without a comparison function strings are sorted by UTF-16 code units, as RFC 8785, 3.2.3 asks.
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`).join(',')}}`;
}

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
