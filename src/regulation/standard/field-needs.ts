// Which fields a category must, may or must not have (art. 8): the patterns, and what a person's own case changes in them.
import type { Category } from '../vocabulary.ts';

/** `mandatory`: missing is a violation; `absent`: filled is a violation. */
export type Need = 'mandatory' | 'optional' | 'absent';
export type NeedByCategory = Readonly<Record<Category, Need>>;

const pattern = (bachelor: Need, master: Need, equivalent: Need): NeedByCategory => ({
  'regular-bachelor': bachelor,
  'international-student-bachelor': bachelor,
  'adult-education-bachelor': bachelor,
  'academic-master': master,
  'professional-master': master,
  'equivalent-education-master': equivalent,
});

/** Every level and category. */
export const ALWAYS = pattern('mandatory', 'mandatory', 'mandatory');
/** Optional everywhere. */
export const MAYBE = pattern('optional', 'optional', 'optional');
/** Ethnicity and political status: not of international students (data structure 2017, MZM and ZZMMM). */
export const PEOPLE_OF_CHINA: NeedByCategory = { ...ALWAYS, 'international-student-bachelor': 'absent' };
/** Art. 8(2)3: bachelors only. */
export const BACHELOR = pattern('mandatory', 'absent', 'absent');
export const BACHELOR_MAYBE = pattern('optional', 'absent', 'absent');
/** Art. 8(2)1: masters except those of equivalent education. */
export const ORDINARY_MASTER = pattern('absent', 'mandatory', 'absent');
/** Art. 8(2)1 to 3: everyone who was a student. */
export const NOT_EQUIVALENT = pattern('mandatory', 'mandatory', 'absent');
/** Art. 8(2)2: equivalent education only. */
export const EQUIVALENT = pattern('absent', 'absent', 'mandatory');
/** Art. 8(2)1 and 2: every master; a bachelor may have the field since edition 2024-06. */
export const MASTER = pattern('optional', 'mandatory', 'mandatory');
/** The training unit: bachelors (art. 8(2)3); the national structure has the column for all who were students. */
export const TRAINING_UNIT = pattern('mandatory', 'optional', 'optional');
/** Art. 8(3): masters; a bachelor has it when the type of thesis says so. */
export const THESIS = MASTER;
export const THESIS_MAYBE = MAYBE;

/** What of a record decides its needs beyond the category. */
export interface NeedBasis {
  readonly category: Category;
  readonly country: string;
  readonly outcomeType: string | null;
}

/** GB/T 2659 numeric codes: 156 China; 344 Hong Kong, 446 Macao, 158 Taiwan. */
export const CHINA = '156';
export const HONG_KONG_MACAO_TAIWAN: ReadonlySet<string> = new Set(['344', '446', '158']);

/** Whether a country code is that of a foreign national: filled, and neither 156 nor one of 344, 446, 158. */
export function isForeign(country: string): boolean {
  return country !== '' && country !== CHINA && !HONG_KONG_MACAO_TAIWAN.has(country);
}

/** Ethnicity and political status follow the person: foreign nationals have none, residents of Hong Kong, Macao and Taiwan may. */
export function needOfChinesePeople(fixed: Need, { country }: NeedBasis): Need {
  if (fixed === 'absent' || isForeign(country)) return 'absent';
  return HONG_KONG_MACAO_TAIWAN.has(country) ? 'optional' : fixed;
}

/** Thesis types of a bachelor with a thesis behind them (data structure 2024-06); 涉密论文 SM and 无 W have none. */
const WITH_THESIS: ReadonlySet<string> = new Set(['LW', 'BS', 'QT']);
/** Types under which the other thesis fields stay empty. */
export const WITHOUT_THESIS: ReadonlySet<string> = new Set(['SM', 'W']);

/** Title and keywords follow the type: mandatory where a bachelor has a thesis, never asked for where there is none. */
export function needOfThesis(fixed: Need, { outcomeType }: NeedBasis): Need {
  if (outcomeType === null || outcomeType === '') return fixed;
  if (WITHOUT_THESIS.has(outcomeType)) return 'optional';
  return WITH_THESIS.has(outcomeType) ? 'mandatory' : fixed;
}

/** The source of the topic: as the category asks, but never of a practice outcome or where there is no thesis to have one. */
export function needOfTopicSource(fixed: Need, { outcomeType }: NeedBasis): Need {
  if (outcomeType === null) return fixed;
  return outcomeType === 'practice-outcome' || WITHOUT_THESIS.has(outcomeType) ? 'optional' : fixed;
}
