// Reading an edition that an institution loads (R7.1): one row per column of the national structure; all problems at once.
import { isCivilDate } from '../deadlines/deadlines.ts';
import { writtenTextViolations } from '../texts/written-texts.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { Category } from '../vocabulary.ts';
import { CATEGORIES, keysOf } from '../vocabulary.ts';
import type { DateForm, Edition, RecordColumn, SideColumn } from './edition.ts';
import { dbfName, lengthOf } from './edition.ts';
import type { Field, FieldName } from './fields.ts';
import { FIELD_NAMES, FIELDS, isAbsent, isFieldName } from './fields.ts';
import type { TextRow } from './text-columns.ts';
import { isPlainText, textColumn } from './text-columns.ts';

type Key = 'mnemonic' | 'heading' | 'content' | 'form' | 'format' | 'maxLength' | 'measure' | 'required';

/** The columns of the file in which an edition is described; the order is free. A JSON file has the keys as names. */
export const EDITION_TEMPLATE = [
  textColumn<Key>('mnemonic', '助记符', 'mnemonic', { aliases: ['字段名'] }),
  textColumn<Key>('heading', '中文名称', 'heading', { required: true, aliases: ['数据项名称'] }),
  textColumn<Key>('content', '内容', 'content', { aliases: ['对应字段'] }),
  textColumn<Key>('form', '代码或名称', 'form'),
  textColumn<Key>('format', '日期格式', 'format'),
  textColumn<Key>('maxLength', '最大长度', 'maximum length', { aliases: ['长度'] }),
  textColumn<Key>('measure', '长度单位', 'measure'),
  textColumn<Key>('required', '必填', 'required', { aliases: ['必备'] }),
];

/** A row with its line in the file, from 1. */
export interface EditionLine {
  readonly line: number;
  readonly row: TextRow<Key>;
}

/** What is said of the edition as a whole. */
export interface EditionHead {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly source: string;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly categories: readonly Category[];
}

const SIDE_WORDS: Readonly<Record<string, SideColumn>> = {
  学位授予单位码: 'institution-code',
  'institution-code': 'institution-code',
  学位授予单位: 'institution-name',
  'institution-name': 'institution-name',
  学位类别名称: 'degree-category-name',
  'degree-category-name': 'degree-category-name',
};

/** By the word of our API, the Chinese name and the mnemonic. */
const FIELD_WORDS: ReadonlyMap<string, FieldName> = new Map(
  FIELD_NAMES.filter((name) => FIELDS[name].kind !== 'digest').flatMap((name): [string, FieldName][] => {
    const { zh, mnemonic }: Field = FIELDS[name];
    return [[name, name], [zh, name], ...(mnemonic === null ? [] : [[mnemonic, name] as [string, FieldName]])];
  }),
);

const FORMS: Readonly<Record<string, 'code' | 'name'>> = { 代码: 'code', code: 'code', 名称: 'name', name: 'name' };
const MEASURES: Readonly<Record<string, NonNullable<RecordColumn['measure']>>> = {
  ...{ 字符: 'characters', characters: 'characters', 汉字: 'han', han: 'han', 字节: 'bytes', bytes: 'bytes' },
};
const YES: ReadonlySet<string> = new Set(['是', 'true', 'Y', 'y', '1', '必填', '必备']);
const NO: ReadonlySet<string> = new Set(['', '否', 'false', 'N', 'n', '0', '选填', '可选']);
const FORMATS: Partial<Readonly<Record<Field['kind'], readonly DateForm[]>>> = {
  date: ['yyyyMMdd', 'iso'],
  month: ['yyyyMM', 'iso'],
};
const MNEMONIC = /^[A-Z][A-Z0-9_]{0,19}$/;
const LONGEST_HEADING = 60;

function labelOf(key: Key): { zh: string; en: string } {
  const { heading: zh, en } = EDITION_TEMPLATE.find((column) => column.key === key) ?? { heading: key, en: key };
  return { zh, en };
}

