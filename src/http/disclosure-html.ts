// What the page of a disclosure says, in Chinese or English: people in a table, the way to the next page, the form for an objection.
import type { OpenDisclosure } from '../procedures/disclosure/disclosed-page.ts';
import { lookUp } from '../regulation/standard/codes.ts';
import { FIELDS } from '../regulation/standard/fields.ts';
import { CATEGORIES, isKeyOf, type Level } from '../regulation/vocabulary.ts';
import type { DisclosedRow } from '../store/disclosure/disclosures.ts';

type Language = 'zh' | 'en';

const WORDS = {
  zh: {
    title: '学位授予信息校内公开',
    intro: (from: string, until: string) => `公开期：${from} 至 ${until}（含当日）。如有异议，请在期内提出。`,
    count: '人数',
    resolution: '决议编号',
    category: '类别',
    next: '下一页',
    first: '回到首页',
    csv: '下载表格（CSV）',
    objection: '提出异议',
    number: '名单序号',
    reason: '异议理由',
    name: '您的姓名',
    contact: '联系方式（电话或电子信箱）',
    send: '提交',
    privacy: '姓名和联系方式加密保存，仅供主管部门核实和答复。',
    closed: '没有这个公开页面，或公开已经结束。',
    form: '请使用页面上的表单提交。',
    long: '提交的内容过长，异议理由最多两千字。',
    received: '已收到您的异议，主管部门将予受理。请记下受理编号：',
    refused: '未能提交：',
    again: '请返回上一页修改后再次提交。',
  },
  en: {
    title: 'Internal disclosure of degree-conferral information',
    intro: (from: string, until: string) => `Shown from ${from} until ${until} inclusive. Object within this period.`,
    count: 'People',
    resolution: 'Resolution',
    category: 'Category',
    next: 'Next page',
    first: 'First page',
    csv: 'Download as a table (CSV)',
    objection: 'Raise an objection',
    number: 'Number on the roster',
    reason: 'Reason',
    name: 'Your name',
    contact: 'Telephone or e-mail',
    send: 'Send',
    privacy: 'Name and contact are kept encrypted and serve only to examine and answer the objection.',
    closed: 'There is no such page, or the disclosure has ended.',
    form: 'Please use the form of the page.',
    long: 'That is too long: a reason has two thousand characters at most.',
    received: 'Your objection has been received and will be dealt with. Keep its number: ',
    refused: 'It could not be sent: ',
    again: 'Go back, mend it and send it again.',
  },
} as const;

const STYLE =
  'body{font:16px/1.6 system-ui,"Noto Sans SC",sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#222}h1{font-size:1.4rem;border-bottom:3px double #c00;padding-bottom:.4rem}h2{font-size:1.15rem}table{border-collapse:collapse;width:100%}th,td{border:1px solid #ccc;padding:.25rem .5rem;text-align:left}form{display:grid;gap:.6rem;max-width:34rem}label{display:grid}input,textarea,button{font:inherit;padding:.4rem}' +
  // On a phone each person is a card: a table of seven columns would be cut off.
  '@media (max-width:40rem){thead{position:absolute;left:-999rem}table,tbody,tr,td{display:block}tr{border:1px solid #ccc;margin:.6rem 0;padding:.3rem .6rem}td{border:0;padding:.1rem 0;overflow-wrap:anywhere}td::before{content:attr(data-heading) " ";color:#666;font-size:.85rem}}';

const COLUMNS = [
  'name',
  'degreeCategory',
  'disciplineCode',
  'conferralDate',
  'certificateNumber',
  'resolutionNumber',
] as const;

/** The headings of the table to download. */
export const CSV_HEADER: readonly string[] = ['名单序号', ...COLUMNS.map((name) => FIELDS[name].zh)];

