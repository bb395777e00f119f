// The settings of an institution with effective dates (R24.1): periods, deadlines, who owns what. The defaults are the regulation's.
import { PHOTO_NAMINGS, PHOTO_STANDARDS, type PhotoNaming, type PhotoStandardName } from './files.ts';
import type { Violation } from './violations.ts';
import { violation } from './violations.ts';
import type { Category, OfficeKind, Term } from './vocabulary.ts';
import { CATEGORIES, isKeyOf, keysOf } from './vocabulary.ts';

/** What an institution may set. Days are calendar days, the day itself not counted. */
export interface Policy {
  /** Days from the resolution's effect to the report (art. 11(4)). */
  readonly reportingDays: number;
  /** Days of internal disclosure (art. 11(3)). */
  readonly disclosureDays: number;
  /** Days from a revocation's effect to its report (art. 16). */
  readonly revocationDays: number;
  /** The clock warns so many days before the nominal deadline. */
  readonly warningDays: number;
  /** Least number of Han characters (or words' letters) in the reason of a written application (art. 11(6)). */
  readonly reasonLength: number;
  /** Days for which a one-time link to the student holds (art. 11(1)). */
  readonly linkDays: number;
  /** Percent of a batch that the checker looks at in person, field by field (art. 11(2)); the machine's comparison is always of all. */
  readonly crossCheckSample: number;
  /** Percent of the sampled records that may be found wrong; above it the whole batch is looked at in person (art. 11(2)). */
  readonly sampleErrorLimit: number;
  /** Least number of people in a published count; smaller ones are suppressed (art. 17). */
  readonly smallestCell: number;
  /** Least size of a class of people who look alike in an analysis dataset: its k (art. 18). */
  readonly datasetK: number;
  /** Least number of different sensitive values in such a class: its l (art. 18). */
  readonly datasetL: number;
  /** Longest term of an analysis dataset, in days (art. 18). */
  readonly datasetDays: number;
  /** How many secret values one officer may reveal in an hour (art. 21). */
  readonly revealsPerHour: number;
  /** Hours of the day between which work is usual, for the auditor's report (art. 23). */
  readonly workFromHour: number;
  readonly workUntilHour: number;
  /** Seconds that looking at one record in person takes at least, for the auditor's report (art. 23). */
  readonly secondsPerLook: number;
  /** Years after filing when the original records of a year are due for appraisal (art. 12). */
  readonly appraisalYears: number;
  /** From when on nothing goes on without the student's confirmation (art. 11(1)). */
  readonly confirmation: keyof typeof CONFIRMATION_POLICIES;
  /** Whether the checker enters the key fields of a sampled record anew without seeing them (art. 11(2)). */
  readonly secondEntry: keyof typeof SECOND_ENTRY_POLICIES;
  /** How names are shown at the internal disclosure (art. 11(3)). */
  readonly nameMask: keyof typeof NAME_MASKS;
  /** After what exported photos are named (art. 8). */
  readonly photoNaming: PhotoNaming;
  /** Of what size exported photos are (art. 8). */
  readonly photoStandard: PhotoStandardName;
  /** Which kind of office owns a category (art. 4). */
  readonly owners: Readonly<Record<Category, OfficeKind>>;
}

/** When the student's own confirmation is required (art. 11(1)). */
export const CONFIRMATION_POLICIES = {
  none: { zh: '不作要求', en: 'not required', article: '11(1)' },
  'before-report': { zh: '上报前须经本人确认', en: 'required before the report', article: '11(1)' },
  'before-meeting': {
    zh: '学位评定委员会会议前须经本人确认',
    en: 'required before the meeting of the degree committee',
    article: '11(1)',
  },
} as const satisfies Record<string, Term>;

/** Whether a sampled record's key fields are entered a second time, blind (art. 11(2)). */
export const SECOND_ENTRY_POLICIES = {
  none: { zh: '不作盲录', en: 'no second entry', article: '11(2)' },
  blind: { zh: '盲录关键信息', en: 'blind second entry of the key fields', article: '11(2)' },
} as const satisfies Record<string, Term>;

