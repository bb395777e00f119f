// 删除请示 (R15.1): to the provincial office; it says that no degree lawfully conferred is touched and that it is no revocation.
import { approvalSheet } from '../approval-sheet.ts';
import type { Annex, OfficialLetter } from '../letter.ts';
import type { DeletionRequestData } from './data.ts';
import { chineseDate } from './dates.ts';
import {
  attach,
  body,
  COLUMNS,
  common,
  filing,
  freeText,
  heading,
  identity,
  levelPieces,
  named,
  phrase,
  whom,
} from './words.ts';

/** The letter of a deletion request: one person is named in it, more stand in a list. */
export function deletionRequest(data: DeletionRequestData): OfficialLetter {
  const { people } = data;
  const [first] = people;
  const one = people.length === 1 ? first : undefined;
  const found = `我校在${chineseDate(data.foundOn)}的核查中发现，`;
  const annexes = one === undefined ? [sheet(data), list(data)] : [sheet(data)];
  return {
    ...common(data),
    titlePieces: [data.institutionName, '关于删除', ...whom(people), ...levelPieces(people), '授予信息', '的请示'],
    body: [
      one === undefined
        ? body(
            found,
            ...whom(people),
            `的学位授予信息被错误报送（名单及错误情形见附件2），${filing(people)}。现将有关情况请示如下。`,
          )
        : body(
            found,
            named(one.name),
            `（${identity(one)}）的学位授予信息因${phrase(one.cause)}被错误报送，${filing(people)}。现将有关情况请示如下。`,
          ),
      heading('一、错误报送的原因'),
      ...freeText(data.reason),
      heading('二、核查情况'),
      ...freeText(data.finding),
      body('删除上述信息不影响任何已依法授予的学位，不属于撤销学位的情形。'),
      heading('三、请示事项'),
      body(
        '为保证学位授予信息真实、准确，现申请通过学位授予信息报送（备案）系统删除上述学位授予信息，有关材料已同时上传。' +
          '删除后，全部原始记录由我校留存备查。',
      ),
    ],
    closing: '妥否，请批示。',
    ...attach(annexes, data),
  };
}

function list({ people }: DeletionRequestData): Omit<Annex, 'label'> {
  const { sequence, name, category, discipline, conferralDate, certificateNumber } = COLUMNS;
  return {
    title: `申请删除的学位授予信息名单（${people.length}人）`,
    parts: [
      {
        table: {
          kind: 'list',
          columns: [
            ...[sequence, name, category, discipline, conferralDate, certificateNumber],
            { heading: '备案日期', fixed: true },
            { heading: '错误情形', fixed: false },
          ],
          rows: people.map((person) => [
            String(person.sequence),
            person.name,
            person.category,
            person.discipline,
            person.conferralDate,
            person.certificateNumber,
            person.filedOn ?? '未备案',
            phrase(person.cause),
          ]),
        },
        note: `（共${people.length}人，以下空白）`,
      },
    ],
  };
}

function sheet(data: DeletionRequestData): Omit<Annex, 'label'> {
  const [first] = data.people;
  const cause = data.people.length === 1 && first !== undefined ? phrase(first.cause) : '见附件2';
  return approvalSheet(data, {
    title: '学位授予信息删除申请表',
    people: data.people,
    reasonLabel: '删除原因',
    provincial: '省学位委员会办公室意见',
    facts: [
      { label: '发现日期', text: chineseDate(data.foundOn) },
      { label: '错误情形', text: cause },
    ],
  });
}
