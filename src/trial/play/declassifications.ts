// Before a group's first file, the office records the declassification of its classified theses; what was recorded in error it withdraws (art. 20).
import type { DeliveredDeclassification, Delivery } from '../year/deliveries.ts';
import { makeScan } from '../year/scans.ts';
import type { Kind } from './ledger.ts';
import { INSTITUTION, officersOf, type Story, upper } from './story.ts';

const FUTURE: Kind = {
  ...{ id: 'declassification-future', code: 'date-in-future' },
  ...{ zh: '脱密批准日期在未来', en: 'declassification approved in the future' },
};
const TWICE: Kind = {
  ...{ id: 'declassification-twice', code: 'declassification-stands' },
  ...{ zh: '同一人重复登记脱密', en: 'declassification recorded twice' },
};
const THESIS: Kind = {
  ...{ id: 'declassification-thesis', code: 'file-too-large' },
  ...{ zh: '以论文全文充当脱密批准文件', en: 'the thesis itself instead of its approval' },
};
const FOREIGN: Kind = {
  ...{ id: 'declassification-foreign', code: 'not-your-category' },
  ...{ zh: '为其他部门的类别登记脱密', en: 'declassification for a category of another office' },
};

/** Ids of the mistaken ones, by which they are withdrawn. */
export type Mistaken = readonly { readonly id: string; readonly on: string }[];

/** Records what the delivery says. The first of a group is also tried in wrong ways. */
export async function declassifyAll(story: Story, { declassifications, group, place }: Delivery): Promise<Mistaken> {
  const [first] = declassifications;
  if (!first) return [];
  const { collector } = officersOf(group.category);
  const name = `${place.replace('/', '-')}-declassification`;
  const scan = await makeScan(name, '涉密论文信息脱密审批表', ['同意。', '聊城大学保密委员会']);
  const scanDigest = await story.upload(collector, 'DECLASSIFICATION', scan);
  const input = (one: DeliveredDeclassification, at: number) => ({
    ...{ institution: INSTITUTION, category: upper(group.category), number: one.number, form: upper(one.form) },
    ...{
      authority: '聊城大学保密委员会',
      responsiblePerson: '孙保民',
      documentNumber: `聊大保密〔${one.decidedOn.slice(0, 4)}〕${at + 1}号`,
    },
    ...{ decidedOn: one.decidedOn, holdsFrom: one.holdsFrom, scanDigest },
  });
  await tryWrong(story, collector, input(first, 0));
  const mistaken: { id: string; on: string }[] = [];
  for (const [at, one] of declassifications.entries()) {
    const done = await story.must(collector, 'declassify', input(one, at), 'declassification { id }');
    if (one.mistaken) mistaken.push({ id: (done.declassification as { id: string }).id, on: one.decidedOn });
  }
  await story.refused(TWICE, () => story.act(collector, 'declassify', input(first, 0)));
  story.say(`  ${place}: ${declassifications.length} declassifications`);
  return mistaken;
}

async function tryWrong(story: Story, collector: string, input: { decidedOn: string; number: string }): Promise<void> {
  const future = { ...input, decidedOn: '2999-01-01', holdsFrom: '2999-01-01' };
  await story.refused(FUTURE, () => story.act(collector, 'declassify', future));
  const stranger = collector === 'jixu.cai' ? 'jiaowu.cai' : 'jixu.cai';
  await story.refused(FOREIGN, () => story.act(stranger, 'declassify', input));
  const thesis = await longPaper();
  const token = await story.token(collector);
  await story.refused(THESIS, () => story.api.upload(token, 'DECLASSIFICATION', INSTITUTION, thesis));
}

/** A paper of many pages. */
function longPaper() {
  return makeScan(
    '论文',
    '学位论文',
    Array.from({ length: 400 }, (_, at) => `第${at + 1}段`),
  );
}

/** Withdraws what was recorded in error, so that the right rows of the second file are ordinary again. */
export async function withdrawMistaken(story: Story, { group }: Delivery, mistaken: Mistaken): Promise<void> {
  const { collector } = officersOf(group.category);
  for (const { id: declassification, on } of mistaken) {
    const input = { declassification, ground: 'RECORDED_IN_ERROR', documentNumber: '更正单1号', on };
    await story.must(collector, 'withdrawDeclassification', input);
  }
}
