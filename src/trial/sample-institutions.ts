// The institutions, offices and officers of the trial: fictitious people around the institution whose regulation Vermilion grew from.
import type { SetUp } from '../procedures/offices/set-up.ts';

/** The password of every sample officer. Production refuses to start while any officer still has it. */
export const TRIAL_PASSWORD = 'vermilion-trial';

const PROVINCE = '37/provincial-office';

function officesOf(code: string, name: string): SetUp['offices'] {
  return [
    { id: `${code}/degree-office`, institution: code, kind: 'degree-office', name: `${name}学位评定委员会办公室` },
    { id: `${code}/graduate-office`, institution: code, kind: 'graduate-office', name: `${name}研究生处` },
    {
      id: `${code}/academic-affairs-office`,
      institution: code,
      kind: 'academic-affairs-office',
      name: `${name}教务处`,
    },
    {
      id: `${code}/continuing-education-office`,
      institution: code,
      kind: 'continuing-education-office',
      name: `${name}继续教育学院`,
    },
  ];
}

/** Sample institution 10447, a fictitious neighbour 10999, and their province. */
export const SAMPLE: SetUp = {
  institutions: [
    {
      code: '10447',
      name: '聊城大学',
      documentPrefix: '聊大学位办函',
      headName: '周明远',
      chairName: '周明远',
      provincialOfficeId: PROVINCE,
    },
    {
      code: '10999',
      name: '东海师范学院',
      documentPrefix: '东海师学位办函',
      headName: '林海生',
      chairName: '林海生',
      provincialOfficeId: PROVINCE,
    },
  ],
  offices: [
    { id: PROVINCE, institution: null, kind: 'provincial-office', name: '山东省学位委员会办公室' },
    ...officesOf('10447', '聊城大学'),
    ...officesOf('10999', '东海师范学院'),
  ],
  officers: [
    {
      loginName: 'xuewei.guan',
      name: '王立新',
      office: '10447/degree-office',
      duties: ['report', 'collect', 'administer'],
    },
    { loginName: 'xuewei.zhuren', name: '赵建国', office: '10447/degree-office', duties: ['head', 'report'] },
    { loginName: 'yanjiu.cai', name: '孙晓梅', office: '10447/graduate-office', duties: ['collect', 'report'] },
    { loginName: 'yanjiu.he', name: '李文博', office: '10447/graduate-office', duties: ['cross-check', 'report'] },
    { loginName: 'yanjiu.zhang', name: '陈志强', office: '10447/graduate-office', duties: ['head', 'report'] },
    { loginName: 'jiaowu.cai', name: '张海燕', office: '10447/academic-affairs-office', duties: ['collect', 'report'] },
    {
      loginName: 'jiaowu.he',
      name: '刘洋',
      office: '10447/academic-affairs-office',
      duties: ['cross-check', 'report'],
    },
    // Holds two duties, so that the rules and not the duties must keep collecting and cross-checking apart.
    {
      loginName: 'jiaowu.lin',
      name: '林晓',
      office: '10447/academic-affairs-office',
      duties: ['collect', 'cross-check'],
    },
    { loginName: 'jiaowu.zhang', name: '马国华', office: '10447/academic-affairs-office', duties: ['head', 'report'] },
    { loginName: 'jixu.cai', name: '杨丽', office: '10447/continuing-education-office', duties: ['collect', 'report'] },
    {
      loginName: 'jixu.he',
      name: '吴刚',
      office: '10447/continuing-education-office',
      duties: ['cross-check', 'report'],
    },
    { loginName: 'jixu.zhang', name: '郑敏', office: '10447/continuing-education-office', duties: ['head', 'report'] },
    { loginName: 'jiancha', name: '高正', office: '10447/degree-office', duties: ['audit'] },
    { loginName: 'sheng.shen', name: '徐静', office: PROVINCE, duties: ['review', 'file'] },
    { loginName: 'sheng.zhuren', name: '宋平', office: PROVINCE, duties: ['head', 'review', 'file'] },
    {
      loginName: 'donghai.xuewei',
      name: '丁一',
      office: '10999/degree-office',
      duties: ['report', 'collect', 'administer', 'head'],
    },
    { loginName: 'donghai.cai', name: '谢红', office: '10999/academic-affairs-office', duties: ['collect', 'report'] },
    {
      loginName: 'donghai.he',
      name: '邓超',
      office: '10999/academic-affairs-office',
      duties: ['cross-check', 'report'],
    },
  ],
};
