// 撤销报告 (R16.1; 学位法 arts 10, 37, 39): to the national and the provincial office, with ground, hearing, votes, service and certificate.
import { approvalSheet } from '../approval-sheet.ts';
import type { Annex, Column, OfficialLetter, Paragraph } from '../letter.ts';
import type { RevocationReportData, RevocationResolutionReference, RevokedPerson } from './data.ts';
import { chineseDate, daysAfter } from './dates.ts';
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
  phrase,
  whom,
} from './words.ts';

const LAW = '《中华人民共和国学位法》';
const ITEMS = { 1: '一', 2: '二', 3: '三' } as const;

/** The letter of a revocation report: one person is named in it, more stand in a list. */
export function revocationReport(data: RevocationReportData): OfficialLetter {
  const { people, resolution } = data;
  const [first] = people;
  const one = people.length === 1 ? first : undefined;
  const annexes = one === undefined ? [sheet(data), list(people)] : [sheet(data)];
  const their = one === undefined ? '上述人员' : '其';
  return {
    ...common(data),
    titlePieces: [
      data.institutionName,
      '关于撤销',
      ...whom(people),
      ...(one ? levelPieces(people) : ['学位']),
      '的报告',
    ],
    body: [
      one === undefined
        ? body(
            ...whom(people),
            `在我校获得的学位已依法撤销，有关人员的基本情况见附件2。现将撤销学位的有关情况报告如下。`,
          )
        : body(named(one.name), `，${identity(one, one.birthDate)}。${their}学位已依法撤销，现将有关情况报告如下。`),
      heading('一、事实和依据'),
      ...freeText(data.facts),
      body(
        `上述事实有${phrase(data.proofs)}证实，属于${LAW}第三十七条第（${ITEMS[data.ground]}）项规定的情形：${phrase(data.groundName)}。`,
      ),
      heading('二、告知和听取陈述申辩'),
      ...hearing(people),
      heading('三、学位评定委员会决议'),
      votes(resolution, one === undefined ? '撤销上述人员学位' : `撤销${their}${levelPieces(people).join('')}`),
      heading('四、送达和学位证书处理'),
      ...service(people),
      heading('五、信息报送'),
      body(
        `按照学位授予信息管理的有关规定，撤销学位的情况应在决议生效之日起10日内书面报告，最迟为${chineseDate(data.deadline)}。` +
          `${punctuality(data)}撤销学位的信息及有关材料已同时上传学位授予信息报送（备案）系统。`,
      ),
    ],
    closing: '特此报告。',
    ...attach(annexes, data),
  };
}

/** 学位法 art. 39: told content, facts, reasons and basis, and heard. */
function hearing(people: readonly RevokedPerson[]): Paragraph[] {
  const [first] = people;
  const same =
    first !== undefined && people.every((one) => one.noticeOn === first.noticeOn && one.hearingOn === first.hearingOn);
  const told = '书面告知拟作出撤销学位决定的内容及事实、理由、依据，并告知依法享有陈述和申辩的权利。';
  if (!same) {
    const heard = people.filter(({ hearingOn }) => hearingOn !== null).length;
    const waived = people.length - heard;
    return [
      body(
        `作出决议前，我校已分别向上述人员${told}其中${heard}人已听取陈述和申辩` +
          `${waived > 0 ? `，${waived}人放弃陈述和申辩` : ''}，各人的告知、听取日期及结果见附件2。`,
      ),
    ];
  }
  const whose = people.length === 1 ? '本人' : '上述人员';
  const result = people.length === 1 ? first.hearingResult : '各人陈述申辩的结果见附件2';
  const heard =
    first.hearingOn === null
      ? `${whose}放弃陈述和申辩`
      : `${chineseDate(first.hearingOn)}，我校听取了${whose}的陈述和申辩`;
  return [
    body(
      `${chineseDate(first.noticeOn)}，我校向${whose}${told}${heard}` +
        `${phrase(result) === '' ? '' : `，${phrase(result)}`}。`,
    ),
  ];
}