function readColumn({ line, row }: EditionLine, seen: Set<FieldName>, into: Violation[]): RecordColumn {
  const wrong = (key: Key, expected?: string) =>
    into.push(
      violation('edition-column-unknown-word', `rows[${line}].${key}`, {
        ...{ label: labelOf(key), found: row[key].slice(0, LONGEST_HEADING), expected },
      }),
    );
  if (!isPlainText(row.heading, LONGEST_HEADING)) wrong('heading', `1 … ${LONGEST_HEADING}`);
  if (row.mnemonic !== '' && !MNEMONIC.test(row.mnemonic)) wrong('mnemonic', MNEMONIC.source);
  const mnemonic = row.mnemonic === '' ? {} : { mnemonic: row.mnemonic };
  const { heading } = row;
  const names = [...new Set([row.mnemonic || heading, dbfName({ heading, ...mnemonic })])].filter((n) => n !== heading);
  if (!YES.has(row.required) && !NO.has(row.required)) wrong('required', '是 / 否');
  const base = { heading, en: row.mnemonic || heading, aliases: names, ...mnemonic, required: YES.has(row.required) };
  const length = lengthIn(row, wrong);
  const side = SIDE_WORDS[row.content];
  if (side !== undefined) return { ...base, ...length, field: null, side };
  const word = row.content === '' ? row.mnemonic || heading : row.content;
  const field = FIELD_WORDS.get(word) ?? (row.content === '' ? FIELD_WORDS.get(heading) : undefined);
  if (row.content === '空' || row.content === 'empty' || (row.content === '' && field === undefined)) {
    return { ...base, ...length, field: null };
  }
  if (field === undefined) {
    wrong('content', '字段 / 学位授予单位码 / 学位授予单位 / 学位类别名称 / 空');
    return { ...base, field: null };
  }
  const { kind, table }: Field = FIELDS[field];
  const coded = table !== undefined && table !== 'discipline';
  const form = row.form === '' ? (coded ? 'code' : undefined) : FORMS[row.form];
  if (row.form !== '' && (form === undefined || !coded)) wrong('form', coded ? '代码 / 名称' : '');
  if (seen.has(field) && form === 'name') return { ...base, ...length, field: null, side: 'name-of', of: field };
  if (seen.has(field)) {
    into.push(
      violation('edition-column-doubled', `rows[${line}].content`, {
        label: FIELDS[field],
        found: row.content || word,
      }),
    );
  }
  seen.add(field);
  const formats = FORMATS[kind] ?? [];
  const format = row.format === '' ? formats[0] : formats.find((one) => one === row.format);
  if (row.format !== '' && format === undefined) wrong('format', formats.join(' / '));
  return {
    ...{ ...base, field },
    ...(row.maxLength === '' && form !== 'name' && formats.length === 0 ? lengthOf(field) : length),
    ...(form === undefined ? {} : { form }),
    ...(format === undefined ? {} : { format }),
  };
}

function lengthIn(row: TextRow<Key>, wrong: (key: Key, expected: string) => void) {
  if (row.maxLength === '') return {};
  const maxLength = Number(row.maxLength);
  if (!/^\d{1,4}$/.test(row.maxLength) || maxLength === 0) {
    wrong('maxLength', '1 … 9999');
    return {};
  }
  const measure = row.measure === '' ? 'characters' : MEASURES[row.measure];
  if (measure === undefined) wrong('measure', '字符 / 汉字 / 字节');
  return { maxLength, measure: measure ?? 'characters' };
}

/** Names by which a file could find a column: none may lead to two. */
function doubles(columns: readonly RecordColumn[], lines: readonly EditionLine[]): Violation[] {
  const seen = new Map<string, number>();
  return columns.flatMap((column, at) => {
    const names = new Set([column.heading, column.mnemonic ?? column.heading, dbfName(column)]);
    const taken = [...names].filter((name) => seen.has(name));
    for (const name of names) seen.set(name, at);
    const path = `rows[${lines[at]?.line ?? at + 1}].heading`;
    return taken.map((found) => violation('edition-column-doubled', path, { label: { zh: found, en: found }, found }));
  });
}

/** Fields without which no record of the categories could be collected from a file of the edition. */
function missing(columns: readonly RecordColumn[], categories: readonly Category[]): Violation[] {
  const carried = new Set(columns.map(({ field }) => field));
  return FIELD_NAMES.flatMap((name) => {
    const { need, suppliedBy }: Field = FIELDS[name];
    const wanted = categories.some((category) => need[category] === 'mandatory');
    if (!wanted || suppliedBy !== undefined || carried.has(name)) return [];
    return [violation('edition-field-missing', 'columns', { label: FIELDS[name], expected: name })];
  });
}

