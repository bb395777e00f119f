// Turns of phrase that the written applications share: people, levels, dates, attachments, and an officer's own text as paragraphs.

import type { Annex, Column, OfficialLetter, Paragraph } from '../letter.ts';
import type { RichText, Span } from '../typeset/shape.ts';
import type { ApplicationData, ListedPerson } from './data.ts';
import { chineseDate } from './dates.ts';

/** A heading 一、. */
export function heading(text: string): Paragraph {
  return { role: 'heading1', text: [text] };
}

/** A paragraph of the text. */
export function body(...text: RichText): Paragraph {
  return { role: 'body', text };
}

/** A name, kept in one face. */
export function named(text: string): Span {
  return { text, name: true };
}

/** What an officer wrote, one string for each line that is not empty, each with an end mark. */
export function sentences(text: string): string[] {
  const lines = text
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => line.replace(/^[\s\u3000]+|[\s\u3000]+$/g, ''))
    .filter((line) => line !== '');
  return lines.map((line) => (/[。！？；：…)）”.!?;:]$/.test(line) ? line : `${line}。`));
}

/** What an officer wrote, as paragraphs. */
export function freeText(text: string): Paragraph[] {
  return sentences(text).map((line) => body(line));
}

/** A phrase inside a sentence: an officer's own end mark is taken off, the sentence has one of its own. */
export function phrase(text: string): string {
  return sentences(text)
    .map((line) => line.replace(/[。；;.]+$/, ''))
    .join('；');
}

/** A meeting with its committee and the word 会议, said once each however the officer wrote its name. */
export function meetingName(meeting: string): string {
  const committee = meeting.includes('学位评定委员会') ? '' : '学位评定委员会';
  return `${committee}${meeting}${meeting.includes('会议') ? '' : '会议'}`;
}

const LEVELS = ['学士', '硕士', '博士'];

/** 学士、硕士学位 when every category says its level; only 学位 when one does not, for a title must not claim too much. */
export function levelPieces(people: readonly ListedPerson[]): string[] {
  const levels = people.map(({ category }) => LEVELS.find((level) => category.includes(level)));
  if (levels.length === 0 || levels.includes(undefined)) return ['学位'];
  const found = LEVELS.filter((level) => levels.includes(level));
  return found.map((level, index) => (index < found.length - 1 ? `${level}、` : `${level}学位`));
}

/** 张三 or 张三等3人, as it reads in a title or a sentence. */
export function whom(people: readonly ListedPerson[]): (string | Span)[] {
  const first = named(people[0]?.name ?? '');
  return people.length === 1 ? [first] : [first, `等${people.length}人`];
}

/** 女，学号2110170123，学术学位硕士，学科专业0401教育学 …: who the one person of an application is. `born`: YYYY-MM-DD. */
export function identity(person: ListedPerson, born?: string): string {
  const { sex, studentNumber, category, discipline, conferralDate, certificateNumber } = person;
  return [
    sex,
    born === undefined ? '' : `${chineseDate(born)}出生`,
    studentNumber === '' ? '' : `学号${studentNumber}`,
    category,
    discipline === '' ? '' : `学科专业${closed(discipline)}`,
    conferralDate === '' ? '' : `获学位日期${chineseDate(conferralDate)}`,
    certificateNumber === '' ? '' : `学位证书编号${certificateNumber}`,
  ]
    .filter((part) => part !== '')
    .join('，');
}

/** 0401 教育学 without the space that a table has between code and name. */
export function closed(discipline: string): string {
  return discipline.replace(/^([0-9A-Za-z]+) (?=\p{Script=Han})/u, '$1');
}

/** Whether and when the records were filed, as the end of a sentence whose subject they are. */
export function filing(people: readonly { filedOn: string | null }[]): string {
  const dates = [...new Set(people.map(({ filedOn }) => filedOn))];
  const [only] = dates;
  if (dates.length === 1 && only !== undefined) {
    return only === null ? '已经上报，尚未备案' : `已于${chineseDate(only)}备案`;
  }
  const waiting = people.filter(({ filedOn }) => filedOn === null).length;
  if (waiting === 0) return '均已备案';
  return `已备案${people.length - waiting}人，已经上报、尚未备案${waiting}人`;
}

/** Columns that lists of people begin with. */
export const COLUMNS = {
  sequence: { heading: '序号', fixed: true },
  name: { heading: '姓名', fixed: false, name: true },
  sex: { heading: '性别', fixed: true },
  studentNumber: { heading: '学号', fixed: true },
  category: { heading: '学位类别', fixed: false },
  discipline: { heading: '学科专业', fixed: false },
  conferralDate: { heading: '获学位日期', fixed: true },
  certificateNumber: { heading: '学位证书编号', fixed: true },
} as const satisfies Record<string, Column>;

/** What every letter takes from its data as it is. */
export function common(data: ApplicationData) {
  const { senderName, documentNumber, addressees, copies, signer, contact, date, seal, verification } = data;
  return {
    ...{ senderName, documentNumber, addressees, copies, date, seal, verification, machineData: data.machineData },
    ...(signer === undefined ? {} : { signer }),
    ...(contact === undefined ? {} : { contact }),
  };
}

/** Numbers the annexes and lists all attachments: the annexes, then the evidence, in the order in which they stand (GB/T 9704-2012, 7.3.4). */
export function attach(
  annexes: readonly Omit<Annex, 'label'>[],
  data: ApplicationData,
): Pick<OfficialLetter, 'annexes' | 'attachments'> {
  // One attachment alone has no number.
  const only = annexes.length + data.evidence.length === 1;
  return {
    annexes: annexes.map((annex, index) => ({ ...annex, label: only ? '附件' : `附件${index + 1}` })),
    attachments: [...annexes.map(({ title }) => title), ...data.evidence.map(({ title }) => title)],
  };
}

/** A piece of evidence: 户口簿复印件（附件2）in the text, in a list behind the letter only 附件3. A title that is not among the evidence stands alone. */
export function cited(title: string, data: ApplicationData, annexes: number): string {
  const index = data.evidence.findIndex((piece) => piece.title === title);
  if (index < 0) return title;
  const number = `附件${annexes + index + 1}`;
  return annexes > 1 ? number : `${title}（${number}）`;
}
