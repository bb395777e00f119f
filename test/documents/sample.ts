// The four written applications as test data, with as many people as a test asks for.
import type {
  ApplicationData,
  ChangeRequestData,
  DataByKind,
  DeletionRequestData,
  DocumentKind,
  EvidenceReference,
  ListedPerson,
  Opinion,
  RevocationReportData,
  SupplementaryReportData,
} from '../../src/documents/wording/data.ts';

const NAMES = ['张㛃', '李䶮', '欧阳铉喆', '阿卜杜拉·买买提江', '王垚', 'Nguyễn Thị Minh Khai', '司马昱', '陈晓'];
const DISCIPLINES = ['0401 教育学', '0251 金融', '0701 数学', '0852 工程管理与信息技术', '1201 管理科学与工程'];
const DIGEST = 'dbcc094b2f20bb87d6bc4ec63b99e1a063f1d24adb85426a665062804c50842a';

/** People with names that are hard to print. */
export function people(count: number): ListedPerson[] {
  return Array.from({ length: count }, (_, index) => ({
    sequence: index + 1,
    name: NAMES[index % NAMES.length] ?? '张三',
    sex: index % 2 === 0 ? '女' : '男',
    studentNumber: `21101${String(70123 + index)}`,
    category: index % 3 === 1 ? '专业学位硕士' : '学术学位硕士',
    discipline: DISCIPLINES[index % DISCIPLINES.length] ?? '',
    conferralDate: '2025-12-26',
    certificateNumber: `104473202500${String(1000 + index)}`,
  }));
}

/** Files bound in by digest. */
export function evidence(...titles: string[]): EvidenceReference[] {
  return titles.map((title, index) => ({
    title,
    fileName: `material-${index + 1}.${index % 2 === 0 ? 'pdf' : 'jpg'}`,
    mediaType: index % 2 === 0 ? 'application/pdf' : 'image/jpeg',
    digest: DIGEST.slice(index) + DIGEST.slice(0, index),
  }));
}

/** The four opinions given inside the house. */
export function opinions(): Opinion[] {
  const one = (role: string, opinion: string, officerName: string, officeName: string, day: number): Opinion => ({
    ...{ role, opinion, officerName, officeName },
    date: `2026-03-${day}`,
    step: day === 18 ? null : { leafIndex: 1000 + day, leafHash: DIGEST.slice(day) + DIGEST.slice(0, day) },
  });
  return [
    one('经办人意见', '情况属实，材料齐全，申请上报。', '王立新', '研究生处', 12),
    one('校核人意见', '经与授予学位的决议及学籍学历信息核对，内容一致', '刘㛃', '研究生处', 13),
    one('部门负责人意见', '同意上报。', '赵国强', '研究生处', 16),
    one('学位评定委员会办公室意见', '同意，用印上报。', '孙明', '学位评定委员会办公室', 18),
  ];
}

function common(kind: DocumentKind, reason: string): ApplicationData {
  const seal = { text: '聊城大学学位评定委员会办公室', diameterMm: 42, demo: true };
  return {
    institutionName: '聊城大学',
    senderName: '聊城大学学位评定委员会办公室',
    documentNumber: '聊大学位办函〔2026〕3号',
    addressees: ['山东省学位委员会办公室'],
    copies: [],
    sheet: {
      officeName: '研究生处',
      caseNumber: 'BB-2026-0003',
      categoryName: '学术学位硕士',
      reason,
      opinions: opinions(),
    },
    evidence: [],
    contact: { name: '王立新', phone: '0635-8230000' },
    date: '2026-03-18',
    seal,
    verification: {
      code: '7QK3-M9TD-2F8A',
      url: 'https://xwxx.lcu.edu.cn/v/7QK3-M9TD-2F8A',
      dataDigest: DIGEST,
    },
    machineData: { kind, 乙: null, 甲: [1, true, '㛃'] },
  };
}

const resolution = {
  number: '聊大学位〔2025〕17号',
  meeting: '第十二次',
  decidedOn: '2025-12-26',
  effectiveOn: '2025-12-26',
};

