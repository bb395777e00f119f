// Texts that officers write into official papers and statements: nothing that a reader cannot see, and no more than a page can hold (art. 12).
import { holdsIdentityNumber } from './identity-text.ts';
import type { Violation } from './violations.ts';
import { violation } from './violations.ts';

/** Control characters, marks that turn or join text unseen, line and paragraph separators, private use, halves of characters, U+FFFD. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\ufffd]/u;
/** In running text line ends part paragraphs. */
const UNSEEN_BETWEEN_LINES = /(?![\r\n])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\ufffd]/u;

/** The words for the texts of papers, with the most characters (code points) of each; `lines`: may have several paragraphs. */
export const WRITTEN_TEXTS = {
  reason: { zh: '原因说明', en: 'reason', most: 20_000, lines: true },
  measures: { zh: '改进措施', en: 'measures', most: 20_000, lines: true },
  facts: { zh: '事实', en: 'facts', most: 20_000, lines: true },
  lateReason: { zh: '迟报原因', en: 'reason of the delay', most: 5_000, lines: true },
  finding: { zh: '核查情况', en: 'finding', most: 20_000, lines: true },
  proofs: { zh: '证据', en: 'proofs', most: 2_000, lines: false },
  contactName: { zh: '联系人', en: 'contact', most: 40, lines: false },
  contactPhone: { zh: '联系电话', en: 'telephone', most: 40, lines: false },
  objection: { zh: '异议理由', en: 'reason of the objection', most: 2_000, lines: true },
  objector: { zh: '异议人姓名', en: 'name of who objects', most: 100, lines: false },
  objectorContact: { zh: '异议人联系方式', en: 'contact of who objects', most: 100, lines: false },
  title: { zh: '证明材料名称', en: 'title of the evidence', most: 100, lines: false },
  hearingResult: { zh: '陈述和申辩情况', en: 'what the hearing came to', most: 1_000, lines: false },
  certificateHandling: { zh: '学位证书处理情况', en: 'what became of the certificate', most: 500, lines: false },
  documentNumber: { zh: '文号', en: 'document number', most: 60, lines: false },
  decisionNumber: { zh: '批复文号', en: 'number of the decision', most: 60, lines: false },
  receipt: { zh: '回执编号', en: 'number of the receipt', most: 60, lines: false },
  revealReason: { zh: '查看理由', en: 'reason of the reveal', most: 500, lines: true },
  authority: { zh: '批准机关', en: 'approving authority', most: 60, lines: false },
  responsiblePerson: { zh: '批准责任人', en: 'responsible person', most: 40, lines: false },
  number: { zh: '决议编号', en: 'resolution number', most: 60, lines: false },
  meeting: { zh: '会议名称', en: 'meeting', most: 60, lines: false },
  organisationName: { zh: '机构名称', en: 'name of the organisation', most: 100, lines: false },
  contactWay: { zh: '联系方式', en: 'way to reach the contact', most: 100, lines: false },
  datasetDescription: { zh: '用途说明', en: 'description of the purpose', most: 5_000, lines: true },
  recipientName: { zh: '接收人', en: 'recipient', most: 60, lines: false },
  decisionReason: { zh: '审批意见', en: 'reason of the decision', most: 2_000, lines: true },
  publicationTitle: { zh: '成果名称', en: 'title of the publication', most: 200, lines: false },
  publicationPlace: { zh: '发布渠道', en: 'place of publication', most: 200, lines: false },
} as const satisfies Record<string, { zh: string; en: string; most: number; lines: boolean }>;
export type WrittenText = keyof typeof WRITTEN_TEXTS;

/** Evidence of one application at most. */
export const MOST_EVIDENCE = 100;

/** Han characters of a text, with words of other scripts counting one each: what "too short" is measured by. */
export function writtenLength(text: string): number {
  return (text.match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? []).filter((part) => part.trim() !== '').length;
}

/** What of a text cannot stand in a paper: characters that nobody sees, too many of them, an identity number (R21.1); `path` where it was given. */
export function writtenTextViolations(name: WrittenText, text: string, path: string = name): Violation[] {
  const { most, lines, ...label } = WRITTEN_TEXTS[name];
  const violations: Violation[] = [];
  const [unseen] = (lines ? UNSEEN_BETWEEN_LINES : UNSEEN).exec(text) ?? [];
  if (unseen !== undefined) {
    const found = `U+${(unseen.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    violations.push(violation('text-unreadable-character', path, { label, found, article: '12' }));
  }
  // A text has no fewer UTF-16 code units than characters.
  const length = text.length > most ? [...text].length : text.length;
  if (length > most) {
    violations.push(
      violation('field-too-long', path, { label, found: String(length), expected: `≤ ${most}`, article: '12' }),
    );
  }
  if (holdsIdentityNumber(text)) violations.push(violation('identity-number-in-text', path, { label }));
  return violations;
}