/** How much of a name the internal disclosure shows (art. 11(3)). */
export const NAME_MASKS = {
  whole: { zh: '显示全名', en: 'the whole name', article: '11(3)' },
  'middle-hidden': { zh: '隐去中间的字', en: 'first and last character only', article: '11(3)' },
  'family-name': { zh: '只显示首字', en: 'first character only', article: '11(3)' },
} as const satisfies Record<string, Term>;

/** Settings that are one of a table's words: for forms and refusals. */
export const POLICY_CHOICES = {
  confirmation: { zh: '本人确认', en: "the student's confirmation", words: CONFIRMATION_POLICIES },
  secondEntry: { zh: '盲录', en: 'second entry', words: SECOND_ENTRY_POLICIES },
  nameMask: { zh: '公开时姓名的显示', en: 'names at disclosure', words: NAME_MASKS },
  photoNaming: { zh: '导出照片的命名', en: 'names of exported photos', words: PHOTO_NAMINGS },
  photoStandard: { zh: '导出照片的规格', en: 'standard of exported photos', words: PHOTO_STANDARDS },
} as const;
type ChoiceSetting = keyof typeof POLICY_CHOICES;

type NumberSetting = Exclude<keyof Policy, 'owners' | ChoiceSetting>;

/** Words, article and bounds of each number: for forms and refusals. */
export const POLICY_SETTINGS: Readonly<
  Record<NumberSetting, { zh: string; en: string; article: string; least: number; most: number }>
> = {
  reportingDays: { zh: '报送期限（日）', en: 'days to report', article: '11(4)', least: 1, most: 15 },
  disclosureDays: { zh: '校内公开期限（日）', en: 'days of disclosure', article: '11(3)', least: 1, most: 30 },
  revocationDays: { zh: '撤销报告期限（日）', en: 'days to report a revocation', article: '16', least: 1, most: 10 },
  warningDays: { zh: '到期提醒（日）', en: 'days of warning', article: '11(4)', least: 0, most: 15 },
  reasonLength: { zh: '原因说明最少字数', en: 'least length of a reason', article: '11(6)', least: 1, most: 500 },
  linkDays: { zh: '本人确认链接有效期（日）', en: "days of a student's link", article: '11(1)', least: 1, most: 60 },
  crossCheckSample: {
    zh: '人工校核比例（%）',
    en: 'percent cross-checked in person',
    article: '11(2)',
    least: 0,
    most: 100,
  },
  sampleErrorLimit: {
    zh: '抽查允许差错率（%）',
    en: 'tolerated error rate of a sample (%)',
    article: '11(2)',
    least: 0,
    most: 10,
  },
  smallestCell: { zh: '统计数据最小单元（人）', en: 'smallest published count', article: '17', least: 3, most: 50 },
  datasetK: { zh: '临时信息库 k 匿名', en: 'k of an analysis dataset', article: '18', least: 5, most: 100 },
  datasetL: { zh: '临时信息库 l 多样性', en: 'l of an analysis dataset', article: '18', least: 2, most: 10 },
  datasetDays: {
    zh: '临时信息库最长期限（日）',
    en: 'longest term of an analysis dataset (days)',
    article: '18',
    least: 1,
    most: 365,
  },
  revealsPerHour: {
    zh: '每小时查看敏感信息上限（次）',
    en: 'reveals of one officer in an hour',
    article: '21',
    least: 1,
    most: 500,
  },
  workFromHour: { zh: '工作时间起（时）', en: 'hour at which work begins', article: '23', least: 0, most: 12 },
  workUntilHour: { zh: '工作时间止（时）', en: 'hour at which work ends', article: '23', least: 12, most: 24 },
  secondsPerLook: {
    zh: '逐条校核最短用时（秒）',
    en: 'seconds to look at one record',
    article: '23',
    least: 1,
    most: 600,
  },
  appraisalYears: {
    zh: '原始记录档案鉴定年限（年）',
    en: 'years until original records are appraised',
    article: '12',
    least: 1,
    most: 100,
  },
};

