// An analysis dataset from its request to the certificate of its destruction (articles 18, 19): asked for, decided on, made, read, traced, published from, gone.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays } from '../../regulation/deadlines/deadlines.ts';
import { makeScan } from '../year/scans.ts';
import { linesOf, readCopy, reportFor, traceCopy } from './dataset-copies.ts';
import { DATASET_MISTAKES as MISTAKES } from './dataset-mistakes.ts';
import { DEGREE_OFFICE } from './resolutions.ts';
import { INSTITUTION, type Story, StoryBroken } from './story.ts';
import { waitFor } from './waiting.ts';

const HEAD = 'xuewei.zhuren';
const OTHER_OFFICE = 'jiaowu.cai';
const AUDITOR = 'jiancha';
const K = 5;
const L = 2;
/** Days of the term, and the days until it begins. */
const TERM = 10;
const AHEAD = 2;
/** What is asked for: all of it where there are people enough, else less. */
const WISHES = [
  ['sex', 'birthDate', 'disciplineCode', 'politicalStatus'],
  ['sex', 'politicalStatus'],
  ['sex'],
] as const;

interface FoundDataset {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly rowCount: number | null;
  readonly problem: { readonly reason: string; readonly en: string } | null;
}

/** Plays it from a day on; returns what proves its end, the bundle and the certificate of destruction; nothing when `out` is null. */
export async function playDataset(
  story: Story,
  { year, day }: { readonly year: number; readonly day: string },
  out: string | null,
): Promise<string[]> {
  await story.until(day);
  const scan = await makeScan('dataset-agreement', '学位授予信息使用协议', ['数据仅用于教育教学研究，期满销毁。']);
  const request = {
    ...{ institution: INSTITUTION, organisationName: '山东教育评估研究院', organisationCode: '91350100M000100Y43' },
    ...{ contactName: '李评', contactWay: '0531-86000000', purpose: 'TEACHING_RESEARCH' },
    description: '研究本科专业结构与教学改革的成效，只在院内使用。',
    ...{ yearFrom: year, yearUntil: year, categories: ['REGULAR_BACHELOR'], fields: WISHES[0], k: K, l: L },
    ...{ firstDay: addDays(day, AHEAD), lastDay: addDays(day, AHEAD + TERM - 1), recipients: ['研究一室', '研究二室'] },
    agreementDigest: await story.upload(DEGREE_OFFICE, 'DATASET_AGREEMENT', scan),
  };
  await tryRequests(story, request);
  const made = await make(story, request);
  if (made.state === 'READY') {
    await tryOpening(story, made, request);
    await story.until(request.firstDay);
    await read(story, made);
    await publish(story, made.id, year);
    await end(story, made.id, request.lastDay);
  } else story.say(`  no analysis dataset of so few people: ${made.problem?.en}`);
  if (out === null) return [];
  await mkdir(out, { recursive: true });
  const destroyed = made.state === 'READY';
  const wanted = [
    {
      name: `dataset-${destroyed ? 'destroyed' : 'impossible'}-${year}.json`,
      path: `/bundles/datasets/${made.id}.json`,
    },
    ...(destroyed ? [{ name: `临时信息库销毁证明-${year}.pdf`, path: `/documents/datasets/${made.id}.pdf` }] : []),
  ];
  const files: string[] = [];
  for (const { name, path } of wanted) {
    const { status, bytes } = await story.api.download(await story.token(DEGREE_OFFICE), path);
    if (status !== 200) throw new StoryBroken(`the proof of a dataset, ${name}: ${status}`);
    const file = join(out, name);
    await writeFile(file, bytes);
    files.push(file);
  }
  return files;
}

type Request = { readonly firstDay: string; readonly lastDay: string };

async function tryRequests(story: Story, request: Request): Promise<void> {
  const attempt =
    (more: object, as = DEGREE_OFFICE) =>
    () =>
      story.act(as, 'requestDataset', { ...request, ...more });
  await story.refused(MISTAKES.commercial, attempt({ purpose: 'MARKETING_OR_RECRUITMENT' }));
  await story.refused(MISTAKES.identifier, attempt({ fields: ['sex', 'identityNumber'] }));
  await story.refused(MISTAKES.smallK, attempt({ k: K - 1 }));
  await story.refused(MISTAKES.longTerm, attempt({ lastDay: addDays(request.firstDay, 400) }));
  await story.refused(MISTAKES.noAgreement, attempt({ agreementDigest: '0'.repeat(64) }));
  await story.refused(MISTAKES.otherOffice, attempt({}, OTHER_OFFICE));
  const own = await ask(story, request, HEAD);
  const decision = { dataset: own.id, expectedVersion: own.version, decision: 'CONSENT' };
  await story.refused(MISTAKES.ownRequest, () => story.act(HEAD, 'decideDataset', decision));
  await story.refused(MISTAKES.noHead, () => story.act(DEGREE_OFFICE, 'decideDataset', decision));
}

async function ask(story: Story, request: object, as = DEGREE_OFFICE): Promise<FoundDataset> {
  const asked = await story.must(as, 'requestDataset', request, 'dataset { id version state rowCount problem }');
  return asked.dataset as FoundDataset;
}

