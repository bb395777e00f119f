// 更改请示 (R15.1): to the provincial office, with every field as it was filed, as it should be, and the evidence for it.
import { approvalSheet } from '../approval-sheet.ts';
import type { Annex, Column, List, OfficialLetter } from '../letter.ts';
import type { RichText } from '../typeset/shape.ts';
import type { ChangedField, ChangeRequestData } from './data.ts';
import {
  attach,
  body,
  COLUMNS,
  cited,
  common,
  filing,
  freeText,
  heading,
  identity,
  levelPieces,
  named,
  whom,
} from './words.ts';

/** The letter of a change request: for one person the fields stand in it, for more in a list. */
export function changeRequest(data: ChangeRequestData): OfficialLetter {
  const { people } = data;
  const [first] = people;
  const one = people.length === 1 ? first : undefined;
  const count = people.reduce((sum, person) => sum + person.changes.length, 0);
  const annexes = one === undefined ? [sheet(data), list(data, count)] : [sheet(data)];
  return {
    ...common(data),
    titlePieces: [data.institutionName, '关于更改', ...whom(people), ...levelPieces(people), '授予信息', '的请示'],
    body: [
      ...(one === undefined
        ? [
            body(
              '我校报送的学位授予信息中，有',
              ...whom(people),
              `的${count}项信息与事实不符，需予更改。上述人员的学位授予信息${filing(people)}。现将有关情况请示如下。`,
            ),
          ]
        : [
            body(
              named(one.name),
              `，${identity(one)}，其学位授予信息${filing(people)}。经核查，其中${count}项信息与事实不符，需予更改。` +
                '现将有关情况请示如下。',
            ),
          ]),
      heading('一、更改原因'),
      ...freeText(data.reason),
      heading('二、更改内容'),
      ...(one === undefined
        ? [body(`拟更改的信息共${count}项，涉及${people.length}人，备案内容、更改后内容及依据逐项列于附件2。`)]
        : [
            body('拟更改的信息项、备案内容、更改后内容及依据如下：'),
            table(one.changes.map((change, index) => [String(index + 1), ...cells(change, data, annexes.length)])),
          ]),
      heading('三、核查情况'),
      ...freeText(data.finding),
      body('更改后的信息与授予学位的决议及学籍学历信息一致，不涉及学位获得者身份的变更。'),
      heading('四、请示事项'),
      body(
        '现申请通过学位授予信息报送（备案）系统更改上述学位授予信息，有关材料已同时上传。' +
          '更改前的信息及全部原始记录由我校留存备查。',
      ),
    ],
    closing: '妥否，请批示。',
    ...attach(annexes, data),
  };
}

const FIELD_COLUMNS: readonly Column[] = [
  { heading: '信息项', fixed: false },
  { heading: '备案内容', fixed: false, name: true },
  { heading: '更改后内容', fixed: false, name: true },
  { heading: '依据', fixed: false },
];

/** A field as cells. With one annex there is room for the titles of the evidence, in the list of many people its numbers have to do. */
function cells(change: ChangedField, data: ChangeRequestData, annexes: number): string[] {
  const evidence = change.evidence.map((title) => cited(title, data, annexes));
  return [change.label, change.before || '（空）', change.after || '（空）', evidence.join('\n')];
}

function table(rows: List['rows']): List {
  return { kind: 'list', columns: [COLUMNS.sequence, ...FIELD_COLUMNS], rows };
}

function list(data: ChangeRequestData, count: number): Omit<Annex, 'label'> {
  const { people } = data;
  const rows = people.flatMap((person) =>
    person.changes.map((change) => [
      String(person.sequence),
      person.name,
      person.certificateNumber,
      ...cells(change, data, 2),
    ]),
  );
  const columns = [COLUMNS.sequence, COLUMNS.name, COLUMNS.certificateNumber, ...FIELD_COLUMNS];
  return {
    title: `申请更改学位授予信息明细（${people.length}人）`,
    parts: [{ table: { kind: 'list', columns, rows }, note: `（共${people.length}人${count}项，以下空白）` }],
  };
}

/** The sheet lists no more fields than this side by side; the letter has them all. */
const LISTED = 6;

function sheet(data: ChangeRequestData): Omit<Annex, 'label'> {
  const { people } = data;
  const [first] = people;
  const several = people.length !== 1 || first === undefined;
  const say = (side: 'before' | 'after'): RichText[] => {
    if (several) return [['见附件2']];
    if (first.changes.length > LISTED) return [[`共${first.changes.length}项，见正文`]];
    return first.changes.map((change) => [`${change.label}：`, named(change[side] || '（空）')]);
  };
  return approvalSheet(data, {
    title: '学位授予信息更改申请表',
    people,
    reasonLabel: '更改原因',
    provincial: '省学位委员会办公室意见',
    facts: [],
    before: { label: '原备案信息', lines: say('before') },
    after: { label: '拟更改为', lines: say('after') },
  });
}
