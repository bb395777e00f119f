// The national data structure (R7.1): a filed batch exported in its edition, and a corrected edition loaded where ours is unverified.
import type { PlayedGroup } from './collect-group.ts';
import type { Kind } from './ledger.ts';
import { DEGREE_OFFICE } from './resolutions.ts';
import { INSTITUTION, officersOf, type Story, StoryBroken } from './story.ts';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });
const PURPOSELESS = kind('export-purpose', 'export-purpose-missing', '导出不写用途', 'an export for no purpose');
const NO_EDITION = kind(
  'export-edition',
  'export-edition-unknown',
  '导出的数据结构不存在',
  'an export in an edition that is none',
);
const DOUBLED = kind('edition-doubled', 'edition-column-doubled', '数据结构重复列', 'an edition with a column twice');
const AGAIN = kind('edition-again', 'edition-unchanged', '重复录入相同数据结构', 'the same edition loaded again');

/** A file that can be fetched for some minutes. */
export interface Exported {
  readonly name: string;
  readonly url: string;
}

const BACHELOR = 'bachelor-2024-06';
const PURPOSE = '报送国家学位授予信息';

/** Exports a filed group of bachelors as XLSX, CSV and DBF, and the photos of another. */
export async function exportNational(story: Story, of: PlayedGroup, photosOf: PlayedGroup): Promise<Exported[]> {
  const { collector } = officersOf(of.delivery.group.category);
  const input = { institution: INSTITUTION, edition: BACHELOR, purpose: PURPOSE, selection: { batch: of.batch } };
  const attempt = (changes: object) => () =>
    story.act(collector, 'exportRecords', { ...input, format: 'CSV', ...changes }, 'count');
  await story.refused(PURPOSELESS, attempt({ purpose: ' ' }));
  await story.refused(NO_EDITION, attempt({ edition: 'doctor-2099' }));
  const files: Exported[] = [];
  let count = 0;
  for (const format of ['XLSX', 'CSV', 'DBF']) {
    const done = await story.must(collector, 'exportRecords', { ...input, format }, EXPORTED);
    files.push(fileOf(done));
    count = Number(done.count);
  }
  const photos = {
    ...{ institution: INSTITUTION, purpose: PURPOSE, selection: { batch: photosOf.batch } },
    ...{ naming: 'CERTIFICATE_NUMBER', standard: 'W150_H210' },
  };
  const done = await story.must(collector, 'exportPhotos', photos, EXPORTED);
  story.say(`  ${count} exported in the national edition as XLSX, CSV and DBF; ${done.count} photos as ZIP`);
  return [...files, fileOf(done)];
}

const EXPORTED = 'count fileName export { downloadUrl }';

function fileOf({ fileName, export: made }: Readonly<Record<string, unknown>>): Exported {
  const { downloadUrl } = made as { downloadUrl: string | null };
  if (downloadUrl === null) throw new StoryBroken(`${fileName} cannot be fetched`);
  return { name: String(fileName), url: downloadUrl };
}

const MASTER = 'academic-master-partial';

/** Loads the columns of the masters' edition as the university has them from its source: unverified before, vouched for after. */
export async function loadMasterEdition(story: Story, year: number): Promise<void> {
  const document = `{ loaded: edition(key: "${MASTER}@1") { key } shipped: edition(key: "${MASTER}") { verified } }`;
  const { loaded, shipped } = await story.query(DEGREE_OFFICE, document);
  if (loaded !== null) return;
  if ((shipped as { verified: boolean }).verified)
    story.ledger.wrong(`${MASTER} is verified before anybody vouched for it`);
  const columns = await story.api.download(await story.token(DEGREE_OFFICE), `/editions/${MASTER}/columns.csv`);
  if (columns.status !== 200) throw new StoryBroken(`the columns of ${MASTER}: ${columns.status}`);
  const text = Buffer.from(columns.bytes).toString('utf8');
  const upload = async (name: string, content: string) =>
    story.upload(DEGREE_OFFICE, 'EDITION', { name, bytes: Buffer.from(content) });
  const input = {
    ...{ institution: INSTITUTION, edition: MASTER, name: `学术学位硕士授予信息数据结构（${year}年核定）` },
    ...{ nameEn: 'national academic master edition, as verified by the university', categories: ['ACADEMIC_MASTER'] },
    ...{
      source: `国务院学位办〔${year}〕信息报送文件`,
      validFrom: `${year}-12-01`,
      verified: true,
      headings: 'CHINESE',
    },
    fileDigest: await upload('columns.csv', text),
  };
  const load = (changes: object) => () => story.act(DEGREE_OFFICE, 'loadEdition', { ...input, ...changes }, 'key');
  if (story.mistakes) {
    const [, first = ''] = text.split('\r\n');
    const doubled = { fileDigest: await upload('columns-doubled.csv', `${text.trimEnd()}\r\n${first}\r\n`) };
    await story.refused(DOUBLED, load(doubled));
  }
  const done = await story.must(DEGREE_OFFICE, 'loadEdition', input, 'key columnCount edition { verified }');
  const { verified } = done.edition as { verified: boolean };
  if (!verified) story.ledger.wrong(`${done.key} is still unverified`);
  await story.refused(AGAIN, load({}));
  story.say(`  edition ${done.key} with ${done.columnCount} columns loaded and vouched for`);
}
