// The editions that we ship (R7.1): our template, the confirmed bachelor edition, and what is publicly known of the master editions.
import type { Category } from '../vocabulary.ts';
import { CATEGORIES, keysOf } from '../vocabulary.ts';
import { NATIONAL_BACHELOR_COLUMNS, OTHER_HEADINGS, templateColumns } from './columns.ts';
import type { Edition, RecordColumn, SideColumn } from './edition.ts';
import { dbfName, lengthOf } from './edition.ts';
import type { Field, FieldName } from './fields.ts';
import { FIELDS, isAbsent } from './fields.ts';

const OWN_ID = 'vermilion-1';

const OWN = new Map<Category, Edition>(
  keysOf(CATEGORIES).map((category) => [
    category,
    {
      ...{ key: OWN_ID, id: OWN_ID, version: 0, zh: 'Vermilion 模板（第1版）', en: 'Vermilion template, version 1' },
      ...{ source: 'Vermilion', validFrom: null, validUntil: null, categories: [category], verified: true },
      ...{ headings: 'chinese', columns: templateColumns(category) },
    },
  ]),
);

/** Our own template for a category. */
export function ownTemplate(category: Category): Edition {
  const edition = OWN.get(category);
  if (edition === undefined) throw new TypeError(`no template: ${category}`);
  return edition;
}

/** The national bachelor edition for conferrals from 2024-06-01. */
export const NATIONAL_BACHELOR_EDITION: Edition = {
  key: 'bachelor-2024-06',
  id: 'bachelor-2024-06',
  version: 0,
  zh: '学士学位授予信息数据结构（2024年6月起）',
  en: 'national bachelor edition for conferrals from 2024-06-01',
  source: '学士学位授予信息数据结构（2024-06）',
  validFrom: '2024-06-01',
  validUntil: null,
  categories: ['regular-bachelor', 'international-student-bachelor', 'adult-education-bachelor'],
  verified: true,
  headings: 'mnemonics',
  columns: NATIONAL_BACHELOR_COLUMNS,
};

/** Mnemonic (empty: not known), Chinese heading, field or side column, code or name. The mandatory flags are nowhere public. */
type Known = readonly [string, string, FieldName | SideColumn, ('code' | 'name' | FieldName)?];

const COMMON: readonly Known[] = [
  ['XM', '姓名', 'name'],
  ['XMPY', '姓名拼音', 'namePinyin'],
  ['XBM', '性别码', 'sex', 'code'],
  ['XB', '性别', 'name-of', 'sex'],
  ['GBM', '国家或地区码', 'country', 'code'],
  ['GB', '国家或地区', 'name-of', 'country'],
  ['MZM', '民族码', 'ethnicity', 'code'],
  ['MZ', '民族', 'name-of', 'ethnicity'],
  ['ZZMMM', '政治面貌码', 'politicalStatus', 'code'],
  ['ZZMM', '政治面貌', 'name-of', 'politicalStatus'],
  ['CSRQ', '出生日期', 'birthDate'],
  ['ZJLX', '身份证件类型', 'identityType', 'name'],
  ['ZJHM', '身份证件号码', 'identityNumber'],
  ['XWSYDWM', '学位授予单位码', 'institution-code'],
  ['XWSYDW', '学位授予单位', 'institution-name'],
  ['XZXM', '校长姓名', 'headName'],
  ['ZXXM', '主席姓名', 'chairName'],
  ['PYDWM', '培养单位码', 'trainingUnitCode'],
  ['PYDW', '培养单位', 'trainingUnitName'],
  ['XWLBM', '学位类别码', 'degreeCategory', 'code'],
  ['XWLB', '学位类别', 'degree-category-name'],
  ['ZYDM', '专业代码', 'disciplineCode'],
  ['ZYMC', '专业名称', 'disciplineName'],
  ['HXWRQ', '获学位日期', 'conferralDate'],
  ['XWZSBH', '学位证书编号', 'certificateNumber'],
  ['JYBH', '学位授予决议编号', 'resolutionNumber'],
  ['DSXM', '导师姓名', 'supervisorName'],
  ['RXNY', '入学年月', 'admissionMonth'],
  ['XH', '学号', 'studentNumber'],
  ['', '学习方式', 'studyMode', 'name'],
  ['BYNY', '毕业年月', 'graduationMonth'],
  ['', '申请学位编号', 'applicationNumber'],
  ['', '申请学位年月', 'applicationMonth'],
  ['LWLX', '论文类型', 'outcomeType', 'name'],
  ['LWTM', '论文题目', 'thesisTitle'],
  ['LWGJC', '论文关键词', 'thesisKeywords'],
  ['LWXTLY', '论文选题来源', 'thesisTopicSource', 'name'],
  ['BZ', '备注', 'remark'],
];

