// The files of the year as bytes: tables in the forms in which offices send them, archives, damaged and hostile files.
import { deflateRawSync } from 'node:zlib';
import { encodeGb18030 } from '../../files/gb18030.ts';
import { writeCsv } from '../../files/write-csv.ts';
import { writeXlsx } from '../../files/write-xlsx.ts';
import { writeZip, type ZipFileEntry } from '../../files/zip.ts';
import type { TextTable } from './tables.ts';

/** A file ready to be sent. */
export interface SampleFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** How a table is written. */
export type TableForm = 'csv' | 'csv-gb18030' | 'csv-utf16' | 'xlsx';

async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece);
  return Buffer.concat(parts);
}

/** A table as a file; the name gets the ending of its form. */
export async function tableFile(name: string, table: TextTable, form: TableForm): Promise<SampleFile> {
  const rows = table.rows.map((row) => [...row]);
  if (form === 'xlsx') return { name: `${name}.xlsx`, bytes: await joined(writeXlsx('Sheet1', table.header, rows)) };
  const csv = await joined(writeCsv(table.header, rows));
  if (form === 'csv') return { name: `${name}.csv`, bytes: csv };
  const text = new TextDecoder().decode(csv); // takes the byte order mark off
  if (form === 'csv-gb18030') return { name: `${name}.csv`, bytes: encodeGb18030(text) };
  return { name: `${name}.csv`, bytes: Buffer.from(`\ufeff${text}`, 'utf16le') };
}

/** An archive of files. */
export async function zipFile(name: string, entries: Iterable<ZipFileEntry>): Promise<SampleFile> {
  return { name: `${name}.zip`, bytes: await joined(writeZip(entries)) };
}

/** An archive whose one entry has the name `../name`, which no honest writer of archives makes. */
export async function climbingZip(name: string, bytes: Uint8Array): Promise<SampleFile> {
  const honest = '__/climbing.jpg';
  const { bytes: archive } = await zipFile(name, [{ name: honest, bytes }]);
  const text = Buffer.from(archive).toString('latin1').replaceAll(honest, '../climbing.jpg');
  return { name: `${name}.zip`, bytes: Buffer.from(text, 'latin1') };
}

/** An archive of little more than its table of contents that would unpack to gigabytes: one packed run of zeros under many names. */
export function zipBomb(name: string, unpackedMegabytes = 2048): SampleFile {
  const each = 1024 * 1024;
  const packed = deflateRawSync(Buffer.alloc(each), { level: 9 });
  const count = Math.ceil((unpackedMegabytes * 1024 * 1024) / each);
  const entryName = (index: number) => Buffer.from(`p${String(index).padStart(4, '0')}.jpg`, 'latin1');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  writeCommon(local, 4, packed.length, each, entryName(0).length);
  const central = Array.from({ length: count }, (_, index) => {
    const header = Buffer.alloc(46);
    header.writeUInt32LE(0x02014b50, 0);
    header.writeUInt16LE(20, 4);
    writeCommon(header, 6, packed.length, each, entryName(index).length);
    return Buffer.concat([header, entryName(index)]);
  });
  const body = Buffer.concat([local, entryName(0), packed]);
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(body.length, 16);
  return { name: `${name}.zip`, bytes: Buffer.concat([body, directory, end]) };
}

/** Version needed, flags, method deflate, no date, CRC 0, sizes and length of the name (APPNOTE 4.3.7, 4.3.12). */
function writeCommon(header: Buffer, at: number, packed: number, unpacked: number, nameLength: number): void {
  header.writeUInt16LE(20, at);
  header.writeUInt16LE(8, at + 4);
  header.writeUInt32LE(packed, at + 14);
  header.writeUInt32LE(unpacked, at + 18);
  header.writeUInt16LE(nameLength, at + 22);
}
