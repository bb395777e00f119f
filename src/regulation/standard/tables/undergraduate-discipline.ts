// Code table of undergraduate majors: a sample of the catalogue, and the majors whose codes changed in 2026.
import type { CodeEntry, CodeTable } from './code-entry.ts';
import { readRows } from './code-entry.ts';

/** The catalogue of 2026 was issued on this day; a code is judged at the conferral date. */
const RECODED_FROM = '2026-04-28';
const RECODED_UNTIL = '2026-04-27';

/** Name, code until 2025 (empty: new in 2026), code from 2026. */
const RECODED: readonly (readonly [string, string, string])[] = [
  ['未来机器人', '083201TK', '140001TK'],
  ['交叉工程', '083202TK', '140002TK'],
  ['低空技术与工程', '083203TK', '140003TK'],
  ['集成电路科学与工程', '083204TK', '140004TK'],
  ['碳中和科学与工程', '083205T', '140005T'],
  ['智慧城市与空间规划', '083206T', '140006T'],
  ['智能医学工程', '101011T', '140007T'],
  ['生物医药数据科学', '101012T', '140008T'],
  ['智能影像工程', '101013T', '140009T'],
  ['医工学', '101014TK', '140010TK'],
  ['医疗器械与装备工程', '101015TK', '140011TK'],
  ['具身智能', '', '140012TK'],
  ['脑机科学与技术', '', '140013TK'],
  ['工程互联网', '', '140014T'],
  ['深地科学与工程', '', '140015T'],
];

function recoded([name, before, after]: readonly [string, string, string]): CodeEntry[] {
  const now = { code: after, name, validFrom: RECODED_FROM };
  return before === '' ? [now] : [{ code: before, name, validUntil: RECODED_UNTIL }, now];
}

/** Old code → new code, from the day of the new catalogue. */
export const UNDERGRADUATE_RECODINGS = RECODED.filter(([, before]) => before !== '').map(([, oldCode, newCode]) => ({
  oldCode,
  newCode,
  validFrom: RECODED_FROM,
}));

const SAMPLE = `
020101 经济学
020301K 金融学
020401 国际经济与贸易
030101K 法学
030102T 知识产权
030503 思想政治教育
040101 教育学
040106 学前教育
040107 小学教育
040108 特殊教育
040201 体育教育
050101 汉语言文学
050201 英语
0502104TK 区域国别学
050301 新闻学
050306T 网络与新媒体
070101 数学与应用数学
070102 信息与计算科学
070201 物理学
070301 化学
070302 应用化学
071001 生物科学
071201 统计学
071202 应用统计学
080201 机械工程
080202 机械设计制造及其自动化
080207 车辆工程
080601 电气工程及其自动化
080701 电子信息工程
080703 通信工程
080717T 人工智能
080801 自动化
080901 计算机科学与技术
080902 软件工程
080903 网络工程
080904K 信息安全
080905 物联网工程
080910T 数据科学与大数据技术
081001 土木工程
081201 测绘工程
081301 化学工程与工艺
081302 制药工程
082502 环境工程
082701 食品科学与工程
082702 食品质量与安全
083001 生物工程
090101 农学
090102 园艺
090502 园林
090301 动物科学
100701 药学
120103 工程管理
120201K 工商管理
120202 市场营销
120203K 会计学
120204 财务管理
`;

/** Undergraduate majors (普通高等学校本科专业目录): a sample, so an unlisted code of the right shape is noticed and not refused until an institution loads its own edition. */
export const UNDERGRADUATE_DISCIPLINE: CodeTable = {
  zh: '本科专业',
  en: 'undergraduate major',
  source: '普通高等学校本科专业目录（2026年，部分）',
  complete: false,
  shape: /^(?:0[1-9]|1[0-4])\d{4,5}(?:TK|T|K)?$/,
  entries: [...readRows(SAMPLE), ...RECODED.flatMap(recoded)],
};
