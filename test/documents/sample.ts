// A supplementary report as test data, with as many people as a test asks for.
import type { ListedPerson, SupplementaryReportData } from '../../src/documents/data.ts';

const NAMES = ['张㛃', '李䶮', '欧阳铉喆', '阿卜杜拉·买买提江', '王垚', 'Nguyễn Thị Minh Khai', '司马昱', '陈晓'];
const DISCIPLINES = ['0401 教育学', '0251 金融', '0701 数学', '0852 工程管理与信息技术', '1201 管理科学与工程'];

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

/** The whole document. */
export function sample(count: number, more: Partial<SupplementaryReportData> = {}): SupplementaryReportData {
  return {
    institutionName: '聊城大学',
    senderName: '聊城大学学位评定委员会办公室',
    documentNumber: '聊大学位办函〔2026〕3号',
    addressee: '山东省学位委员会办公室',
    resolution: {
      number: '聊大学位〔2025〕17号',
      meeting: '第十二次',
      decidedOn: '2025-12-26',
      effectiveOn: '2025-12-26',
    },
    deadline: '2026-01-10',
    daysLate: 67,
    reason: `${count}名学位获得者姓名含生僻字，业务系统字符集未覆盖，致使信息未能在决议生效之日起15日内上报。`,
    measures:
      '一是升级业务系统字符集，对姓名含生僻字的学位获得者在入学时即予登记；二是在期限届满前第5日由系统自动提醒。',
    collectorName: '王立新',
    checkerName: '刘㛃',
    people: people(count),
    attachments: [],
    contact: { name: '王立新', phone: '0635-8230000' },
    date: '2026-03-18',
    seal: { text: '聊城大学学位评定委员会办公室', diameterMm: 42, demo: true },
    verification: {
      code: '7QK3-M9TD-2F8A',
      url: 'https://xwxx.lcu.edu.cn/v/7QK3-M9TD-2F8A',
      dataDigest: 'dbcc094b2f20bb87d6bc4ec63b99e1a063f1d24adb85426a665062804c50842a',
    },
    machineData: { kind: 'supplementary-report', people: count, 乙: null, 甲: [1, true, '㛃'] },
    ...more,
  };
}
