// `/v/{code}` and `/v/?code=`: what the code on a printed document stands for, as a page for anybody; `/v/` asks for the code. Chinese or English, no scripts.
import type { World } from '../procedures/call.ts';
import { type CheckedDocument, checkDocument } from '../procedures/check-document.ts';
import { type CheckedDestruction, checkDestruction } from '../procedures/datasets/check-destruction.ts';
import { type CheckedStatistics, checkStatistics } from '../procedures/statistics/published-statistics.ts';
import type { Reply } from './reply.ts';
import type { Asked } from './request.ts';

const PLACE = /^\/v(?:\/([^/]{1,80})?)?$/;

const WORDS = {
  zh: {
    title: '公文核验',
    ask: '请输入公文末页上的核验码',
    check: '核验',
    found: '本系统签发过这份公文',
    current: '这是该案卷现行的公文。',
    withdrawn: '该案卷已撤回：这份公文不再有效，请勿据以办理。',
    refused: '该案卷经批复不同意：这份公文不具效力，请勿据以办理。',
    superseded: (on: string, by: string) => `这份公文已自 ${on} 起被 ${by} 取代。`,
    goByThat: '请以后者为准。',
    unknown: '没有查到这个核验码',
    unknownHint: '请对照公文上的核验码逐字核对。查不到的公文不是本系统签发的。',
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
    statistics: '学位授予统计数据',
    currentStatistics: '这是该年度最近发布的版本。',
    year: '获学位年份',
    version: '版次',
    people: '总人数',
    destruction: '临时信息库销毁证明',
    destroyed: '该临时信息库已销毁，数据和密钥均已删除。',
    rows: '销毁行数',
    hint: '请核对以上内容与手中公文一致；电子原件的 SHA-256 应与此处相同。',
  },
  en: {
    title: 'Document check',
    ask: 'Type the code on the last page of the document',
    check: 'Check',
    found: 'This register has issued the document',
    current: 'It is the document in force of its case.',
    withdrawn: 'Its case was withdrawn: the document is not in force, do not act on it.',
    refused: 'Its case was refused: the document is not in force, do not act on it.',
    superseded: (on: string, by: string) => `It was superseded on ${on} by ${by}. `,
    goByThat: 'Go by that document instead.',
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
    statistics: 'Statistics of degrees',
    currentStatistics: 'It is the last version of its year.',
    year: 'Year of conferral',
    version: 'Version',
    people: 'People in all',
    destruction: 'Certificate that an analysis dataset was destroyed',
    destroyed: 'The dataset is destroyed: its rows and their key are deleted.',
    rows: 'Rows destroyed',
    hint: 'Compare this with the document at hand; the electronic original has this SHA-256.',
  },
} as const;

const STYLE =
  'body{font:16px/1.7 system-ui,"Noto Sans SC",sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;color:#222}h1{font-size:1.4rem;border-bottom:3px double #c00;padding-bottom:.4rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.2rem}dt{color:#666}dd{margin:0;overflow-wrap:anywhere}.not{color:#c00;font-weight:600}';

/**
 * The page for an address `/v/…`; null for another address. 404 for a code that nothing has, 200 for the form that asks for one.
 */
export async function verifyPage(world: Pick<World, 'db'>, asked: Asked): Promise<Reply | null> {
  const place = PLACE.exec(asked.path);
  if (!place) return null;
  const { language } = asked;
  const words = WORDS[language];
  const code = place[1] === undefined ? (asked.query.get('code') ?? '') : decoded(place[1]);
  if (code.trim() === '') return page(200, language, form(language));
  const typed = code.slice(0, LONGEST);
  const document = await checkDocument(world, typed);
  if (!document) {
    const published = await checkStatistics(world, typed);
    if (published) return page(200, language, statisticsWords(published, language));
    const destruction = await checkDestruction(world, typed);
    if (destruction) return page(200, language, destructionWords(destruction, language));
    return page(404, language, `<p><strong>${words.unknown}</strong></p><p>${words.unknownHint}</p>${form(language)}`);
  }
  const stands = `<p${document.current ? '' : ' class="not"'}>${escaped(standing(document, language))}</p>`;
  return page(
    200,
    language,
    `<p><strong>${words.found}</strong></p>${stands}${facts(document, language)}<p>${words.hint}</p>`,
  );
}

/** What people type is a dozen characters, with spaces or hyphens between. */
const LONGEST = 80;

function page(status: number, language: 'zh' | 'en', body: string): Reply {
  const { title } = WORDS[language];
  const html = `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style><h1>${title}</h1>${body}</html>`;
  const mayAsk = body.includes('<form ') ? "'self'" : "'none'";
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action ${mayAsk}`,
    vary: 'Accept-Language',
  };
  return { status, headers, body: html };
}

function form(language: 'zh' | 'en'): string {
  const { ask, check } = WORDS[language];
  return `<form method="get" action="/v/"><label>${ask} <input name="code" required maxlength="${LONGEST}" autocomplete="off" spellcheck="false"></label> <button>${check}</button></form>`;
}

/** Whether it is to be gone by: what became of the case counts before which of its documents is the newest. */
function standing({ current, state, supersededOn, supersededBy }: CheckedDocument, language: 'zh' | 'en'): string {
  const words = WORDS[language];
  if (current) return words.current;
  const superseded = supersededOn && supersededBy ? words.superseded(supersededOn, supersededBy) : '';
  return superseded + (state === 'withdrawn' || state === 'refused' ? words[state] : words.goByThat);
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

/** What the code of published statistics stands for. */
function statisticsWords(published: CheckedStatistics, language: 'zh' | 'en'): string {
  const words = WORDS[language];
  const { supersededBy, year, version, total, institution } = published;
  const stands = supersededBy
    ? `<p class="not">${escaped(words.superseded(supersededBy.date, supersededBy.documentNumber) + words.goByThat)}</p>`
    : `<p>${words.currentStatistics}</p>`;
  const rows: [string, string][] = [
    [words.kind, words.statistics],
    [words.year, String(year)],
    [words.version, String(version)],
    [words.number, published.documentNumber],
    [words.date, published.date],
    [words.institution, `${published.institutionName} (${institution})`],
    [words.people, String(total)],
    [words.digest, published.pdfDigest],
  ];
  const list = rows.map(([term, value]) => `<dt>${escaped(term)}</dt><dd>${escaped(value)}</dd>`).join('');
  const place = `/institutions/${institution}/statistics/${year}/v${version}`;
  const links = ['pdf', 'xlsx', 'csv', 'json'].map(
    (format) => `<a href="${place}.${format}">${format.toUpperCase()}</a>`,
  );
  return `<p><strong>${words.found}</strong></p>${stands}<dl>${list}</dl><p>${words.hint}</p><p>${links.join(' ')}</p>`;
}

/** What the code of a certificate of destruction stands for. */
function destructionWords(found: CheckedDestruction, language: 'zh' | 'en'): string {
  const words = WORDS[language];
  const rows: [string, string][] = [
    [words.kind, words.destruction],
    [words.number, found.documentNumber],
    [words.date, found.date],
    [words.sender, found.sender],
    [words.institution, `${found.institutionName} (${found.institution})`],
    [words.rows, String(found.rows)],
    [words.digest, found.pdfDigest],
  ];
  const list = rows.map(([term, value]) => `<dt>${escaped(term)}</dt><dd>${escaped(value)}</dd>`).join('');
  return `<p><strong>${words.found}</strong></p><p>${words.destroyed}</p><dl>${list}</dl><p>${words.hint}</p>`;
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
