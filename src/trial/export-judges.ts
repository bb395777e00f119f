// The judges of files without a seal: exports are tables that other programs read cell by cell, archives and pages are whole.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { type Judgement, judged, run } from './judges.ts';

/** Asks qpdf about pages, unzip about archives, LibreOffice about XLSX and Python about DBF: both must be what the CSV file of the same name is. */
export async function judgeUnsealed(files: readonly string[]): Promise<Judgement[]> {
  const judgements: Judgement[] = [];
  for (const file of files) {
    const name = basename(file);
    const extension = extname(file).toLowerCase();
    const sameName = `${file.slice(0, -extension.length)}.csv`;
    const csv = files.find((each) => each === sameName);
    if (extension === '.pdf') judgements.push(await judged(name, 'qpdf', ['--check', file], ({ code }) => code === 0));
    if (extension === '.zip') judgements.push(await judged(name, 'unzip', ['-tqq', file], ({ code }) => code === 0));
    if (extension === '.xlsx' && csv) judgements.push(await judgeWorkbook(file, csv));
    if (extension === '.dbf' && csv) {
      judgements.push(await judged(name, 'python3', ['-c', SAME_CELLS, file, csv], ({ code }) => code === 0));
    }
  }
  return judgements;
}

/** Reads a dBASE table by its header, and compares each cell with the CSV file. */
const SAME_CELLS = `
import csv, struct, sys
data = open(sys.argv[1], 'rb').read()
count, head, size = struct.unpack('<IHH', data[4:12])
widths = [data[at + 16] for at in range(32, head - 1, 32)]
rows = []
for row in range(count):
    at, cells = head + row * size + 1, []
    for width in widths:
        cells.append(data[at:at + width].decode('gb18030').rstrip(' '))
        at += width
    rows.append(cells)
wanted = list(csv.reader(open(sys.argv[2], encoding='utf-8-sig', newline='')))[1:]
if rows != wanted:
    wrong = sum(one != other for one, other in zip(rows, wanted))
    sys.exit('%d rows, %d of them other than the %d of the CSV file' % (len(rows), wrong, len(wanted)))
print('%d rows with %d cells each' % (len(rows), len(widths)))
`;

/** What LibreOffice reads in a workbook, as text, is what the CSV file says. */
async function judgeWorkbook(file: string, csv: string): Promise<Judgement> {
  const directory = await mkdtemp(join(tmpdir(), 'vermilion-table-'));
  const of = { file: basename(file), judge: 'soffice' };
  try {
    const profile = `-env:UserInstallation=file://${directory}/profile`;
    const filter = 'csv:Text - txt - csv (StarCalc):44,34,76';
    const ran = await run('soffice', [profile, '--headless', '--convert-to', filter, '--outdir', directory, file]);
    if (!ran.found) return { ...of, outcome: 'skipped', says: 'not found' };
    const lines = (text: string) =>
      text
        .replace(/^\ufeff/, '')
        .trim()
        .split(/\r?\n/);
    const read = lines(await readFile(join(directory, `${basename(file, extname(file))}.csv`), 'utf8').catch(() => ''));
    const wanted = lines(await readFile(csv, 'utf8'));
    const other = wanted.filter((line, at) => line !== read[at]).length;
    const same = other === 0 && read.length === wanted.length && wanted.length > 1;
    const says = `${read.length} lines, ${other} other than the ${wanted.length} of the CSV file`;
    return { ...of, outcome: same ? 'passed' : 'failed', says };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
