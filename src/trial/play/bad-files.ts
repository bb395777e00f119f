// Files that no register should take: wrong headers and encodings, hostile archives, papers that are none.
import type { Answer } from '../api.ts';
import type { Delivery } from '../year/deliveries.ts';
import { tableOf } from '../year/deliveries.ts';
import { climbingZip, type SampleFile, tableFile, zipBomb } from '../year/files.ts';
import { makePhoto } from '../year/photos.ts';
import type { TextTable } from '../year/tables.ts';
import type { Kind } from './ledger.ts';
import { DEGREE_OFFICE } from './resolutions.ts';
import { INSTITUTION, officersOf, type Story, upper } from './story.ts';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });

const MB = 1024 * 1024;

/** Sends bad tables for a group: they are refused as a whole, before any row is looked at. */
export async function sendBadTables(story: Story, delivery: Delivery, resolution: string): Promise<void> {
  if (!story.mistakes) return;
  const { collector } = officersOf(delivery.group.category);
  const table = tableOf(delivery.first);
  const small: TextTable = { header: table.header, rows: table.rows.slice(0, 5) };
  const send = (file: SampleFile) => () => upload(story, collector, 'RECORDS', file);
  const check = (changed: TextTable, name: string) => async () => {
    const sent = await upload(story, collector, 'RECORDS', await tableFile(name, changed, 'csv'));
    if (!sent.ok) return sent;
    const input = { institution: INSTITUTION, kind: 'RECORDS', category: upper(delivery.group.category), resolution };
    return story.act(collector, 'checkImport', { ...input, fileDigest: sent.value.digest }, 'total');
  };
  const heading = (at: number, text: string): TextTable => ({
    ...small,
    header: small.header.map((one, place) => (place === at ? text : one)),
  });
  const without = (at: number): TextTable => ({
    header: small.header.filter((_, place) => place !== at),
    rows: small.rows.map((row) => row.filter((_, place) => place !== at)),
  });
  await story.refused(
    kind('header-missing', 'header-column-missing', '表头缺列', 'header without a column'),
    check(without(0), 'missing'),
  );
  await story.refused(
    kind('header-unknown', 'header-column-unknown', '表头有未知列', 'header with an unknown column'),
    check(heading(1, '星座'), 'unknown'),
  );
  await story.refused(
    kind('header-doubled', 'header-column-doubled', '表头列重复', 'header with a column twice'),
    check(heading(2, small.header[0] ?? ''), 'doubled'),
  );
  const nonsense = { header: ['甲', '乙', '丙'], rows: [['1', '2', '3']] };
  await story.refused(
    kind('header-empty', 'header-empty', '不是本系统的表', 'a table of something else'),
    check(nonsense, 'nonsense'),
  );
  await story.refused(
    kind('utf-16', 'file-wrong-encoding', '编码错误（UTF-16）', 'wrong encoding (UTF-16)'),
    send(await tableFile('utf16', small, 'csv-utf16')),
  );
  const big = { name: 'forty-megabytes.csv', bytes: Buffer.alloc(40 * MB, '1044742027000001,张三\r\n') };
  await story.refused(kind('forty-megabytes', 'file-too-large', '四十兆字节的文件', 'a file of 40 MB'), send(big));
  const picture = { name: 'records.xlsx', bytes: makePhoto(1) };
  await story.refused(
    kind('not-a-table', 'file-wrong-type', '图片冒充表格', 'a picture that says it is a table'),
    send(picture),
  );
}

/** Uploads a whole record file that was already imported; nothing of it is taken again. */
export async function sendSameFile(story: Story, delivery: Delivery, resolution: string): Promise<void> {
  const { collector } = officersOf(delivery.group.category);
  const same = kind('same-file', 'file-already-imported', '同一文件再次导入', 'the same file twice');
  await story.refused(same, async () => {
    const name = `${delivery.place.replace('/', '-')}-1`;
    const sent = await upload(
      story,
      collector,
      'RECORDS',
      await tableFile(name, tableOf(delivery.first), delivery.form),
    );
    const input = { institution: INSTITUTION, kind: 'RECORDS', category: upper(delivery.group.category), resolution };
    const checked = await story.act(
      collector,
      'checkImport',
      { ...input, fileDigest: sent.value.digest },
      'import { id }',
    );
    if (!checked.ok) return checked;
    const again = { import: (checked.value.import as { id: string }).id, errorPolicy: 'SKIP_REFUSED' };
    return story.act(collector, 'importRecords', again, 'accepted');
  });
}

/** Sends hostile archives of photos, and papers that are no papers. */
export async function sendBadArchives(story: Story, delivery: Delivery, batch: string): Promise<void> {
  if (!story.mistakes) return;
  const { collector } = officersOf(delivery.group.category);
  const attach = (file: SampleFile) => async () => {
    const sent = await upload(story, collector, 'PHOTOS', file);
    if (!sent.ok) return sent;
    return story.act(collector, 'attachPhotos', { batch, fileDigest: sent.value.digest }, 'attached');
  };
  await story.refused(kind('zip-bomb', 'file-unsafe', '压缩炸弹', 'a ZIP bomb'), attach(zipBomb('bomb')));
  await story.refused(
    kind('zip-path', 'file-unsafe', '压缩包内有 ../', '../ in a ZIP archive'),
    attach(await climbingZip('climbing', makePhoto(2))),
  );
  const html = { name: 'resolution.pdf', bytes: Buffer.from('<html><body>决议</body></html>') };
  await story.refused(kind('not-a-pdf', 'file-wrong-type', '不是 PDF 的 PDF', 'a PDF that is not one'), () =>
    upload(story, DEGREE_OFFICE, 'RESOLUTION_SCAN', html),
  );
}

async function upload(story: Story, officer: string, what: string, file: SampleFile): Promise<Answer> {
  return story.api.upload(await story.token(officer), what, INSTITUTION, file);
}
