// The wording of the written applications: one row for each kind, from its data to a letter. Nothing here knows how it is set.
import type { ListedPerson, SupplementaryReportData } from './data.ts';
import { chineseDate } from './dates.ts';
import type { Column, OfficialLetter, Paragraph } from './letter.ts';
import type { RichText } from './shape.ts';

/** The data behind each kind of document. A new kind is a row here and a row in `wordings`; the compiler names the second. */
interface DataByKind {
  supplementaryReport: SupplementaryReportData;
}

/** Kinds of documents that can be printed. */
export type DocumentKind = keyof DataByKind;

/** One function for each kind: data in, letter out. */
export const wordings: { readonly [Kind in DocumentKind]: (data: DataByKind[Kind]) => OfficialLetter } = {
  supplementaryReport,
};

/** 补报请示 (R11.6): to the provincial office, with reason, cross-check, measures and the list of people. */
function supplementaryReport(data: SupplementaryReportData): OfficialLetter {
  const { resolution } = data;
  const count = data.people.length;
  return {
    titlePieces: [data.institutionName, '关于补报', ...levelPieces(data.people), '授予信息', '的请示'],
    senderName: data.senderName,
    documentNumber: data.documentNumber,
    addressee: data.addressee,
    ...(data.signer === undefined ? {} : { signer: data.signer }),
    paragraphs: [
      body(
        `${chineseDate(resolution.decidedOn)}，我校召开${meetingName(resolution.meeting)}，审议通过授予学位的决议` +
          `（${resolution.number}），决议自${chineseDate(resolution.effectiveOn)}起生效。按照学位授予信息管理的有关规定，` +
          `上述学位授予信息最迟应于${chineseDate(data.deadline)}上报。因故有${count}名学位获得者的学位授予信息` +
          `未能按期上报，至今逾期${data.daysLate}日。现将有关情况请示如下。`,
      ),
      heading('一、未能按期上报的原因'),
      ...freeText(data.reason),
      heading('二、信息采集与校核情况'),
      body(
        `经查，上述${count}名学位获得者的学位授予程序完备，姓名、学位类别、学科专业、获学位日期、学位证书编号等关键信息` +
          '与授予学位的决议一致，其他信息已与学籍学历信息核对无误。信息由',
        { text: data.collectorName, name: true },
        '采集、',
        { text: data.checkerName, name: true },
        '校核，采集与校核由不同人员完成。',
      ),
      heading('三、改进措施'),
      ...freeText(data.measures),
      heading('四、请示事项'),
      body(
        `现申请通过学位授予信息报送（备案）系统补报上述${count}名学位获得者的学位授予信息（名单见附件1），` +
          '补报内容与正常报送的要求一致。',
      ),
    ],
    closing: '妥否，请批示。',
    attachments: [
      `申请补报学位获得者名单（${count}人）`,
      `学位评定委员会授予学位的决议（${resolution.number}）扫描件`,
      ...data.attachments,
    ],
    ...(data.contact === undefined ? {} : { contact: data.contact }),
    date: data.date,
    annex: {
      label: '附件1',
      title: '申请补报学位获得者名单',
      columns: PEOPLE_COLUMNS,
      rows: data.people.map((person) => [
        String(person.sequence),
        person.name,
        person.sex,
        person.studentNumber,
        person.category,
        person.discipline,
        person.conferralDate,
        person.certificateNumber,
      ]),
      note: `（共${count}人，以下空白）`,
    },
    seal: data.seal,
    verification: data.verification,
    machineData: data.machineData,
  };
}

const PEOPLE_COLUMNS: readonly Column[] = [
  { heading: '序号', fixed: true },
  { heading: '姓名', fixed: false, name: true },
  { heading: '性别', fixed: true },
  { heading: '学号', fixed: true },
  { heading: '学位类别', fixed: false },
  { heading: '学科专业', fixed: false },
  { heading: '获学位日期', fixed: true },
  { heading: '学位证书编号', fixed: true },
];

const LEVELS = ['学士', '硕士', '博士'];

/** 学士、硕士学位 when every category says its level; only 学位 when one does not, for a title must not claim too much. */
function levelPieces(people: readonly ListedPerson[]): string[] {
  const levels = people.map(({ category }) => LEVELS.find((level) => category.includes(level)));
  if (levels.includes(undefined)) return ['学位'];
  const named = LEVELS.filter((level) => levels.includes(level));
  return named.map((level, index) => (index < named.length - 1 ? `${level}、` : `${level}学位`));
}

function heading(text: string): Paragraph {
  return { role: 'heading1', text: [text] };
}

function body(...text: RichText): Paragraph {
  return { role: 'body', text };
}

/** What an officer wrote: one paragraph for each line that is not empty, each with an end mark. */
function freeText(text: string): Paragraph[] {
  const lines = text
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => line.replace(/^[\s\u3000]+|[\s\u3000]+$/g, ''))
    .filter((line) => line !== '');
  return lines.map((line) => body(/[。！？；：…)）”.!?;:]$/.test(line) ? line : `${line}。`));
}

/** A meeting with its committee and the word 会议, said once each however the officer wrote its name. */
function meetingName(meeting: string): string {
  const committee = meeting.includes('学位评定委员会') ? '' : '学位评定委员会';
  return `${committee}${meeting}${meeting.includes('会议') ? '' : '会议'}`;
}
