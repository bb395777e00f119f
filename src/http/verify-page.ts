// `/v/{code}`: what the code on a printed document stands for, as a page for anybody. Chinese or English, no scripts.
import type { World } from '../procedures/call.ts';
import { type CheckedDocument, checkDocument } from '../procedures/check-document.ts';
import type { Reply } from './reply.ts';
import type { Asked } from './request.ts';

const PLACE = /^\/v\/([^/]{1,80})$/;

const WORDS = {
  zh: {
    title: '公文核验',
    found: '本系统签发过这份公文',
    current: '这是该案卷现行的公文。',
    superseded: (on: string, by: string) => `这份公文已自 ${on} 起被 ${by} 取代，请以后者为准。`,
    unknown: '没有查到这个验证码',
    unknownHint: '请对照公文上的验证码逐字核对。查不到的公文不是本系统签发的。',
    kind: '公文种类',
    number: '发文字号',
    date: '成文日期',
    sender: '签发部门',
    institution: '学位授予单位',
    count: '涉及人数',
    state: '办理状态',
    decision: '批复结果',
    decisionNumber: '批复文号',
    decidedOn: '批复日期',
    carriedOutOn: '办结日期',
    digest: '原件 SHA-256',
    hint: '请核对以上内容与手中公文一致；电子原件的 SHA-256 应与此处相同。',
  },
  en: {
    title: 'Document check',
    found: 'This register has issued the document',
    current: 'It is the document in force of its case.',
    superseded: (on: string, by: string) => `It was superseded on ${on} by ${by}: go by that document instead.`,
    unknown: 'No document has this code',
    unknownHint:
      'Compare the code with the document, character by character. A document that is not found was not issued here.',
    kind: 'Kind',
    number: 'Document number',
    date: 'Date',
    sender: 'Issued by',
    institution: 'Institution',
    count: 'People listed',
    state: 'State',
    decision: 'Decision',
    decisionNumber: 'Number of the decision',
    decidedOn: 'Date of the decision',
    carriedOutOn: 'Carried out on',
    digest: 'SHA-256 of the original',
    hint: 'Compare this with the document at hand; the electronic original has this SHA-256.',
  },
} as const;

const STYLE =
  'body{font:16px/1.7 system-ui,"Noto Sans SC",sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;color:#222}h1{font-size:1.4rem;border-bottom:3px double #c00;padding-bottom:.4rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.2rem}dt{color:#666}dd{margin:0;overflow-wrap:anywhere}';

/** The page for an address `/v/…`; null for another address. 404 for a code that nothing has. */
export async function verifyPage(world: Pick<World, 'db'>, asked: Asked): Promise<Reply | null> {
  const [, encoded] = PLACE.exec(asked.path) ?? [];
  if (encoded === undefined) return null;
  const document = await checkDocument(world, decoded(encoded));
  const { language } = asked;
  const words = WORDS[language];
  const body = document
    ? `<p><strong>${words.found}</strong></p><p>${escaped(standing(document, language))}</p>${facts(document, language)}<p>${words.hint}</p>`
    : `<p><strong>${words.unknown}</strong></p><p>${words.unknownHint}</p>`;
  const html = `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${words.title}</title><style>${STYLE}</style><h1>${words.title}</h1>${body}</html>`;
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    vary: 'Accept-Language',
  };
  return { status: document ? 200 : 404, headers, body: html };
}

function standing({ supersededOn, supersededBy }: CheckedDocument, language: 'zh' | 'en'): string {
  const words = WORDS[language];
  return supersededOn && supersededBy ? words.superseded(supersededOn, supersededBy) : words.current;
}

function facts(document: CheckedDocument, language: 'zh' | 'en'): string {
  const words = WORDS[language];
  const rows: [string, string][] = [
    [words.kind, language === 'zh' ? document.kindZh : document.kindEn],
    [words.number, document.documentNumber],
    [words.date, document.date],
    [words.sender, document.sender],
    [words.institution, `${document.institutionName} (${document.institution})`],
    [words.count, String(document.count)],
    [words.state, language === 'zh' ? document.stateZh : document.stateEn],
    [words.digest, document.pdfDigest],
  ];
  const decision = language === 'zh' ? document.decisionZh : document.decisionEn;
  const more: [string, string | null][] = [
    [words.decision, decision],
    [words.decisionNumber, document.decisionNumber],
    [words.decidedOn, document.decidedOn],
    [words.carriedOutOn, document.carriedOutOn],
  ];
  for (const [term, value] of more) if (value) rows.push([term, value]);
  return `<dl>${rows.map(([term, value]) => `<dt>${escaped(term)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
