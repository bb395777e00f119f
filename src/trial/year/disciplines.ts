// What is studied at the university of the synthetic year: disciplines with their degree categories, weights and field of words.
import type { Category } from '../../regulation/vocabulary.ts';

/** The fields whose words theses are made of. */
export type WordField = 'letters' | 'education' | 'society' | 'economy' | 'science' | 'engineering' | 'life' | 'arts';

/** One discipline: code and name of the catalogue, GB/T 6864 degree category, weight among its fellows. */
export interface Discipline {
  readonly code: string;
  readonly name: string;
  readonly degreeCategory: string;
  readonly weight: number;
  readonly words: WordField;
}

/** Reads `code name degreeCategory weight words` rows. */
function rows(text: string): Discipline[] {
  return text
    .trim()
    .split('\n')
    .map((row) => {
      const [code = '', name = '', degreeCategory = '', weight = '1', words = 'letters'] = row.trim().split(' ');
      return { code, name, degreeCategory, weight: Number(weight), words: words as WordField };
    });
}

const BACHELOR = rows(`
  020101 经济学 402 30 economy
  020301K 金融学 402 40 economy
  020401 国际经济与贸易 402 35 economy
  030101K 法学 403 40 society
  030503 思想政治教育 403 25 society
  040101 教育学 404 15 education
  040106 学前教育 404 35 education
  040107 小学教育 404 45 education
  040108 特殊教育 404 12 education
  040201 体育教育 404 30 education
  050101 汉语言文学 405 60 letters
  050201 英语 405 50 letters
  050301 新闻学 405 20 letters
  050306T 网络与新媒体 405 20 letters
  070101 数学与应用数学 407 45 science
  070102 信息与计算科学 407 18 science
  070201 物理学 407 30 science
  070301 化学 407 30 science
  070302 应用化学 407 18 science
  071001 生物科学 407 28 life
  071201 统计学 407 15 science
  080201 机械工程 408 15 engineering
  080202 机械设计制造及其自动化 408 35 engineering
  080207 车辆工程 408 20 engineering
  080601 电气工程及其自动化 408 30 engineering
  080701 电子信息工程 408 28 engineering
  080703 通信工程 408 20 engineering
  080717T 人工智能 408 12 engineering
  080801 自动化 408 22 engineering
  080901 计算机科学与技术 408 50 engineering
  080902 软件工程 408 45 engineering
  080905 物联网工程 408 18 engineering
  080910T 数据科学与大数据技术 408 20 engineering
  081001 土木工程 408 30 engineering
  082502 环境工程 408 15 life
  082701 食品科学与工程 408 20 life
  090101 农学 409 15 life
  090102 园艺 409 15 life
  090301 动物科学 409 15 life
  100701 药学 407 25 life
  120201K 工商管理 412 25 economy
  120202 市场营销 412 22 economy
  120203K 会计学 412 40 economy
  120204 财务管理 412 35 economy
`);

const ADULT_CODES = new Set(['030101K', '040106', '040107', '050101', '080901', '120201K', '120203K']);
const ABROAD_CODES = new Set(['020401', '080901', '080902', '081001', '050101', '120201K']);

const ACADEMIC = rows(`
  0301 法学 303 6 society
  0305 马克思主义理论 303 9 society
  0401 教育学 304 10 education
  0403 体育学 304 5 education
  0501 中国语言文学 305 10 letters
  0502 外国语言文学 305 7 letters
  0602 中国史 306 5 letters
  0701 数学 307 8 science
  0702 物理学 307 7 science
  0703 化学 307 12 science
  0705 地理学 307 5 science
  0710 生物学 307 8 life
  0713 生态学 307 3 life
  0805 材料科学与工程 308 6 engineering
  0812 计算机科学与技术 308 8 engineering
  1202 工商管理学 312 4 economy
`);

const PROFESSIONAL = rows(`
  0451 教育 342 30 education
  0452 体育 30452 7 education
  0453 国际中文教育 30453 5 letters
  0351 法律 341 8 society
  0352 社会工作 30352 4 society
  0551 翻译 30551 5 letters
  0854 电子信息 30854 10 engineering
  0856 材料与化工 30856 6 engineering
  0860 生物与医药 30860 5 life
  0951 农业 30951 7 life
  1251 工商管理 346 6 economy
  1253 会计 31253 6 economy
  1352 音乐 31352 3 arts
  1357 设计 31357 4 arts
`);

const EQUIVALENT_CODES = new Set(['0401', '0501', '0701', '1202']);

/** The disciplines in which a category graduates, as weighted choices. */
export const DISCIPLINES: Readonly<Record<Category, readonly (readonly [Discipline, number])[]>> = {
  'regular-bachelor': weigh(BACHELOR),
  'international-student-bachelor': weigh(BACHELOR.filter(({ code }) => ABROAD_CODES.has(code))),
  'adult-education-bachelor': weigh(BACHELOR.filter(({ code }) => ADULT_CODES.has(code))),
  'academic-master': weigh(ACADEMIC),
  'professional-master': weigh(PROFESSIONAL),
  'equivalent-education-master': weigh(ACADEMIC.filter(({ code }) => EQUIVALENT_CODES.has(code))),
};

function weigh(disciplines: readonly Discipline[]): (readonly [Discipline, number])[] {
  return disciplines.map((discipline) => [discipline, discipline.weight]);
}
