// The columns of the editions that files are read and written in: the national bachelor edition, and our own templates.
import type { Category } from '../vocabulary.ts';
import type { RecordColumn, SideColumn } from './edition.ts';
import { dbfName, lengthOf } from './edition.ts';
import type { Field, FieldName } from './fields.ts';
import { FIELD_NAMES, FIELDS, isAbsent } from './fields.ts';

/** The two editions by which files come in everywhere: the confirmed national one, and our template. */
export type EditionId = 'bachelor-2024-06' | 'vermilion-1';

/** Other headings in use for a field. */
export const OTHER_HEADINGS: Partial<Readonly<Record<FieldName, readonly string[]>>> = {
  country: ['国籍', '国家地区'],
  sex: ['性别码'],
  ethnicity: ['民族码'],
  politicalStatus: ['政治面貌码'],
  identityType: ['证件类型'],
  identityNumber: ['身份证号', '身份证号码', '证件号码'],
  phone: ['手机', '手机号', '联系电话'],
  email: ['电子邮箱', '邮箱'],
  headName: ['学位授予单位校(院、所)长姓名', '学位授予单位校长姓名', '校(院、所)长姓名'],
  chairName: ['学位评定委员会主席姓名'],
  degreeCategory: ['学位类别码', '学位类别代码', 'XWLB'],
  disciplineCode: ['专业代码', '专业码', '学科专业码', '学士学位专业代码'],
  disciplineName: ['专业名称', '学科专业', '学士学位专业名称'],
  certificateNumber: ['证书编号', '学位证书号'],
  resolutionNumber: ['决议编号', '学位授予决议文号'],
  trainingUnitCode: ['培养单位码'],
  trainingUnitName: ['培养单位名称'],
  supervisorName: ['导师'],
  thesisTitle: ['论文(成果)题目', '题目'],
  thesisKeywords: ['关键词'],
  thesisTopicSource: ['选题来源'],
  thesisDirection: ['研究方向'],
  thesisLanguage: ['论文语种'],
};

const ownColumn = (field: FieldName, category: Category): RecordColumn => {
  const { zh, en, mnemonic, need, suppliedBy }: Field = FIELDS[field];
  const names = mnemonic === null ? [dbfName({ heading: zh })] : [mnemonic];
  const aliases = [...names, ...(OTHER_HEADINGS[field] ?? [])];
  const required = need[category] === 'mandatory' && suppliedBy === undefined;
  const short = mnemonic === null ? {} : { mnemonic };
  return { heading: zh, en, aliases, field, required, ...short, ...lengthOf(field) };
};

const templates = new Map<Category, readonly RecordColumn[]>();

/** Our own template for a category, in the order of art. 8; photos come by themselves. Columns that enrolment or resolution supply may be left out. */
export function templateColumns(category: Category): readonly RecordColumn[] {
  const known = templates.get(category);
  if (known !== undefined) return known;
  const names = FIELD_NAMES.filter((name) => name !== 'photoDigest' && !isAbsent(name, category));
  const columns = names.map((name) => ownColumn(name, category));
  templates.set(category, columns);
  return columns;
}

/** Mnemonic, Chinese heading, field or side column: the 27 columns in their order. */
const NATIONAL_BACHELOR: readonly (readonly [string, string, FieldName | null, SideColumn?])[] = [
  ['XM', '姓名', 'name'],
  ['XB', '性别', 'sex'],
  ['CSRQ', '出生日期', 'birthDate'],
  ['ZJLX', '身份证件类型', 'identityType'],
  ['ZJHM', '身份证件号码', 'identityNumber'],
  ['GB', '国家或地区', 'country'],
  ['KSH', '考生号', 'examineeNumber'],
  ['XH', '学号', 'studentNumber'],
  ['PYDWM', '培养单位码', 'trainingUnitCode'],
  ['PYDW', '培养单位', 'trainingUnitName'],
  ['ZYDM', '专业代码', 'disciplineCode'],
  ['ZYMC', '专业名称', 'disciplineName'],
  ['XWSYDWM', '学位授予单位码', null, 'institution-code'],
  ['XWSYDW', '学位授予单位', null, 'institution-name'],
  ['XZXM', '校长姓名', 'headName'],
  ['ZXXM', '主席姓名', 'chairName'],
  ['XWLBM', '学位类别码', 'degreeCategory'],
  ['XWLB', '学位类别', null, 'degree-category-name'],
  ['HXWRQ', '获学位日期', 'conferralDate'],
  ['XWZSBH', '学位证书编号', 'certificateNumber'],
  ['DSXM', '导师姓名', 'supervisorName'],
  ['LWLX', '论文类型', 'outcomeType'],
  ['LWTM', '论文题目', 'thesisTitle'],
  ['LWGJC', '论文关键词', 'thesisKeywords'],
  ['LWXTLY', '论文选题来源', 'thesisTopicSource'],
  ['LWYJFX', '论文研究方向', 'thesisDirection'],
  ['LWZXYZ', '论文撰写语种', 'thesisLanguage'],
];

/** Names instead of codes for every coded field but degree category and discipline. */
function nationalForm(field: FieldName): Pick<RecordColumn, 'form' | 'format' | 'maxLength' | 'measure'> {
  const { kind, table }: Field = FIELDS[field];
  if (kind === 'date') return { format: 'yyyyMMdd' };
  if (kind === 'month') return { format: 'yyyyMM' };
  const byName = table !== undefined && table !== 'discipline' && field !== 'degreeCategory';
  if (byName) return { form: 'name' };
  return field === 'degreeCategory' ? { form: 'code' } : lengthOf(field);
}

/** The national bachelor edition of 2024-06: 27 columns, all required; headings are mnemonics or their Chinese names. */
export const NATIONAL_BACHELOR_COLUMNS: readonly RecordColumn[] = NATIONAL_BACHELOR.map(
  ([mnemonic, zh, field, side]) => {
    const others = field === null || field === 'degreeCategory' ? [] : (OTHER_HEADINGS[field] ?? []);
    const en = field === null ? mnemonic : FIELDS[field].en;
    const base = { heading: zh, en, aliases: [mnemonic, ...others], mnemonic, field, required: true };
    if (side !== undefined) return { ...base, side };
    return field === null ? base : { ...base, ...nationalForm(field) };
  },
);

/** The header of an edition, as a file that we write or offer for download has it; the national one in mnemonics. */
export function editionHeader(edition: EditionId, category: Category): string[] {
  if (edition === 'vermilion-1') return templateColumns(category).map(({ heading }) => heading);
  return NATIONAL_BACHELOR.map(([mnemonic]) => mnemonic);
}
