// The way of every written application through the house and to its addressees, as the acts of the year walk it.
import { civilDateInShanghai } from '../../regulation/deadlines/deadlines.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import { makeScan } from '../year/scans.ts';
import { PROVINCE } from './province.ts';
import { DEGREE_OFFICE } from './resolutions.ts';
import { officersOf, type Story } from './story.ts';

/** A case that went all the way, and how many people it was about. */
export interface PlayedApplication {
  readonly application: string;
  readonly people: number;
}

/** Checks, approves and seals a drafted case; returns the document's number. */
export async function sealCase(story: Story, category: Category, application: string): Promise<string> {
  const { checker, head } = officersOf(category);
  await story.must(checker, 'checkApplication', { application });
  await story.must(head, 'approveApplication', { application });
  const sealed = await story.must(DEGREE_OFFICE, 'sealApplication', { application }, 'documentNumber');
  return String(sealed.documentNumber);
}

/** Dispatches the sealed document today; whoever does not sign in here gets it by document exchange, with a receipt. */
export async function dispatchCase(story: Story, application: string, addressees: readonly string[]): Promise<void> {
  const { me } = await story.query(DEGREE_OFFICE, '{ me { now } }');
  const day = civilDateInShanghai((me as { now: string }).now);
  for (const addressee of addressees) {
    const input = { application, addressee, dispatchedOn: day };
    if (addressee === 'PROVINCIAL_OFFICE') {
      await story.must(DEGREE_OFFICE, 'dispatchApplication', { ...input, channel: 'IN_SYSTEM' });
      continue;
    }
    const slip = await makeScan(`receipt-${addressee.toLowerCase()}`, '公文交换回执', [
      `收文机关：${addressee}`,
      `日期：${day}`,
    ]);
    const proof = {
      receipt: `JH-${day.replaceAll('-', '')}-${addressee.length}`,
      proofDigest: await story.upload(DEGREE_OFFICE, 'DELIVERY_PROOF', slip),
    };
    await story.must(DEGREE_OFFICE, 'dispatchApplication', { ...input, channel: 'DOCUMENT_EXCHANGE', ...proof });
  }
}

/** The province's consent with its document. */
export async function consentTo(story: Story, application: string, decisionNumber: string): Promise<object> {
  const paper = await makeScan(`decision-${decisionNumber}`, '关于学位授予信息申请的批复', [
    `文号：${decisionNumber}`,
    '经研究，同意。',
  ]);
  const decided = {
    ...{ application, decision: 'CONSENT', decisionNumber },
    decisionDigest: await story.upload(PROVINCE, 'DECISION', paper),
  };
  await story.must(PROVINCE, 'decideApplication', decided, 'state');
  return decided;
}
