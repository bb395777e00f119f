// The disclosure as teachers and students see it (R11.3): a page and a table behind a link, names masked, and an objection that comes in by its form.
import type { PlayedGroup } from './collect-group.ts';
import type { Kind } from './ledger.ts';
import { officersOf, type Story, StoryBroken } from './story.ts';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });
const UNMASKED = kind('page-whole-name', 'masked', '公开页面显示全名', 'a whole name on the page of a disclosure');
const NOBODY = kind('page-nobody', '422', '对名单外的人提出异议', 'an objection to nobody on the page');
const NAMELESS = kind('page-nameless', '422', '匿名异议', 'an objection without a name');
const TWICE = kind('page-accepted-twice', 'objection-already-accepted', '重复受理异议', 'accepting an objection twice');
const OVER = kind('page-over', '404', '公开期满后查看', 'the page after the disclosure is over');

/** Holds a status of a page against the one that a mistake must be answered with. */
function answered(story: Story, kind: Kind, status: number): void {
  if (!story.mistakes) return;
  story.ledger.plant(kind);
  if (String(status) === kind.code) story.ledger.find(kind.id);
  else story.ledger.miss(kind.id, `${kind.code} ≠ ${status}`);
}

/** Visits the page of a disclosure and objects to one person; the office accepts the objection and resolves it. Returns the page's address. */
export async function visitPage(story: Story, { batch, delivery }: PlayedGroup): Promise<string> {
  const { checker, collector } = officersOf(delivery.group.category);
  const { link } = await story.must(checker, 'disclosureLink', { batch }, 'link { url }');
  const place = new URL((link as { url: string }).url).pathname;
  const page = await story.api.download(null, place);
  const table = await story.api.download(null, `${place}.csv`);
  if (page.status !== 200 || table.status !== 200) throw new StoryBroken(`${place}: ${page.status}, ${table.status}`);
  const [html, csv] = [page, table].map(({ bytes }) => Buffer.from(bytes).toString('utf8')) as [string, string];
  const shown = csv.trim().split('\r\n').length - 1;
  const words = new Set([...html.split(/[<>]/), ...csv.split(/[,\r\n]/)]);
  const whole = delivery.onRoster.filter(({ record: { name } }) => [...name].length > 2 && words.has(name));
  if (story.mistakes) {
    story.ledger.plant(UNMASKED);
    if (whole.length === 0 && shown > 0) story.ledger.find(UNMASKED.id);
    else story.ledger.miss(UNMASKED.id, `${whole.length} whole names among ${shown} people`);
  }
  const document = 'query($batch: ID!) { disclosure(batch: $batch) { people(first: 2) { nodes { rosterSequence } } } }';
  const { disclosure } = await story.query(checker, document, { batch });
  const sequence = (disclosure as { people: { nodes: { rosterSequence: number }[] } }).people.nodes.at(-1);
  const said = {
    ...{ sequence: String(sequence?.rosterSequence ?? ''), reason: '公示的学位类别与录取专业不一致，请核对。' },
    ...{ name: '王同学', contact: 'wang@stu.example.edu.cn' },
  };
  const send = (changes: object) => story.api.submit(`${place}/objections`, { ...said, ...changes });
  if (story.mistakes) {
    answered(story, NOBODY, (await send({ sequence: '999999' })).status);
    answered(story, NAMELESS, (await send({ name: '' })).status);
  }
  const sent = await send({});
  const receipt = /YY-[0-9A-F]{12}/.exec(sent.text)?.[0];
  if (sent.status !== 201 || receipt === undefined) throw new StoryBroken(`objection by the page: ${sent.status}`);
  await accept(story, { checker, collector }, batch, receipt);
  story.say(
    `  ${delivery.place}: ${shown} people on the page, names masked; objection ${receipt} accepted and resolved`,
  );
  return place;
}

async function accept(
  story: Story,
  { checker, collector }: { readonly checker: string; readonly collector: string },
  batch: string,
  receipt: string,
): Promise<void> {
  const document = `query($batch: ID!) { receivedObjections(first: 10, batch: $batch, accepted: false) {
    nodes { id receipt } } }`;
  const data = await story.query(collector, document, { batch });
  const { nodes } = data.receivedObjections as { nodes: { id: string; receipt: string }[] };
  const received = nodes.find((one) => one.receipt === receipt)?.id;
  if (received === undefined) throw new StoryBroken(`objection ${receipt} has not arrived`);
  const { objection } = await story.must(collector, 'acceptObjection', { received }, 'objection { id }');
  await story.refused(TWICE, () => story.act(collector, 'acceptObjection', { received }, 'simulated'));
  const outcome = '经核对录取名册和培养方案，公示的学位类别无误，已答复本人。';
  await story.must(checker, 'resolveObjection', { objection: (objection as { id: string }).id, outcome });
}

/** After the period nobody sees the page any more. */
export async function revisitPage(story: Story, place: string): Promise<void> {
  if (story.mistakes) answered(story, OVER, (await story.api.download(null, place)).status);
}