const SIDES: readonly string[] = [
  'institution-code',
  'institution-name',
  'degree-category-name',
  'name-of',
] satisfies SideColumn[];

function column([mnemonic, heading, what, form]: Known, category: Category): RecordColumn {
  const short = mnemonic === '' ? {} : { mnemonic };
  const names = [dbfName({ heading, ...short })];
  if (SIDES.includes(what)) {
    const side = what as SideColumn;
    const of = side === 'name-of' ? { of: form as FieldName } : {};
    return { ...{ heading, en: mnemonic, aliases: names, required: false, field: null, side }, ...short, ...of };
  }
  const field = what as FieldName;
  const { en, need, suppliedBy, kind }: Field = FIELDS[field];
  const others = field === 'degreeCategory' ? [] : (OTHER_HEADINGS[field] ?? []);
  return {
    ...{ heading, en, aliases: [...names, ...others], field, ...short },
    required: need[category] === 'mandatory' && suppliedBy === undefined,
    ...(kind === 'date' ? { format: 'yyyyMMdd' } : kind === 'month' ? { format: 'yyyyMM' } : lengthOf(field)),
    ...(form === 'code' || form === 'name' ? { form } : {}),
  };
}

function unverified(id: string, zh: string, en: string, category: Category): Edition {
  const rows = COMMON.filter(([, , what]) => SIDES.includes(what) || !isAbsent(what as FieldName, category));
  return {
    ...{ key: id, id, version: 0, zh, en, source: '学位授予信息年报数据结构（2012、2017、2018年版公开部分）' },
    ...{ validFrom: null, validUntil: null, categories: [category], verified: false, headings: 'chinese' },
    columns: rows.map((row) => column(row, category)),
  };
}

/** Put together from public parts of earlier editions; an institution that has the real ones loads them over these. */
const UNVERIFIED: readonly Edition[] = [
  unverified(
    'academic-master-partial',
    '学术学位硕士授予信息数据结构',
    'national academic master edition',
    'academic-master',
  ),
  unverified(
    'professional-master-partial',
    '专业学位硕士授予信息数据结构',
    'national professional master edition',
    'professional-master',
  ),
  unverified(
    'equivalent-education-master-partial',
    '同等学力硕士学位授予信息数据结构',
    'national equivalent-education master edition',
    'equivalent-education-master',
  ),
];

/** All editions that we ship besides our templates. */
export const SHIPPED_EDITIONS: readonly Edition[] = [NATIONAL_BACHELOR_EDITION, ...UNVERIFIED];

/**
 * The editions that hold for an institution on a day: our templates, and of every other id the newest loaded version that is valid
 * then, or else the shipped one.
 * @param on without it the newest version of each, whatever its validity
 */
export function editionsOn(loaded: readonly Edition[], on?: string): Edition[] {
  const newest = new Map<string, Edition>();
  for (const edition of loaded) {
    const { id, version, validFrom, validUntil } = edition;
    const holds =
      on === undefined || ((validFrom === null || validFrom <= on) && (validUntil === null || on <= validUntil));
    if (holds && version > (newest.get(id)?.version ?? 0)) newest.set(id, edition);
  }
  const shipped = SHIPPED_EDITIONS.filter(({ id }) => !newest.has(id));
  return [...OWN.values(), ...newest.values(), ...shipped];
}

/** The edition with this key: shipped, or any version that was loaded; of our templates that of the category. */
export function editionByKey(key: string, category: Category, loaded: readonly Edition[]): Edition | null {
  if (key === OWN_ID) return ownTemplate(category);
  return [...loaded, ...SHIPPED_EDITIONS].find((edition) => edition.key === key) ?? null;
}
