// The kinds of text that people write, as one table: what each is called, how much it must say and how much it may (art. 12, 21, 22).

/** A kind of text: its words, the most characters (code points), and the least where one is owed. */
export interface TextKind {
  readonly zh: string;
  readonly en: string;
  readonly most: number;
  /** Han characters, with words of other scripts counting one each; one character of any kind when it is 1. */
  readonly least: number;
  /** May have several paragraphs. */
  readonly lines: boolean;
  /** A number of a paper, a parcel or a telephone: fifteen digits are its own, and no identity number of the first generation. */
  readonly number?: true;
  /** The student's own words, who is told where the number is to stand instead. */
  readonly own?: true;
}

/** Least number of Han characters, or words of other scripts, in the reason of an officer (R22.2): 情况属实 alone is none. */
export const LEAST_REASON = 6;
const SENTENCE = 4;

/** Every kind of text that people write, wherever it is kept. Written applications owe as much as the policy's `reasonLength` says. */
export const WRITTEN_TEXTS = {
  reason: { zh: '原因说明', en: 'reason', least: LEAST_REASON, most: 20_000, lines: true },
  measures: { zh: '改进措施', en: 'measures', least: SENTENCE, most: 20_000, lines: true },
  facts: { zh: '事实', en: 'facts', least: LEAST_REASON, most: 20_000, lines: true },
  lateReason: { zh: '迟报原因', en: 'reason of the delay', least: LEAST_REASON, most: 5_000, lines: true },
  finding: { zh: '核查情况', en: 'finding', least: SENTENCE, most: 20_000, lines: true },
  proofs: { zh: '证据', en: 'proofs', least: SENTENCE, most: 2_000, lines: false },
  contactName: { zh: '联系人', en: 'contact', least: 1, most: 40, lines: false },
  contactPhone: { zh: '联系电话', en: 'telephone', least: 1, most: 40, lines: false, number: true },
  wrongWords: { zh: '有误之处', en: 'what is wrong', least: 1, most: 20_000, lines: true },
  note: { zh: '改变结论的理由', en: 'reason of the overruling', least: LEAST_REASON, most: 20_000, lines: true },
  returnReason: { zh: '退回原因', en: 'reason of the return', least: 1, most: 20_000, lines: true },
  reviewAnswer: { zh: '答复', en: 'answer', least: LEAST_REASON, most: 20_000, lines: true },
  objection: { zh: '异议理由', en: 'reason of the objection', least: 1, most: 2_000, lines: true },
  objector: { zh: '异议人姓名', en: 'name of who objects', least: 1, most: 100, lines: false },
  objectorContact: { zh: '异议人联系方式', en: 'contact of who objects', least: 1, most: 100, lines: false },
  outcome: { zh: '异议处理结果', en: 'outcome of the objection', least: LEAST_REASON, most: 20_000, lines: true },
  ownReason: { zh: '理由', en: 'reason', least: 1, most: 500, lines: true, own: true },
  answer: { zh: '答复', en: 'answer', least: LEAST_REASON, most: 1_000, lines: true },
  title: { zh: '证明材料名称', en: 'title of the evidence', least: 1, most: 100, lines: false },
  hearingResult: { zh: '陈述和申辩情况', en: 'what the hearing came to', least: 1, most: 1_000, lines: false },
  certificateHandling: {
    ...{ zh: '学位证书处理情况', en: 'what became of the certificate' },
    ...{ least: 1, most: 500, lines: false },
  },
  documentNumber: { zh: '文号', en: 'document number', least: 1, most: 60, lines: false, number: true },
  decisionNumber: { zh: '批复文号', en: 'number of the decision', least: 1, most: 60, lines: false, number: true },
  receipt: { zh: '回执编号', en: 'number of the receipt', least: 1, most: 60, lines: false, number: true },
  revealReason: { zh: '查看理由', en: 'reason of the reveal', least: LEAST_REASON, most: 500, lines: true },
  authority: { zh: '批准机关', en: 'approving authority', least: 1, most: 60, lines: false },
  responsiblePerson: { zh: '批准责任人', en: 'responsible person', least: 1, most: 40, lines: false },
  number: { zh: '决议编号', en: 'resolution number', least: 1, most: 60, lines: false, number: true },
  meeting: { zh: '会议名称', en: 'meeting', least: 1, most: 60, lines: false },
  officeName: { zh: '部门名称', en: 'name of the office', least: 1, most: 60, lines: false },
  officerName: { zh: '姓名', en: 'name', least: 1, most: 40, lines: false },
  organisationName: { zh: '机构名称', en: 'name of the organisation', least: 1, most: 100, lines: false },
  contactWay: { zh: '联系方式', en: 'way to reach the contact', least: 1, most: 100, lines: false },
  datasetDescription: { zh: '用途说明', en: 'description of the purpose', least: 10, most: 5_000, lines: true },
  recipientName: { zh: '接收人', en: 'recipient', least: 1, most: 60, lines: false },
  decisionReason: { zh: '审批意见', en: 'reason of the decision', least: LEAST_REASON, most: 2_000, lines: true },
  destructionReason: { zh: '销毁原因', en: 'reason of the destruction', least: LEAST_REASON, most: 2_000, lines: true },
  publicationTitle: { zh: '成果名称', en: 'title of the publication', least: 1, most: 200, lines: false },
  publicationPlace: { zh: '发布渠道', en: 'place of publication', least: 1, most: 200, lines: false },
  exportPurpose: { zh: '导出用途', en: 'purpose of the export', least: 2, most: 500, lines: false },
  archivePurpose: { zh: '档案用途', en: 'purpose of the archive', least: 2, most: 500, lines: true },
  opinion: { zh: '鉴定意见', en: 'opinion of the appraisal', least: LEAST_REASON, most: 2_000, lines: true },
  archiveRecipient: { zh: '接收单位', en: 'archive that receives it', least: 2, most: 200, lines: false },
  archiveReceipt: { zh: '交接文据编号', en: 'number of the receipt', least: 1, most: 100, lines: false, number: true },
  holiday: { zh: '节日名称', en: 'name of the holiday', least: 1, most: 40, lines: false },
  templateCode: { zh: '编号', en: 'code', least: 1, most: 60, lines: false, number: true },
  templateName: { zh: '名称', en: 'name', least: 1, most: 200, lines: false },
  editionName: { zh: '名称', en: 'name', least: 1, most: 200, lines: false },
  editionNameEn: { zh: '英文名称', en: 'English name', least: 1, most: 200, lines: false },
  editionSource: { zh: '来源', en: 'source', least: 1, most: 200, lines: false },
} as const satisfies Record<string, TextKind>;
export type WrittenText = keyof typeof WRITTEN_TEXTS;
