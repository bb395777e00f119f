// Names of fictitious people: common and rare surnames, minority names with ·, names of students from abroad.
import type { Random } from './random.ts';

const SURNAMES: readonly (readonly [string, number])[] = [
  ...weigh('王李张刘陈', 70),
  ...weigh('杨黄赵吴周', 35),
  ...weigh('徐孙马朱胡郭何林高罗', 18),
  ...weigh('郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金', 6),
  ...weigh('亓仝逄昝禚闫邴綦郄亢', 1),
  ['欧阳', 3],
  ['上官', 1],
  ['司马', 1],
  ['诸葛', 1],
];
const MALE = [...'伟强磊军洋勇杰涛明超平刚浩宇轩博文俊峰志远天鹏飞龙建国庆华晨阳子豪睿哲翰霖泽凯鑫'];
const FEMALE = [...'芳娜敏静丽艳娟霞秀兰玲雪梅琳莹欣怡佳慧颖婷雅诗涵梦瑶晓萌悦倩琪妍蕾璐薇菲洁文思语'];
/** Characters outside the everyday sets, among them some beyond the basic plane. */
const RARE = ['喆', '镕', '堃', '珺', '頔', '昶', '㛃', '㐱', '䶮', '𬭼', '𫖮', '𬀩', '垚', '懋', '翀'];
const UYGUR = [
  '买买提',
  '阿不都热西提',
  '古丽米热',
  '艾力',
  '热依汗',
  '迪丽努尔',
  '吐尔逊',
  '阿依古丽',
  '木拉提',
  '帕提曼',
];
const TIBETAN = ['扎西', '卓玛', '次仁', '平措', '央金', '多吉', '德吉', '旦增', '白玛', '索朗'];
const KAZAKH = ['叶尔兰', '阿依努尔', '努尔兰', '古丽娜', '巴合提', '哈那提'];
/** ISO 3166 numeric country, first and second parts of names as they stand in passports. */
const ABROAD: readonly (readonly [string, string, string])[] = [
  ['586', 'AHMED MUHAMMAD FATIMA HASSAN AYESHA BILAL ZAINAB USMAN', 'KHAN RAZA BIBI MEHMOOD MALIK QURESHI SHAH'],
  ['704', 'NGUYEN TRAN LE PHAM HOANG VU', 'VAN-ANH THI-MAI QUANG-HUY MINH-DUC THU-HA NGOC-LINH'],
  ['643', 'IVANOVA PETROVA SMIRNOVA KUZNETSOVA VOLKOVA', 'ANNA OLGA DARIA ELENA POLINA'],
  ['410', 'KIM LEE PARK CHOI JUNG', 'MIN-JUN SEO-YEON JI-HOON HA-EUN DO-YUN'],
  ['398', 'ALIYEV NURLANOV SERIKOV AKHMETOV', 'NURLAN AIDOS ARMAN DIAS TIMUR'],
  ['834', 'JUMA NEEMA BARAKA ASHA', 'HAMISI MUSHI MASSAWE KIMARO'],
];

function weigh(characters: string, weight: number): [string, number][] {
  return [...characters].map((character) => [character, weight]);
}

/** A Han name of two to four characters; about one in a hundred has a rare character. */
export function hanName(random: Random, sex: '1' | '2'): string {
  const given = sex === '1' ? MALE : FEMALE;
  const first = random.chance(0.01) ? random.pick(RARE) : random.pick(given);
  return random.weighted(SURNAMES) + first + (random.chance(0.78) ? random.pick(given) : '');
}

/** A name of the nation with that GB/T 3304 code, written with the middle dot U+00B7 where its people do. */
export function minorityName(random: Random, ethnicity: string, sex: '1' | '2'): string {
  if (ethnicity === '05') return `${random.pick(UYGUR)}·${random.pick(UYGUR)}`;
  if (ethnicity === '17') return `${random.pick(KAZAKH)}·${random.pick(KAZAKH)}`;
  if (ethnicity === '04') return random.pick(TIBETAN) + random.pick(TIBETAN);
  return hanName(random, sex);
}

/** A student from abroad: ISO 3166 numeric country and the name in the passport. */
export function nameFromAbroad(random: Random): { country: string; name: string } {
  const [country, first, second] = random.pick(ABROAD);
  const part = (names: string) => random.pick(names.split(' ')).replaceAll('-', ' ');
  return { country, name: `${part(first)} ${part(second)}` };
}