/** A supplementary report. */
export function sample(count: number, more: Partial<SupplementaryReportData> = {}): SupplementaryReportData {
  const reason = `${count}名学位获得者姓名含生僻字，业务系统字符集未覆盖，致使信息未能在决议生效之日起15日内上报。`;
  return {
    ...common('supplementary-report', reason),
    evidence: evidence(`学位评定委员会授予学位的决议（${resolution.number}）扫描件`),
    resolution,
    deadline: '2026-01-10',
    daysLate: 67,
    reason,
    measures:
      '一是升级业务系统字符集，对姓名含生僻字的学位获得者在入学时即予登记；二是在期限届满前第5日由系统自动提醒。',
    collectorName: '王立新',
    checkerName: '刘㛃',
    people: people(count),
    machineData: { kind: 'supplementary-report', people: count, 乙: null, 甲: [1, true, '㛃'] },
    ...more,
  };
}

/** A change request: two fields of the first person, one or two of every other. */
export function change(count: number, more: Partial<ChangeRequestData> = {}): ChangeRequestData {
  const reason = '学位获得者姓名中的生僻字在原业务系统中无法录入，采集时以同音字代替，上报前未予更正。';
  const files = ['公安机关出具的姓名证明', '学籍学历信息核对记录', '学位证书（存根）复印件'];
  return {
    ...common('change-request', reason),
    evidence: evidence(...files),
    reason,
    finding: '经核对户籍证明、学籍档案和授予学位的决议，上述信息确属采集时录入有误，决议及学位证书所载内容正确',
    people: people(count).map((person, index) => ({
      ...person,
      filedOn: '2026-01-20',
      changes: [
        { label: '姓名', before: person.name.replace(/^./u, '章'), after: person.name, evidence: files.slice(0, 1) },
        ...(index % 2 === 0
          ? [
              {
                label: '论文题目',
                before: '基于深度学习的小麦病害图像识别方法研究',
                after: '基于深度学习的小麦病害图像识别方法及其在黄河三角洲地区的应用研究',
                evidence: files.slice(1),
              },
            ]
          : []),
      ],
    })),
    ...more,
  };
}

/** A deletion request. */
export function deletion(count: number, more: Partial<DeletionRequestData> = {}): DeletionRequestData {
  const reason = '2026年1月系统升级期间，同一批次的数据文件被两次导入，第二次导入的信息未经比对即予上报。';
  return {
    ...common('deletion-request', reason),
    evidence: evidence('重复上报信息比对表', '授予学位的决议扫描件'),
    foundOn: '2026-03-02',
    reason,
    finding: '经核查，拟删除的信息与已备案的另一条信息属同一人同一学位，学位证书编号仅尾号录入不同，该编号未制发证书。',
    people: people(count).map((person) => ({ ...person, filedOn: '2026-01-20', cause: '重复上报' })),
    ...more,
  };
}

/** A revocation report; every fifth person of several waived being heard. */
export function revocation(count: number, more: Partial<RevocationReportData> = {}): RevocationReportData {
  return {
    ...common('revocation-report', '学位论文存在抄袭，经调查认定属实。'),
    addressees: ['国务院学位委员会办公室', '山东省学位委员会办公室'],
    copies: ['教育部学位与研究生教育发展中心'],
    signer: '李某某',
    evidence: evidence('学位评定委员会撤销学位的决议', '撤销学位决定书及送达凭证', '调查认定材料、陈述申辩记录'),
    resolution: {
      ...{ number: '聊大学位〔2026〕5号', meeting: '第十四次', decidedOn: '2026-03-10', effectiveOn: '2026-03-10' },
      ...{ members: 25, present: 21, yes: 19, no: 1, abstain: 1 },
    },
    ground: 1,
    groundName: '学位论文被认定存在抄袭等学术不端行为',
    facts: '学位论文第三章与他人已发表论文的文字重合率达百分之六十四，且未注明出处，属于抄袭',
    proofs: '论文比对报告、校外专家鉴定意见及本人书面陈述',
    deadline: '2026-03-20',
    people: people(count).map((person, index) => ({
      ...person,
      birthDate: '1996-05-04',
      filedOn: '2026-01-20',
      noticeOn: '2026-02-20',
      hearingOn: count > 1 && index % 5 === 4 ? null : '2026-03-02',
      hearingResult: count > 1 && index % 5 === 4 ? '' : '陈述申辩理由不成立，不予采纳',
      deliveredOn: '2026-03-13',
      certificateHandling: '学位证书已收回并注销。',
    })),
    ...more,
  };
}

/** Any kind with as many people. */
export const samples: { readonly [Kind in DocumentKind]: (count: number) => DataByKind[Kind] } = {
  'supplementary-report': sample,
  'change-request': change,
  'deletion-request': deletion,
  'revocation-report': revocation,
};
