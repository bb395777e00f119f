// The year's calendar: which sittings of the degree committee confer how many degrees of which category, and on which day.
import { CATEGORIES, type Category, type Level } from '../../regulation/vocabulary.ts';

/** People of one category who get their degree at one sitting. */
export interface Group {
  readonly category: Category;
  readonly count: number;
  /** Month of admission and of graduation; null for equivalent-education masters, who were no students. */
  readonly study: { readonly admissionMonth: string; readonly graduationDate: string } | null;
}

/** One sitting and the resolution it ends with. Days are `YYYY-MM-DD`. */
export interface Sitting {
  readonly key: 'january' | 'march' | 'june-bachelor' | 'june-master' | 'september' | 'december';
  readonly number: string;
  readonly meeting: string;
  readonly decidedOn: string;
  readonly groups: readonly Group[];
}

/** How many people of a category graduate at full size (scale 1). */
export const FULL_SIZE = {
  'january/adult-education-bachelor': 650,
  'march/equivalent-education-master': 60,
  'june-bachelor/regular-bachelor': 7260,
  'june-bachelor/international-student-bachelor': 120,
  'june-master/academic-master': 560,
  'june-master/professional-master': 600,
  'september/regular-bachelor': 40,
  'december/academic-master': 140,
  'december/professional-master': 180,
} as const;

/**
 * The sittings of a calendar year in their order. `scale` shrinks the groups (at least three people each).
 * The committee of September forgot nothing, but its report comes too late: it goes the way of the supplementary report.
 */
export function sittingsOf(year: number, scale = 1): Sitting[] {
  const group = (
    place: keyof typeof FULL_SIZE,
    admitted: number | null,
    admissionMonth: string,
    graduated: string,
  ): Group => {
    const category = place.slice(place.indexOf('/') + 1) as Category;
    const count = Math.max(3, Math.round(FULL_SIZE[place] * scale));
    if (admitted === null) return { category, count, study: null };
    const study = {
      admissionMonth: `${year - admitted}-${admissionMonth}`,
      graduationDate: `${year}-${graduated}`,
    };
    return { category, count, study };
  };
  const sitting = (key: Sitting['key'], order: number, monthDay: string, title: string, groups: Group[]): Sitting => ({
    key,
    number: `聊大学位〔${year}〕${order}号`,
    meeting: `${year}年第${order}次（${title}）`,
    decidedOn: `${year}-${monthDay}`,
    groups,
  });
  return [
    sitting('january', 1, '01-12', '成人高等教育', [group('january/adult-education-bachelor', 3, '03', '01-05')]),
    sitting('march', 2, '03-19', '同等学力', [group('march/equivalent-education-master', null, '', '')]),
    sitting('june-bachelor', 3, '06-18', '本科生', [
      group('june-bachelor/regular-bachelor', 4, '09', '06-10'),
      group('june-bachelor/international-student-bachelor', 4, '09', '06-10'),
    ]),
    sitting('june-master', 4, '06-30', '研究生', [
      group('june-master/academic-master', 3, '09', '06-20'),
      group('june-master/professional-master', 3, '09', '06-20'),
    ]),
    sitting('september', 5, '09-10', '延期毕业本科生', [group('september/regular-bachelor', 5, '09', '09-01')]),
    sitting('december', 6, '12-17', '研究生', [
      group('december/academic-master', 3, '09', '12-10'),
      group('december/professional-master', 3, '09', '12-10'),
    ]),
  ];
}

/** The level of a category. */
export function levelOf(category: Category): Level {
  return CATEGORIES[category].level;
}