/** The cells of a person; codes with their names. */
export function shownRow(person: DisclosedRow, level: Level): string[] {
  const disciplines = level === 'bachelor' ? 'undergraduateDiscipline' : 'graduateDiscipline';
  const { degreeCategory, disciplineCode, conferralDate } = person;
  const named = (table: Parameters<typeof lookUp>[0], code: string) => {
    const name = lookUp(table, code, conferralDate)?.name;
    return name === undefined ? code : `${code} ${name}`;
  };
  return [
    ...[String(person.rosterSequence), person.name, named('degreeCategory', degreeCategory)],
    ...[named(disciplines, disciplineCode), conferralDate, person.certificateNumber, person.resolutionNumber],
  ];
}

/** Bachelors and masters have catalogues of their own. */
export function levelOf({ category }: Pick<OpenDisclosure, 'category'>): Level {
  return isKeyOf(CATEGORIES, category) ? CATEGORIES[category].level : 'bachelor';
}

/** The page of an open disclosure. @param more whether there are people behind these */
export function disclosurePageHtml(
  language: Language,
  token: string,
  open: OpenDisclosure,
  people: readonly DisclosedRow[],
  more: boolean,
): string {
  const words = WORDS[language];
  const category = isKeyOf(CATEGORIES, open.category) ? CATEGORIES[open.category][language] : '';
  const level = levelOf(open);
  const facts = [
    `${words.category}: ${category}`,
    `${words.resolution}: ${open.resolutionNumber}`,
    `${words.count}: ${open.count}`,
  ];
  const headings = [words.number, ...COLUMNS.map((name) => FIELDS[name][language])];
  const head = headings.map((text) => `<th>${escaped(text)}</th>`).join('');
  const rows = people.map(
    (person) =>
      `<tr>${shownRow(person, level)
        .map((cell, at) => `<td data-heading="${escaped(headings[at] ?? '')}">${escaped(cell)}</td>`)
        .join('')}</tr>`,
  );
  const last = people.at(-1)?.rosterSequence ?? 0;
  const links = [
    ...(more ? [`<a href="/d/${token}?after=${last}" rel="next nofollow">${words.next}</a>`] : []),
    `<a href="/d/${token}" rel="nofollow">${words.first}</a>`,
    `<a href="/d/${token}.csv" rel="nofollow">${words.csv}</a>`,
  ];
  const body = `<p>${escaped(open.institutionName)}</p><p>${facts.map(escaped).join(' · ')}</p><p>${words.intro(open.from, open.until)}</p><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table><p>${links.join(' · ')}</p>${form(language, token)}`;
  return page(language, body);
}

function form(language: Language, token: string): string {
  const words = WORDS[language];
  return `<h2>${words.objection}</h2><form method="post" action="/d/${token}/objections"><label>${words.number} <input name="sequence" required inputmode="numeric" pattern="[0-9]{1,9}" autocomplete="off"></label><label>${words.reason} <textarea name="reason" required maxlength="2000" rows="5"></textarea></label><label>${words.name} <input name="name" required maxlength="100"></label><label>${words.contact} <input name="contact" required maxlength="100"></label><p>${words.privacy}</p><button>${words.send}</button></form>`;
}

/** A page that says one thing. */
export function messagePageHtml(
  language: Language,
  what: 'closed' | 'form' | 'long' | 'received' | 'refused',
  details: readonly string[] = [],
): string {
  const words = WORDS[language];
  const list = what === 'refused' ? `<ul>${details.map((one) => `<li>${escaped(one)}</li>`).join('')}</ul>` : '';
  const receipt = what === 'received' ? `<strong>${escaped(details.join(' '))}</strong>` : '';
  return page(language, `<p>${words[what]}${receipt}</p>${list}${what === 'refused' ? `<p>${words.again}</p>` : ''}`);
}

function page(language: Language, body: string): string {
  const { title } = WORDS[language];
  return `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex, nofollow, noarchive"><title>${title}</title><style>${STYLE}</style><h1>${title}</h1>${body}</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
