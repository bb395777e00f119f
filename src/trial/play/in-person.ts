// Cross-checking in person (R11.2): the system draws, the checker looks at every sampled record, and only then the batch is cross-checked.
import type { Category } from '../../regulation/vocabulary.ts';
import type { Value } from '../api.ts';
import type { PlayedGroup } from './collect-group.ts';
import type { Kind } from './ledger.ts';
import { officersOf, type Story, StoryBroken } from './story.ts';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });
const UNDRAWN = kind('sample-undrawn', 'sample-not-drawn', '未抽样即校核', 'a cross-check before the sample is drawn');
const UNSEEN = kind(
  'sample-unseen',
  'sample-not-examined',
  '样本未核即校核',
  'a cross-check before the sample is examined',
);
const WRONG = kind(
  'sample-wrong',
  'examined-wrong',
  '人工校核发现错误未更正',
  'a record found wrong in person, not corrected',
);
const RATE = kind(
  'sample-rate',
  'sample-error-rate',
  '差错率超限未全部核对',
  'too many errors in a sample, not everybody examined',
);
const OUTSIDER = kind(
  'sample-outsider',
  'examination-not-sampled',
  '核对未抽中的信息',
  'examining a record that was not drawn',
);

const STANDING = `query($batch: ID!) { batch(id: $batch) { crossCheck { undrawn outstanding sampled exceeded }
  sampledRecords(first: 100, which: OUTSTANDING) { nodes { id version thesisTitle } } } }`;

interface Sampled {
  readonly id: string;
  readonly version: number;
  readonly thesisTitle: string | null;
}

interface Standing {
  readonly crossCheck: { readonly undrawn: number; readonly outstanding: number; readonly exceeded: boolean };
  readonly sampledRecords: { readonly nodes: readonly Sampled[] };
}

async function standingOf(story: Story, checker: string, batch: string): Promise<Standing> {
  const data: Value = await story.query(checker, STANDING, { batch });
  return data.batch as Standing;
}

/** Draws until nobody is left to draw from, and finds every sampled record in agreement with its papers. Returns how many were looked at. */
export async function examineSample(story: Story, category: Category, batch: string): Promise<number> {
  const { checker } = officersOf(category);
  let examined = 0;
  for (;;) {
    const { crossCheck, sampledRecords } = await standingOf(story, checker, batch);
    const { undrawn, outstanding, exceeded } = crossCheck;
    if (undrawn === 0 && outstanding === 0 && !exceeded) return examined;
    if (outstanding === 0) {
      await story.must(checker, 'drawSample', { batch }, 'sampled');
      continue;
    }
    if (sampledRecords.nodes.length === 0) throw new StoryBroken('a sampled record is nowhere to be seen');
    for (const { id, version } of sampledRecords.nodes) {
      await story.must(checker, 'examineRecord', { record: id, expectedVersion: version, agrees: true }, 'agrees');
      examined++;
    }
  }
}

/** Looks at the sample and cross-checks what waits in a batch; everything must pass. */
export async function crossCheckAll(story: Story, category: Category, batch: string): Promise<void> {
  await examineSample(story, category, batch);
  const { checker } = officersOf(category);
  await story.must(checker, 'crossCheckRecords', { batch, errorPolicy: 'ALL_OR_NOTHING' }, 'checked');
}

/** The checker finds one of the sample wrong: it is corrected, and because one of so few is too many, everybody is looked at. */
export async function findWrongInPerson(story: Story, { batch, delivery }: PlayedGroup): Promise<void> {
  const { category } = delivery.group;
  const { checker, collector } = officersOf(category);
  const check = () => story.act(checker, 'crossCheckRecords', { batch, errorPolicy: 'SKIP_REFUSED' }, 'checked');
  const strict = () => story.act(checker, 'crossCheckRecords', { batch, errorPolicy: 'ALL_OR_NOTHING' }, 'checked');
  await story.refused(UNDRAWN, check);
  const drawn = await story.must(checker, 'drawSample', { batch }, 'sampled population');
  await story.refused(UNSEEN, check);
  await notSampled(story, checker, batch);
  const [record] = (await standingOf(story, checker, batch)).sampledRecords.nodes;
  if (!record) throw new StoryBroken('nobody was drawn');
  const wrong = [{ field: 'thesisTitle', words: '与论文存档本封面的题名不一致。' }];
  const finding = { record: record.id, expectedVersion: record.version, agrees: false, wrong };
  await story.must(checker, 'examineRecord', finding, 'agrees');
  await story.refused(WRONG, strict);
  const changes = { thesisTitle: `${record.thesisTitle ?? '论文'}（存档本题名）` };
  const corrected = { record: record.id, expectedVersion: record.version, changes };
  await story.must(collector, 'correctRecord', corrected, 'version');
  await story.refused(RATE, check);
  const examined = await examineSample(story, category, batch);
  story.say(
    `  ${delivery.place}: 1 of ${drawn.sampled} sampled found wrong, corrected; ${examined} then looked at in person`,
  );
}

async function notSampled(story: Story, checker: string, batch: string): Promise<void> {
  const document = `query($batch: ID!) { batch(id: $batch) { sampledRecords(first: 100) { nodes { id } } }
    records(filter: { batch: $batch }, first: 100) { nodes { id version } } }`;
  const data = await story.query(checker, document, { batch });
  const sampled = (data.batch as { sampledRecords: { nodes: { id: string }[] } }).sampledRecords.nodes;
  const drawn = new Set(sampled.map(({ id }) => id));
  const other = (data.records as { nodes: { id: string; version: number }[] }).nodes.find(({ id }) => !drawn.has(id));
  if (!other) return;
  const input = { record: other.id, expectedVersion: other.version, agrees: true };
  await story.refused(OUTSIDER, () => story.act(checker, 'examineRecord', input, 'agrees'));
}
