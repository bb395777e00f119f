// What a document is made from: plain data, dates as 'YYYY-MM-DD' strings, no store and no keys.

/** Any JSON value: what is attached to a document for machines to read. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** One person on the list attached to a written application (R11.6, R15.1). */
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

/** The conferral resolution that a document speaks of. */
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

/** Everything printed in a supplementary report (补报请示, R11.6). */
export interface SupplementaryReportData {
  institutionName: string;
  /** 发文机关: 聊城大学学位评定委员会办公室. */
  senderName: string;
  /** 发文字号: 聊大学位办函〔2026〕3号. */
  documentNumber: string;
  /** 主送机关: 山东省学位委员会办公室. */
  addressee: string;
  /** 签发人: when given, the red head of an upward document is used instead of the letter head. */
  signer?: string;
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
  /** Titles of further attachments, after the list and the resolution. */
  attachments: readonly string[];
  contact?: { name: string; phone: string };
  /** Date of the document, YYYY-MM-DD. */
  date: string;
  seal: SealAppearance;
  verification: VerificationReference;
  /** Attached as canonical JSON with AFRelationship Source, so that machines read what people read. */
  machineData: JsonValue;
}
