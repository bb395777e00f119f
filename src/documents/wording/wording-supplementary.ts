// 补报请示 (R11.6): to the provincial office, with reason, cross-check, measures and the people.
import { approvalSheet, type SheetFacts } from '../approval-sheet.ts';
import type { Annex, OfficialLetter } from '../letter.ts';
import type { ListedPerson, SupplementaryReportData } from './data.ts';
import { chineseDate } from './dates.ts';
import {
  attach,
  body,
  COLUMNS,
  common,
  freeText,
  heading,
  identity,
  levelPieces,
  meetingName,
  named,
} from './words.ts';

/** The letter of a supplementary report: one person is named in it, more stand in a list. */
export function supplementaryReport(data: SupplementaryReportData): OfficialLetter {
  const { resolution, people } = data;
  const [first] = people;
  const one = people.length === 1 ? first : undefined;
  const those = one === undefined ? `上述${people.length}名学位获得者` : '该学位获得者';
  const annexes = one === undefined ? [sheet(data), list(people)] : [sheet(data)];
  return {
    ...common(data),
    titlePieces: [data.institutionName, '关于补报', ...levelPieces(people), '授予信息', '的请示'],
    body: [
      body(
        `${chineseDate(resolution.decidedOn)}，我校召开${meetingName(resolution.meeting)}，审议通过授予学位的决议` +
          `（${resolution.number}），决议自${chineseDate(resolution.effectiveOn)}起生效。按照学位授予信息管理的有关规定，` +
          `上述学位授予信息最迟应于${chineseDate(data.deadline)}上报。`,
        ...(one === undefined
          ? [`因故有${people.length}名学位获得者的学位授予信息`]
          : ['因故有', named(one.name), `（${identity(one)}）的学位授予信息`]),
        `未能按期上报，至今逾期${data.daysLate}日。现将有关情况请示如下。`,
      ),
      heading('一、未能按期上报的原因'),
      ...freeText(data.reason),
      heading('二、信息采集与校核情况'),
      body(
        `经查，${those}的学位授予程序完备，姓名、学位类别、学科专业、获学位日期、学位证书编号等关键信息` +
          '与授予学位的决议一致，其他信息已与学籍学历信息核对无误。信息由',
        named(data.collectorName),
        '采集、',
        named(data.checkerName),
        '校核，采集与校核由不同人员完成。',
      ),
      heading('三、改进措施'),
      ...freeText(data.measures),
      heading('四、请示事项'),
      body(
        `现申请通过学位授予信息报送（备案）系统补报${those}的学位授予信息${one === undefined ? '（名单见附件2）' : ''}，` +
          '补报内容与正常报送的要求一致。',
      ),
    ],
    closing: '妥否，请批示。',
    ...attach(annexes, data),
  };
}

function sheet(data: SupplementaryReportData): Omit<Annex, 'label'> {
  const facts: SheetFacts = {
    title: '学位授予信息补报申请表',
    people: data.people,
    reasonLabel: '逾期原因',
    provincial: '省学位委员会办公室意见',
    facts: [
      { label: '授予学位决议', text: data.resolution.number },
      { label: '上报期限', text: `${chineseDate(data.deadline)}（已逾期${data.daysLate}日）` },
    ],
  };
  return approvalSheet(data, facts);
}

function list(people: readonly ListedPerson[]): Omit<Annex, 'label'> {
  return {
    title: `申请补报学位获得者名单（${people.length}人）`,
    parts: [
      {
        table: {
          kind: 'list',
          columns: Object.values(COLUMNS),
          rows: people.map((person) => [
            String(person.sequence),
            person.name,
            person.sex,
            person.studentNumber,
            person.category,
            person.discipline,
            person.conferralDate,
            person.certificateNumber,
          ]),
        },
        note: `（共${people.length}人，以下空白）`,
      },
    ],
  };
}