/** The meeting with its arithmetic (学位法 art. 10). What the votes do not bear out is not said. */
function votes(resolution: RevocationResolutionReference, what: string): Paragraph {
  const { members, present, yes, no, abstain } = resolution;
  const lawful = 3 * present >= 2 * members && 2 * yes > members && yes + no + abstain === present;
  return body(
    `${chineseDate(resolution.decidedOn)}，我校召开${meetingName(resolution.meeting)}，应到${members}人，实到${present}人。` +
      `经投票表决，同意${yes}票、反对${no}票、弃权${abstain}票，作出${what}的决议（${resolution.number}），` +
      `决议自${chineseDate(resolution.effectiveOn)}起生效。` +
      (lawful ? `出席人数达到全体组成人员的三分之二以上，同意票超过全体组成人员的半数，符合${LAW}第十条的规定。` : ''),
  );
}

function service(people: readonly RevokedPerson[]): Paragraph[] {
  const [first] = people;
  if (first === undefined) return [];
  const served = '并告知申请复核等救济权利。';
  if (people.length === 1) {
    return [
      body(`撤销学位决定书已于${chineseDate(first.deliveredOn)}送达，${served}`),
      ...freeText(first.certificateHandling),
    ];
  }
  const same = people.every((one) => one.deliveredOn === first.deliveredOn);
  const when = same ? `已于${chineseDate(first.deliveredOn)}送达` : '已分别送达';
  return [body(`撤销学位决定书${when}，${served}各人的送达日期和学位证书处理情况见附件2。`)];
}

/** In time or not: the document never claims the one when its date says the other. */
function punctuality({ date, deadline, lateReason = '' }: RevocationReportData): string {
  const late = daysAfter(deadline, date);
  if (late === undefined) return '';
  if (late <= 0) return '本报告在规定期限内报送。';
  const why = lateReason.trim().replace(/[。．.；;]+$/, '');
  return why === '' ? `本报告已逾期${late}日。` : `本报告已逾期${late}日，原因如下：${why}。`;
}

function list(people: readonly RevokedPerson[]): Omit<Annex, 'label'> {
  const { sequence, name, sex, category, discipline, conferralDate, certificateNumber } = COLUMNS;
  const result: Column = { heading: '陈述申辩结果', fixed: false };
  return {
    title: `撤销学位人员名单（${people.length}人）`,
    parts: [
      {
        heading: '一、基本情况',
        table: {
          kind: 'list',
          columns: [
            ...[sequence, name, sex, { heading: '出生日期', fixed: true }],
            ...[category, discipline, conferralDate, certificateNumber],
          ],
          rows: people.map((person) => [
            ...[String(person.sequence), person.name, person.sex, person.birthDate],
            ...[person.category, person.discipline, person.conferralDate, person.certificateNumber],
          ]),
        },
      },
      {
        heading: '二、告知、听取、送达和学位证书处理',
        table: {
          kind: 'list',
          columns: [
            ...[sequence, name, { heading: '备案日期', fixed: true }, { heading: '告知日期', fixed: true }],
            ...[{ heading: '听取日期', fixed: true }, result, { heading: '送达日期', fixed: true }],
            { heading: '学位证书处理', fixed: false },
          ],
          rows: people.map((person) => [
            ...[String(person.sequence), person.name, person.filedOn ?? '未备案', person.noticeOn],
            ...[person.hearingOn ?? '放弃', phrase(person.hearingResult) || '—', person.deliveredOn],
            phrase(person.certificateHandling),
          ]),
        },
        note: `（共${people.length}人，以下空白）`,
      },
    ],
  };
}

function sheet(data: RevocationReportData): Omit<Annex, 'label'> {
  const { resolution } = data;
  return approvalSheet(data, {
    title: '撤销学位信息报送审批表',
    people: data.people,
    reasonLabel: '撤销事由',
    provincial: '省学位委员会办公室确认',
    facts: [
      { label: '撤销学位决议', text: resolution.number },
      { label: '决议生效日期', text: chineseDate(resolution.effectiveOn) },
      { label: '法律依据', text: `学位法第三十七条第（${ITEMS[data.ground]}）项` },
      {
        label: '表决结果',
        text: `应到${resolution.members}人，实到${resolution.present}人；同意${resolution.yes}票、反对${resolution.no}票、弃权${resolution.abstain}票`,
      },
    ],
  });
}
