// What the written applications are made from: plain data, dates as 'YYYY-MM-DD' strings, no store and no keys.

/** Any JSON value: what is attached to a document for machines to read. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** One person of a written application (R11.6, R15.1, R16.1). */
export interface ListedPerson {
  sequence: number;
  name: string;
  sex: string;
  studentNumber: string;
  /** Degree category in Chinese, as printed: 学术学位硕士. */
  category: string;
  /** Discipline code and name: 0401 教育学. */
  discipline: string;
  /** YYYY-MM-DD */
  conferralDate: string;
  certificateNumber: string;
}

/** The resolution of the degree committee that a document speaks of. */
export interface ResolutionReference {
  /** Its document number: 聊大学位〔2026〕1号. */
  number: string;
  /** Which meeting, as it reads before 会议: 第十二次. */
  meeting: string;
  /** YYYY-MM-DD */
  decidedOn: string;
  /** YYYY-MM-DD */
  effectiveOn: string;
}

/** How the seal looks; the signature itself is made elsewhere. */
export interface SealAppearance {
  /** The name on the arc. */
  text: string;
  /** Diameter in millimetres; 42 unless the office has another seal, never more than 45. */
  diameterMm: number;
  /** True puts 演示 inside the ring, so that a trial seal is never taken for a real one. */
  demo: boolean;
}

/** Where and how a reader checks a document. */
export interface VerificationReference {
  /** The code a person can type: 7QK3-M9TD-2F8A. */
  code: string;
  /** The permanent address behind the QR code. */
  url: string;
  /** SHA-256 of the attached data, in hex. */
  dataDigest: string;
}

/** A file bound into an application by its digest (R15.1); it is an attachment of the letter with the title given here. */
export interface EvidenceReference {
  title: string;
  fileName: string;
  /** application/pdf, image/jpeg … */
  mediaType: string;
  /** SHA-256 of the bytes, in hex. */
  digest: string;
}

/** An opinion of the 申请表: a step taken inside the house (R12.1, R22.1). */
export interface Opinion {
  /** The box it stands in: 经办人意见. */
  role: string;
  /** What was said: 情况属实，申请上报。 */
  opinion: string;
  officerName: string;
  officeName: string;
  /** YYYY-MM-DD */
  date: string;
  /** Where the sealed step stands in the institution's log: leaf index and leaf hash (hex); null for the sealing itself, which is the document it stands in. */
  step: { leafIndex: number; leafHash: string } | null;
}

/** 申请表, the approval sheet printed as the first annex. What has not happened yet is an empty box. */
export interface ApprovalSheet {
  /** 申请部门: 教务处. */
  officeName: string;
  /** 申请编号, typed by people: BB-2026-0003. */
  caseNumber: string;
  /** 学位类别 in Chinese. */
  categoryName: string;
  /** One or several paragraphs, parted by line ends. */
  reason: string;
  /** In the order of the steps: 经办人, 校核人, 部门负责人, 学位评定委员会办公室. The box of the provincial office follows by itself. */
  opinions: readonly Opinion[];
}

/** What every written application has on paper. */
export interface ApplicationData {
  institutionName: string;
  /** 发文机关: 聊城大学学位评定委员会办公室. */
  senderName: string;
  /** 发文字号: 聊大学位办函〔2026〕3号. */
  documentNumber: string;
  /** 主送机关: one for a 请示, two for a 撤销报告. */
  addressees: readonly string[];
  /** 抄送机关: none for a 请示. */
  copies: readonly string[];
  /** 签发人: when given, the red head of an upward document is used instead of the letter head. */
  signer?: string;
  sheet: ApprovalSheet;
  evidence: readonly EvidenceReference[];
  contact?: { name: string; phone: string };
  /** Date of the document, YYYY-MM-DD. */
  date: string;
  seal: SealAppearance;
  verification: VerificationReference;
  /** Attached as canonical JSON with AFRelationship Source, so that machines read what people read. */
  machineData: JsonValue;
}

/** 补报请示 (R11.6). */
export interface SupplementaryReportData extends ApplicationData {
  resolution: ResolutionReference;
  /** The last day of the normal path, YYYY-MM-DD (R11.4). */
  deadline: string;
  daysLate: number;
  /** One or several paragraphs, parted by line ends. */
  reason: string;
  /** One or several paragraphs, parted by line ends. */
  measures: string;
  collectorName: string;
  checkerName: string;
  people: readonly ListedPerson[];
}

/** One field of a filed record and what it should be. */
export interface ChangedField {
  /** 信息项: 姓名. */
  label: string;
  before: string;
  after: string;
  /** Titles of the evidence it rests on. */
  evidence: readonly string[];
}

/** A person whose record is to be changed. */
export interface ChangedPerson extends ListedPerson {
  /** YYYY-MM-DD; null: reported, not yet filed. */
  filedOn: string | null;
  changes: readonly ChangedField[];
}

/** 更改请示 (R15.1). */
export interface ChangeRequestData extends ApplicationData {
  /** One or several paragraphs, parted by line ends. */
  reason: string;
  /** What the check found; one or several paragraphs. */
  finding: string;
  people: readonly ChangedPerson[];
}

/** A person whose record is to be deleted. */
export interface DeletedPerson extends ListedPerson {
  /** YYYY-MM-DD; null: reported, not yet filed. */
  filedOn: string | null;
  /** Why the record is wrong, in words: 重复上报. */
  cause: string;
}

/** 删除请示 (R15.1). */
export interface DeletionRequestData extends ApplicationData {
  /** YYYY-MM-DD */
  foundOn: string;
  /** One or several paragraphs, parted by line ends. */
  reason: string;
  /** What the check found; one or several paragraphs. */
  finding: string;
  people: readonly DeletedPerson[];
}

/** A person whose degree was revoked. Dates are YYYY-MM-DD. */
export interface RevokedPerson extends ListedPerson {
  birthDate: string;
  filedOn: string | null;
  /** When the person was told what was intended, on what facts and why (学位法 art. 39). */
  noticeOn: string;
  /** null: the person waived being heard. */
  hearingOn: string | null;
  /** What came of it, in words. */
  hearingResult: string;
  deliveredOn: string;
  /** 学位证书已收回 … */
  certificateHandling: string;
}

/** The resolution to revoke, with the votes (学位法 art. 10). */
export interface RevocationResolutionReference extends ResolutionReference {
  members: number;
  present: number;
  yes: number;
  no: number;
  abstain: number;
}

/** 撤销报告 (R16.1). */
export interface RevocationReportData extends ApplicationData {
  resolution: RevocationResolutionReference;
  /** The item of 学位法 art. 37. */
  ground: 1 | 2 | 3;
  /** The ground in the words of art. 37. */
  groundName: string;
  /** One or several paragraphs, parted by line ends. */
  facts: string;
  /** What proves them: 论文比对报告、专家鉴定意见. */
  proofs: string;
  /** Last of the ten days, YYYY-MM-DD. */
  deadline: string;
  /** Why it comes after them; printed only when it does. */
  lateReason?: string;
  people: readonly RevokedPerson[];
}

/** The data behind each kind of document: the words of the regulation's APPLICATION_KINDS. */
export interface DataByKind {
  'supplementary-report': SupplementaryReportData;
  'change-request': ChangeRequestData;
  'deletion-request': DeletionRequestData;
  'revocation-report': RevocationReportData;
}

/** Kinds of documents that can be printed. */
export type DocumentKind = keyof DataByKind;
