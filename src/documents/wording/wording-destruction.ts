// The wording of the certificate that an analysis dataset was destroyed (R18.1): a letter to who used it, with everything about it on one sheet.

import type { Annex, FormField, OfficialLetter } from '../letter.ts';
import type { JsonValue, SealAppearance, VerificationReference } from './data.ts';
import { chineseDate } from './dates.ts';
import { grouped } from './digests.ts';
import { body, named, phrase } from './words.ts';

/** What is printed of a destruction. Words are Chinese, days YYYY-MM-DD, moments `YYYY-MM-DD HH:mm` in Shanghai. */
export interface DestructionData {
  readonly institutionName: string;
  readonly senderName: string;
  readonly documentNumber: string;
  readonly date: string;
  readonly organisationName: string;
  /** 统一社会信用代码 (GB 32100). */
  readonly organisationCode: string;
  /** The id by which the register knows the dataset. */
  readonly datasetId: string;
  readonly purpose: string;
  readonly fields: readonly string[];
  readonly categories: readonly string[];
  readonly yearFrom: number;
  readonly yearUntil: number;
  readonly k: number;
  readonly l: number;
  readonly t: number | null;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly agreementDigest: string;
  /** Null for a dataset that had not been made when it was destroyed: it had neither rows nor a key. */
  readonly generatedAt: string | null;
  readonly rows: number;
  readonly contentDigest: string | null;
  readonly reportDigest: string | null;
  readonly boxesDigest: string | null;
  readonly readings: number;
  readonly destroyedAt: string;
  /** Null at the end of the term: then the server did it, as the decision ordered. */
  readonly before: { readonly officerName: string; readonly reason: string } | null;
  readonly seal: SealAppearance;
  readonly verification: VerificationReference;
  readonly machineData: JsonValue;
}

const COPIES = '你单位已经下载的副本，请按照使用协议处理；未经我校同意，不得对外发布数据或者分析结果。';

/** The certificate. */
export function destructionCertificate(data: DestructionData): OfficialLetter {
  const { institutionName, senderName, documentNumber, organisationName, date, seal, verification } = data;
  const annex = sheet(data);
  return {
    titlePieces: [institutionName, '学位授予信息', '临时信息库', '销毁证明'],
    ...{ senderName, documentNumber, addressees: [organisationName], copies: [], date },
    ...{ seal, verification, machineData: data.machineData },
    body: [
      body(
        `供你单位用于${data.purpose}的临时信息库，内容为${years(data)}授予学位人员的匿名化信息，` +
          `使用期限自${chineseDate(data.firstDay)}至${chineseDate(data.lastDay)}，${made(data)}，` +
          `已于${chineseDate(data.destroyedAt.slice(0, 10))}销毁。`,
      ),
      body(`${occasion(data)}${gone(data)}`),
      ...(data.generatedAt === null ? [] : [body(COPIES)]),
    ],
    closing: '特此证明。',
    annexes: [{ ...annex, label: '附件' }],
    attachments: [annex.title],
  };
}

function years({ yearFrom, yearUntil }: DestructionData): string {
  return yearFrom === yearUntil ? `${yearFrom}年` : `${yearFrom}年至${yearUntil}年`;
}

function made({ generatedAt, rows }: DestructionData): string {
  return generatedAt === null ? '尚未生成，没有数据' : `共${rows}行`;
}

function occasion({ before }: DestructionData): string {
  if (before === null) return '使用期限届满，信息系统按照审批决定自动予以销毁。';
  return '该临时信息库在使用期限届满前销毁，原因见附件。';
}

function gone({ generatedAt }: DestructionData): string {
  if (generatedAt === null) return '使用权限同时终止。';
  return '全部数据行和解密密钥已在同一次操作中删除，使用权限同时终止。';
}

/** Everything about the dataset and its end: what the sealed step says, as people read it. */
function sheet(data: DestructionData): Omit<Annex, 'label'> {
  const { k, l, t, before } = data;
  const diversity = t === null ? '' : `，t≤${t}`;
  const officer: FormField = {
    ...fact('办理人', '信息系统'),
    ...(before === null ? {} : { text: [{ text: [named(before.officerName)] }] }),
  };
  const rows: FormField[][] = [
    [fact('使用单位', data.organisationName)],
    [fact('信用代码', data.organisationCode), fact('用途', data.purpose)],
    [fact('信息库编号', data.datasetId)],
    [written('数据项', data.fields.join('、'))],
    [written('学位类别', data.categories.join('、'))],
    [fact('学位年度', years(data)), fact('匿名化要求', `k≥${k}，l≥${l}${diversity}`)],
    [fact('使用期限', `${chineseDate(data.firstDay)}至${chineseDate(data.lastDay)}`)],
    [fact('生成时间', data.generatedAt ?? '未生成'), fact('销毁时间', data.destroyedAt)],
    [fact('数据行数', String(data.rows)), fact('读取次数', String(data.readings))],
    [fact('销毁方式', before === null ? '期限届满自动销毁' : '提前销毁'), officer],
    ...(before === null ? [] : [[written('提前原因', phrase(before.reason))]]),
    [digest('协议摘要', data.agreementDigest), digest('内容摘要', data.contentDigest)],
    [digest('密文摘要', data.boxesDigest), digest('报告摘要', data.reportDigest)],
  ];
  return {
    title: '临时信息库销毁登记表',
    parts: [
      {
        table: { kind: 'form', rows, together: rows.length },
        note: '注：时间为北京时间；摘要（SHA-256）全值见机读数据。',
      },
    ],
  };
}

function fact(label: string, text: string): FormField {
  return { label, align: 'center', text: [{ text: [text] }] };
}

function written(label: string, text: string): FormField {
  return { label, align: 'left', text: [{ text: [text] }] };
}

/** The beginning of a digest: enough to compare aloud; the whole of it stands in the attached data. */
function digest(label: string, value: string | null): FormField {
  return fact(label, value === null ? '无' : `${grouped(value.slice(0, 8))}…`);
}