/** The regulation itself: 15 days (art. 11(4)), 10 days (art. 16); the regulation leaves the period of disclosure to the institution. */
export const DEFAULT_POLICY: Policy = {
  reportingDays: 15,
  disclosureDays: 3,
  revocationDays: 10,
  warningDays: 3,
  reasonLength: 10,
  linkDays: 14,
  crossCheckSample: 0,
  sampleErrorLimit: 0,
  smallestCell: 5,
  datasetK: 5,
  datasetL: 2,
  datasetDays: 180,
  revealsPerHour: 30,
  workFromHour: 7,
  workUntilHour: 22,
  secondsPerLook: 3,
  appraisalYears: 10,
  confirmation: 'none',
  secondEntry: 'none',
  nameMask: 'whole',
  photoNaming: 'identity-number',
  photoStandard: '480x640',
  owners: Object.fromEntries(keysOf(CATEGORIES).map((name) => [name, CATEGORIES[name].office])) as Policy['owners'],
};

/** The kinds of office that may own a category (art. 4): those that the regulation itself gives one. */
export const OWNING_OFFICES: readonly OfficeKind[] = [
  ...new Set(keysOf(CATEGORIES).map((name): OfficeKind => CATEGORIES[name].office)),
];

/** What an act sets: some settings, of the owners perhaps some categories. What it does not say stays as it is. */
export type PolicySettings = Partial<Omit<Policy, 'owners'>> & { readonly owners?: Partial<Policy['owners']> };

/** Settings over a policy. */
export function withSettings(policy: Policy, settings: PolicySettings): Policy {
  return { ...policy, ...settings, owners: { ...policy.owners, ...settings.owners } };
}

const wrong = (path: string, label: { zh: string; en: string }, found: unknown, expected: string) =>
  violation('policy-malformed', path, { label, found: JSON.stringify(found), expected });

function parseOwners(given: unknown): { owners: Partial<Policy['owners']>; violations: Violation[] } {
  const owners: Partial<Record<Category, OfficeKind>> = {};
  const label = { zh: '类别归属', en: 'owners of categories' };
  if (typeof given !== 'object' || given === null)
    return { owners, violations: [wrong('owners', label, given, '{ }')] };
  const violations: Violation[] = [];
  for (const [category, office] of Object.entries(given)) {
    const kind = OWNING_OFFICES.find((each) => each === office);
    if (isKeyOf(CATEGORIES, category) && kind) owners[category] = kind;
    else {
      const one = OWNING_OFFICES.join(' / ');
      violations.push(wrong(`owners.${category}`, label, office, Array.isArray(office) ? `1 × (${one})` : one));
    }
  }
  return { owners, violations };
}

/** Reads the settings of an act as they are kept (JSON): unknown or impossible ones are named, all at once. A deadline may be set shorter than the regulation's, never longer. */
export function parseSettings(content: unknown): PolicySettings | Violation[] {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    return [wrong('policy', { zh: '管理参数', en: 'policy' }, content, '{ }')];
  }
  const given = content as Readonly<Record<string, unknown>>;
  const parsed = given.owners === undefined ? null : parseOwners(given.owners);
  const violations: Violation[] = parsed?.violations ?? [];
  const settings: Record<string, unknown> = parsed ? { owners: parsed.owners } : {};
  for (const name of keysOf(POLICY_SETTINGS)) {
    const { least, most, ...label } = POLICY_SETTINGS[name];
    const value = given[name];
    if (value === undefined) continue;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) settings[name] = value;
    else violations.push(wrong(name, label, value, `${least}–${most}`));
  }
  for (const name of keysOf(POLICY_CHOICES)) {
    const { words, ...label } = POLICY_CHOICES[name];
    const value = given[name];
    if (value === undefined) continue;
    if (typeof value === 'string' && isKeyOf(words, value)) settings[name] = value;
    else violations.push(wrong(name, label, value, keysOf(words).join(' / ')));
  }
  for (const name of Object.keys(given)) {
    if (name === 'owners' || Object.hasOwn(POLICY_SETTINGS, name) || Object.hasOwn(POLICY_CHOICES, name)) continue;
    violations.push(
      wrong(name, { zh: '未知参数', en: 'of an unknown name' }, given[name], keysOf(DEFAULT_POLICY).join(' / ')),
    );
  }
  return violations.length > 0 ? violations : (settings as PolicySettings);
}

/** Reads a whole policy (JSON): settings that are not there are the regulation's. */
export function parsePolicy(content: unknown): Policy | Violation[] {
  const settings = parseSettings(content);
  return Array.isArray(settings) ? settings : withSettings(DEFAULT_POLICY, settings);
}
