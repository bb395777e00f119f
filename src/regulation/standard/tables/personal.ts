// Code tables about a person: sex, ethnicity, political status.
import type { CodeTable } from './code-entry.ts';
import { readRows } from './code-entry.ts';

/** Sex, GB/T 2261.1; the certificate's short words 男 and 女 are the same entries. */
export const SEX: CodeTable = {
  zh: '性别',
  en: 'sex',
  source: 'GB/T 2261.1',
  complete: true,
  entries: readRows(`
0 未知的性别
1 男性=男
2 女性=女
9 未说明的性别
`),
};

/** Ethnic groups of China, GB/T 3304 with the two usual codes beside it (97, 98). */
export const ETHNICITY: CodeTable = {
  zh: '民族',
  en: 'ethnicity',
  source: 'GB/T 3304',
  complete: true,
  entries: readRows(`
01 汉族
02 蒙古族~蒙族
03 回族
04 藏族
05 维吾尔族~维族~维吾族
06 苗族
07 彝族
08 壮族
09 布依族
10 朝鲜族~鲜族~韩族
11 满族
12 侗族
13 瑶族
14 白族
15 土家族~土家
16 哈尼族
17 哈萨克族~哈族
18 傣族
19 黎族
20 傈僳族
21 佤族
22 畲族~畬族
23 高山族
24 拉祜族~拉沽族
25 水族
26 东乡族
27 纳西族
28 景颇族
29 柯尔克孜族~克尔克孜族~吉尔吉斯族
30 土族
31 达斡尔族
32 仫佬族
33 羌族
34 布朗族
35 撒拉族
36 毛南族
37 仡佬族~仡老族
38 锡伯族
39 阿昌族
40 普米族
41 塔吉克族
42 怒族
43 乌孜别克族~乌兹别克族
44 俄罗斯族
45 鄂温克族
46 德昂族
47 保安族
48 裕固族
49 京族
50 塔塔尔族
51 独龙族
52 鄂伦春族
53 赫哲族
54 门巴族
55 珞巴族
56 基诺族
97 其他
98 外国血统中国籍人士~外国血统~入籍
`),
};

/** Political status, GB/T 4762. */
export const POLITICAL_STATUS: CodeTable = {
  zh: '政治面貌',
  en: 'political status',
  source: 'GB/T 4762',
  complete: true,
  entries: readRows(`
01 中国共产党党员~中共党员~党员~中国共产党员
02 中国共产党预备党员~中共预备党员~预备党员
03 中国共产主义青年团团员~共青团员~团员~中国共青团团员~中国共产主义青年团员
04 中国国民党革命委员会会员~民革会员~民革
05 中国民主同盟盟员~民盟盟员~民盟
06 中国民主建国会会员~民建会员~民建
07 中国民主促进会会员~民进会员~民主促进会
08 中国农工民主党党员~农工党党员~农公党~农工党~农工民主党党员
09 中国致公党党员~致公党党员~致公党
10 九三学社社员~九三
11 台湾民主自治同盟盟员~台盟盟员~台盟
12 无党派民主人士~无党派人士~无党派
13 群众~一般群众~普通群众~公民
`),
};