/** Asks for as much as the number of people allows, gets consent, and waits until it is made or told why not. */
async function make(story: Story, request: object): Promise<FoundDataset> {
  let made: FoundDataset | null = null;
  for (const fields of WISHES) {
    const again = made ? { dataset: made.id, expectedVersion: made.version } : {};
    const { id, version } = await ask(story, { ...request, fields, ...again });
    const decision = { dataset: id, expectedVersion: version, decision: 'CONSENT' };
    if (!made) {
      const refusal = { ...decision, decision: 'REFUSE' };
      await story.refused(MISTAKES.noReason, () => story.act(HEAD, 'decideDataset', refusal));
    }
    const { job } = await story.must(HEAD, 'decideDataset', decision, 'job { id }');
    made = await settled(story, id, ['READY', 'IMPOSSIBLE'], (job as { id: string }).id);
    if (made.state === 'READY') return made;
    story.say(`  a dataset of ${fields.join(', ')} is not possible: ${made.problem?.reason}`);
  }
  if (!made) throw new StoryBroken('no dataset was asked for');
  return made;
}

/** Waits until the server has brought a dataset into one of these states. @throws {StoryBroken} it does not */
function settled(story: Story, id: string, states: readonly string[], job?: string): Promise<FoundDataset> {
  const document = 'query($id: ID!) { dataset(id: $id) { id version state rowCount problem } }';
  const look = async () => {
    const dataset = (await story.query(DEGREE_OFFICE, document, { id })).dataset as FoundDataset;
    return states.includes(dataset.state) ? dataset : undefined;
  };
  const what = `a dataset that is ${states.join(' or ')}`;
  // The officer who decided sees the job; who asks for a state alone looks at the dataset only.
  return waitFor(story, { what, officer: HEAD, look, ...(job === undefined ? {} : { job }) });
}

const opening = (dataset: string, recipient: number) => ({ dataset, recipient });

async function open(story: Story, dataset: string, recipient: number): Promise<string> {
  const { token } = await story.must(DEGREE_OFFICE, 'openDatasetAccess', opening(dataset, recipient), 'token');
  return String(token);
}

async function tryOpening(story: Story, { id }: FoundDataset, request: Request): Promise<void> {
  await story.refused(MISTAKES.overlap, () => story.act(DEGREE_OFFICE, 'requestDataset', request));
  await story.refused(MISTAKES.noRecipient, () => story.act(DEGREE_OFFICE, 'openDatasetAccess', opening(id, 9)));
  const officer = await story.token(DEGREE_OFFICE);
  await story.refused(MISTAKES.early, () => readCopy(story, officer, id));
}

/** Two recipients read; then a part of the second copy turns up. */
async function read(story: Story, { id, rowCount }: FoundDataset): Promise<void> {
  const rows = rowCount ?? 0;
  const [first, second] = [await open(story, id, 1), await open(story, id, 2)];
  await story.refused(MISTAKES.accessTwice, () => story.act(DEGREE_OFFICE, 'openDatasetAccess', opening(id, 2)));
  await story.refused(MISTAKES.noToken, () => readCopy(story, null, id));
  const auditor = await story.token(AUDITOR);
  await story.refused(MISTAKES.auditor, () => readCopy(story, auditor, id));
  const own = await linesOf(story, first, id, rows);
  const lines = await linesOf(story, second, id, rows);
  const names = new Set(own.slice(1).map((line) => line.split(',')[0]));
  if (lines.slice(1).some((line) => names.has(line.split(',')[0]))) story.ledger.wrong('two copies share a row name');
  story.say(`  an analysis dataset: ${await reportFor(story, first, id, K, L)}`);
  story.say(`  a leak of it: ${await traceCopy(story, AUDITOR, { lines, recipient: 2 })}`);
  await story.must(DEGREE_OFFICE, 'revokeDatasetAccess', opening(id, 1), 'dataset { id }');
  await story.refused(MISTAKES.revoked, () => readCopy(story, first, id));
}

async function publish(story: Story, dataset: string, year: number): Promise<void> {
  const scan = await makeScan('publication', '本科专业结构与教学改革研究报告', ['只有合计数，没有个人信息。']);
  const documentDigest = await story.upload(DEGREE_OFFICE, 'DATASET_PUBLICATION', scan);
  const wish = { dataset, title: `${year} 年本科专业结构研究报告`, place: '《教育研究》', documentDigest };
  const select = 'publication { id state }';
  await story.refused(MISTAKES.noText, () =>
    story.act(DEGREE_OFFICE, 'requestPublication', { ...wish, documentDigest: '0'.repeat(64) }, select),
  );
  const consent = async (as: string) => {
    const { publication } = await story.must(as, 'requestPublication', wish, select);
    return { publication: (publication as { id: string }).id, decision: 'CONSENT' };
  };
  const own = await consent(HEAD);
  await story.refused(MISTAKES.ownPublication, () => story.act(HEAD, 'decidePublication', own));
  const asked = await consent(DEGREE_OFFICE);
  await story.must(HEAD, 'decidePublication', asked, select);
  await story.refused(MISTAKES.publishedTwice, () => story.act(HEAD, 'decidePublication', asked));
}

/** The term ends: nobody reads any more, and the server destroys what the decision ordered it to destroy. */
async function end(story: Story, id: string, lastDay: string): Promise<void> {
  const officer = await story.token(DEGREE_OFFICE);
  await story.until(addDays(lastDay, 1));
  await story.refused(MISTAKES.afterEnd, () => readCopy(story, officer, id));
  await settled(story, id, ['DESTROYED']);
  await story.refused(MISTAKES.afterEndOpened, () => story.act(DEGREE_OFFICE, 'openDatasetAccess', opening(id, 1)));
  const again = { dataset: id, reason: '分析已经完成' };
  await story.refused(MISTAKES.destroyedTwice, () => story.act(DEGREE_OFFICE, 'destroyDataset', again));
  story.say(`  the dataset was destroyed by the server at the end of its term, ${lastDay}`);
}
