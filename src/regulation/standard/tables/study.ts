// Code tables about study and thesis. Where no national codes are published, the codes are our own words until an institution loads its edition.
import type { CodeTable } from './code-entry.ts';
import { readRows } from './code-entry.ts';

const OWN = 'Vermilion; no national codes published';

/** Kinds of identity document; only 01 is confirmed nationally, the others are our own words. */
export const IDENTITY_TYPE: CodeTable = {
  zh: '身份证件类型',
  en: 'type of identity document',
  source: OWN,
  complete: true,
  entries: readRows(`
    01 居民身份证=中华人民共和国居民身份证~身份证
    hmt-residence-permit 港澳台居民居住证=香港居民居住证=澳门居民居住证=台湾居民居住证=中华人民共和国港澳居民居住证=中华人民共和国台湾居民居住证
    foreigner-permanent-residence 外国人永久居留身份证=中华人民共和国外国人永久居留身份证
    hk-macao-travel-permit 港澳居民来往内地通行证~回乡证~港澳通行证
    taiwan-travel-permit 台湾居民来往大陆通行证~台胞证~台湾通行证
    passport 护照=外国护照
    military 军官证=士兵证=军人身份证件
  `),
};

/** 学习形式 of bachelors. */
export const STUDY_FORM: CodeTable = {
  zh: '学习形式',
  en: 'form of study',
  source: OWN,
  complete: true,
  entries: readRows(`
    full-time 全日制=普通全日制
    part-time 非全日制
    correspondence 函授
    spare-time 业余=夜大学
    off-the-job 脱产
    online 网络教育=远程教育
    open 开放教育
    self-taught 自学考试
  `),
};

/** 学习方式 of masters. */
export const STUDY_MODE: CodeTable = {
  zh: '学习方式',
  en: 'mode of study',
  source: OWN,
  complete: true,
  entries: readRows(`
    full-time 全日制
    part-time 非全日制
  `),
};

/** 学制 in years. */
export const LENGTH_OF_STUDY: CodeTable = {
  zh: '学制',
  en: 'length of study',
  source: OWN,
  complete: true,
  entries: readRows(`
    1 1年=一年=1.0
    1.5 1.5年=一年半
    2 2年=二年=两年=2.0
    2.5 2.5年=二年半=两年半
    3 3年=三年=3.0
    3.5 3.5年=三年半
    4 4年=四年=4.0
    4.5 4.5年=四年半
    5 5年=五年=5.0
    5.5 5.5年=五年半
    6 6年=六年=6.0
    7 7年=七年=7.0
    8 8年=八年=8.0
  `),
};

/** Type of thesis or outcome: the five bachelor types (edition 2024-06) and the two of a master (学位法 arts 20, 26). */
export const OUTCOME_TYPE: CodeTable = {
  zh: '论文类型',
  en: 'type of thesis or outcome',
  source: '学士学位授予信息数据结构（2024-06）; 学位法',
  complete: true,
  entries: readRows(`
    LW 毕业论文
    BS 毕业设计
    SM 涉密论文
    QT 其他
    W 无
    thesis 学位论文
    practice-outcome 实践成果=专业实践成果
  `),
};

/** Source of the thesis topic; the first item was renamed with the edition of 2024-06. */
export const THESIS_TOPIC_SOURCE: CodeTable = {
  zh: '论文选题来源',
  en: 'source of the thesis topic',
  source: '学位授予信息数据结构',
  complete: true,
  entries: [
    { code: '02', name: '973、863项目', validUntil: '2024-05-31', hints: ['973项目', '863项目'] },
    { code: '02', name: '国家重点研发计划项目', validFrom: '2024-06-01', hints: ['国家重点研发计划'] },
    ...readRows(`
      04 国家社科规划、基金项目~国家社科基金项目~国家社科基金
      05 教育部人文、社会科学研究项目~教育部人文社科项目
      06 国家自然科学基金项目~国家自然科学基金~国家自科基金
      07 中央、国家各部门项目~部委项目
      09 省(自治区、直辖市)项目=省（自治区、直辖市）项目~省级项目
      12 国际合作研究项目
      13 与港、澳、台合作研究项目
      14 企、事业单位委托项目~横向课题~企事业单位委托项目
      15 外资项目
      16 学校自选项目~自选项目~学校课题
      17 国防项目
      90 非立项
      99 其他
    `),
  ],
};

/** Language of the thesis: ISO 639-1 letters, our own `other`. */
export const THESIS_LANGUAGE: CodeTable = {
  zh: '论文撰写语种',
  en: 'language of the thesis',
  source: 'ISO 639-1',
  complete: true,
  entries: readRows(`
    zh 中文=汉语
    en 英语=英文
    ja 日语=日文
    ko 朝鲜语=韩语=韩文=朝鲜文
    ru 俄语=俄文
    de 德语=德文
    fr 法语=法文
    es 西班牙语=西班牙文
    ar 阿拉伯语=阿拉伯文
    mn 蒙古语=蒙古文
    ug 维吾尔语=维吾尔文
    bo 藏语=藏文
    kk 哈萨克语=哈萨克文
    other 其他
  `),
};