/** Names of templates that are something else. */
const TAKEN: ReadonlySet<string> = new Set(['vermilion-1', 'roster', 'enrolment-records', ...keysOf(CATEGORIES)]);

function headViolations(head: EditionHead): Violation[] {
  const { id, validFrom, validUntil, categories } = head;
  const violations: Violation[] = [];
  if (!/^[a-z][a-z0-9-]{1,39}$/.test(id) || TAKEN.has(id)) {
    violations.push(
      violation('edition-id-malformed', 'edition', { found: id.slice(0, 60), expected: '[a-z][a-z0-9-]*' }),
    );
  }
  const missing = 'edition-text-malformed';
  violations.push(
    ...writtenTextViolations('editionName', head.zh, 'name', { missing }),
    ...writtenTextViolations('editionNameEn', head.en, 'nameEn', { missing }),
    ...writtenTextViolations('editionSource', head.source, 'source', { missing }),
  );
  const days = [validFrom, validUntil].filter((day): day is string => day !== null);
  if (days.some((day) => !isCivilDate(day)) || (validFrom !== null && validUntil !== null && validFrom > validUntil)) {
    violations.push(violation('edition-period', 'validFrom', { found: days.join(' – '), expected: 'YYYY-MM-DD' }));
  }
  if (categories.length === 0)
    violations.push(violation('edition-categories-missing', 'categories', { found: '0', expected: '≥ 1' }));
  return violations;
}

const namesOf = (categories: readonly Category[]): string => categories.map((each) => CATEGORIES[each].zh).join('、');
/** The categories that have the field. */
const having = (field: FieldName): Category[] => keysOf(CATEGORIES).filter((category) => !isAbsent(field, category));

/** Reads the columns of an edition and judges it whole. `columns` are complete only without violations. */
export function readEdition(
  head: EditionHead,
  lines: readonly EditionLine[],
): { readonly columns: readonly RecordColumn[]; readonly violations: Violation[] } {
  const violations = headViolations(head);
  const seen = new Set<FieldName>();
  const columns = lines.map((line) => readColumn(line, seen, violations));
  for (const [at, { field }] of columns.entries()) {
    const nowhere = field !== null && head.categories.every((category) => isAbsent(field, category));
    if (field === null || !nowhere || head.categories.length === 0) continue;
    const path = `rows[${lines[at]?.line ?? at + 1}].content`;
    violations.push(
      violation('edition-column-not-of-category', path, {
        label: FIELDS[field],
        found: namesOf(head.categories),
        expected: namesOf(having(field)),
      }),
    );
  }
  violations.push(...doubles(columns, lines), ...missing(columns, head.categories));
  return { columns, violations };
}

/** One column of an edition as a row of the table in which editions are loaded: to begin a correction from. */
export function editionRow(column: RecordColumn): string[] {
  const { mnemonic, heading, field, side, of, form, format, maxLength, measure, required } = column;
  const sideWord = Object.keys(SIDE_WORDS).find((word) => SIDE_WORDS[word] === side);
  const content = side === 'name-of' ? of : (sideWord ?? field ?? '空');
  const word = content !== undefined && isFieldName(content) ? FIELDS[content].zh : content;
  const asForm = side === 'name-of' ? '名称' : form === undefined ? '' : form === 'name' ? '名称' : '代码';
  const unit = Object.keys(MEASURES).find((name) => MEASURES[name] === measure);
  return [
    mnemonic ?? '',
    heading,
    word ?? '空',
    asForm,
    format ?? '',
    maxLength === undefined ? '' : String(maxLength),
    unit ?? '',
    required ? '是' : '否',
  ];
}

/** Whether two versions of an edition say the same. */
export function sameEdition(a: Edition, b: Omit<Edition, 'key' | 'version'>): boolean {
  const content = (edition: Omit<Edition, 'key' | 'version'>) =>
    JSON.stringify([
      edition.zh,
      edition.en,
      edition.source,
      edition.validFrom,
      edition.validUntil,
      [...edition.categories].sort(),
      edition.verified,
      edition.headings,
      edition.columns.map(editionRow),
    ]);
  return content(a) === content(b);
}
