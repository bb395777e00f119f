// What is wrong with a set-up file, all of it at once: the file is written by hand, and half of it must never be applied.
import { auditsAndActs } from '../../regulation/offices.ts';
import { DUTIES, isKeyOf, keysOf, OFFICE_KINDS } from '../../regulation/vocabulary.ts';

/** One problem, with its place in the file (`offices[2].kind`). `reference`: names something that the database may hold. */
export interface SetUpProblem {
  readonly zh: string;
  readonly en: string;
  readonly reference: boolean;
}

/** What the database holds already: the kind of every office by its id, and the codes of the institutions. */
export interface KnownPlaces {
  readonly offices: ReadonlyMap<string, string>;
  readonly institutions: ReadonlySet<string>;
}

type Row = Readonly<Record<string, unknown>>;

const LISTS = ['institutions', 'offices', 'officers'] as const;
const CODE = /^\d{5}$/;
const OFFICE_ID = /^\d{2,5}\/[a-z-]+$/;
const LOGIN_NAME = /^[a-z0-9][a-z0-9._-]{1,63}$/;
const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && !/\p{Cc}/u.test(value);
const shown = (value: unknown) => (value === undefined ? '' : (JSON.stringify(value) ?? '').slice(0, 80));

/** Every problem of the content of a set-up file; none: it is a `SetUp` that can be applied. */
export function setUpProblems(file: unknown, known: KnownPlaces): SetUpProblem[] {
  const problems: SetUpProblem[] = [];
  const say = (place: string, found: unknown, zh: string, en: string, reference = false) => {
    const what = shown(found);
    problems.push({
      zh: `${place}：${zh}${what ? `，现为 ${what}` : '，现缺'}。`,
      en: `${place}: ${en}, ${what ? `found ${what}` : 'found nothing'}.`,
      reference,
    });
  };
  if (!isRow(file)) {
    say('/', file, '应为一个 JSON 对象', 'a JSON object is expected');
    return problems;
  }
  const rows = new Map<string, readonly (readonly [string, Row])[]>();
  for (const list of LISTS) rows.set(list, rowsOf(file, list, say));
  const [institutions = [], offices = [], officers = []] = LISTS.map((list) => rows.get(list));
  if (problems.length === 0 && institutions.length + offices.length + officers.length === 0) {
    say('/', file, '至少应有一个单位、部门或人员', 'at least one institution, office or officer is expected');
  }
  const codes = new Set([...known.institutions, ...institutions.map(([, row]) => row.code)]);
  const kinds = new Map<unknown, unknown>([...offices.map(([, row]) => [row.id, row.kind] as const), ...known.offices]);
  sayTwice(institutions, 'code', say);
  sayTwice(offices, 'id', say);
  sayTwice(officers, 'loginName', say);

  for (const [at, row] of institutions) {
    if (!fits(row.code, CODE)) say(`${at}.code`, row.code, '应为五位数字的单位代码', 'five digits are expected');
    sayEmpty(at, row, ['name', 'documentPrefix', 'headName', 'chairName'], say);
    const place = `${at}.provincialOfficeId`;
    if (!fits(row.provincialOfficeId, OFFICE_ID)) say(place, row.provincialOfficeId, ...AN_OFFICE_ID);
    else if (!kinds.has(row.provincialOfficeId)) say(place, row.provincialOfficeId, ...NO_SUCH_OFFICE, true);
    else if (kinds.get(row.provincialOfficeId) !== 'provincial-office') {
      const [zh, en] = [
        '应为省学位委员会办公室（provincial-office）',
        'an office of the kind provincial-office is expected',
      ];
      say(place, row.provincialOfficeId, zh, en);
    }
  }
  for (const [at, row] of offices) {
    if (!fits(row.id, OFFICE_ID)) say(`${at}.id`, row.id, ...AN_OFFICE_ID);
    sayEmpty(at, row, ['name'], say);
    if (typeof row.kind !== 'string' || !isKeyOf(OFFICE_KINDS, row.kind)) {
      const words = keysOf(OFFICE_KINDS).join(', ');
      say(`${at}.kind`, row.kind, `应为下列之一：${words}`, `one of these is expected: ${words}`);
    } else if ((row.kind === 'provincial-office') !== (row.institution === null)) {
      const zh = '省学位委员会办公室应为 null，其他部门应为单位代码';
      say(`${at}.institution`, row.institution, zh, 'null is expected of a provincial office, a code of any other');
    }
    if (row.institution === null) continue;
    if (!fits(row.institution, CODE)) {
      say(`${at}.institution`, row.institution, '应为五位数字的单位代码', 'five digits are expected');
    } else if (!codes.has(row.institution)) {
      const [zh, en] = ['文件和数据库中都没有这个单位', 'neither the file nor the database has this institution'];
      say(`${at}.institution`, row.institution, zh, en, true);
    }
  }
  for (const [at, row] of officers) {
    if (!fits(row.loginName, LOGIN_NAME)) {
      const zh = '应为 2–64 个小写字母、数字、点、下划线或连字符，以字母或数字开头';
      const en =
        '2 to 64 lower-case letters, digits, dots, underscores or hyphens are expected, a letter or digit first';
      say(`${at}.loginName`, row.loginName, zh, en);
    }
    sayEmpty(at, row, ['name'], say);
    if (!fits(row.office, OFFICE_ID)) say(`${at}.office`, row.office, ...AN_OFFICE_ID);
    else if (!kinds.has(row.office)) say(`${at}.office`, row.office, ...NO_SUCH_OFFICE, true);
    const { duties } = row;
    if (!Array.isArray(duties) || duties.length === 0 || !duties.every(isDuty)) {
      const words = keysOf(DUTIES).join(', ');
      say(
        `${at}.duties`,
        duties,
        `应为下列一项或多项的列表：${words}`,
        `a list of some of these is expected: ${words}`,
      );
    } else if (auditsAndActs(duties)) {
      const zh = '监督职责不能与其他职责由同一人承担';
      say(`${at}.duties`, duties, zh, 'who audits has no other duty (article 23)');
    }
  }
  return problems;
}

const AN_OFFICE_ID = ['应形如 10447/degree-office', 'something like 10447/degree-office is expected'] as const;
const NO_SUCH_OFFICE = ['文件和数据库中都没有这个部门', 'neither the file nor the database has this office'] as const;

type Say = (place: string, found: unknown, zh: string, en: string, reference?: boolean) => void;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const fits = (value: unknown, pattern: RegExp): value is string => typeof value === 'string' && pattern.test(value);
const isDuty = (value: unknown) => typeof value === 'string' && isKeyOf(DUTIES, value);

function rowsOf(file: Row, list: string, say: Say): (readonly [string, Row])[] {
  const found = file[list];
  if (!Array.isArray(found)) {
    say(list, found, '应为列表（可以为空）', 'a list is expected (it may be empty)');
    return [];
  }
  return (found as unknown[]).flatMap((row, index) => {
    if (isRow(row)) return [[`${list}[${index}]`, row] as const];
    say(`${list}[${index}]`, row, '应为对象', 'an object is expected');
    return [];
  });
}

function sayEmpty(at: string, row: Row, fields: readonly string[], say: Say): void {
  for (const field of fields) {
    if (!isText(row[field])) say(`${at}.${field}`, row[field], '应为非空文字', 'a text that is not empty is expected');
  }
}

function sayTwice(rows: readonly (readonly [string, Row])[], field: string, say: Say): void {
  const seen = new Set<unknown>();
  for (const [at, row] of rows) {
    const value = row[field];
    if (value !== undefined && seen.has(value)) {
      say(`${at}.${field}`, value, '文件中出现了两次', 'the file has it twice');
    }
    seen.add(value);
  }
}
