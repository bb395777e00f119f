// Certificate templates (学位证书样式): each by itself, and which one is in force for a record (R11.7).
import type { CivilDate } from '../deadlines/deadlines.ts';
import { isCivilDate } from '../deadlines/deadlines.ts';
import { writtenTextViolations } from '../texts/written-texts.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { Category, Level, TemplateState } from '../vocabulary.ts';
import { CATEGORIES, LEVELS } from '../vocabulary.ts';

/** A version of a certificate template; both ends of its time are included, `validUntil: null` is open. */
export interface TemplateFields {
  readonly code: string;
  readonly version: number;
  readonly name: string;
  readonly level: Level;
  readonly categories: readonly Category[];
  readonly validFrom: CivilDate;
  readonly validUntil: CivilDate | null;
}

/** What of a record chooses its template. */
export interface TemplateBasis {
  readonly level: Level;
  readonly category: Category;
  readonly conferralDate: CivilDate;
}

/** Whether a template of the right category is in force on a day. */
function inForce({ validFrom, validUntil }: TemplateFields, on: CivilDate): boolean {
  return validFrom <= on && (validUntil === null || on <= validUntil);
}

/** Why none fits: no template at all for the category, or none at that time. */
function noMatch(record: TemplateBasis, candidates: readonly TemplateFields[]): Violation {
  const times = candidates.map(
    ({ code, version, validFrom, validUntil }) => `${code} v${version} ${validFrom}–${validUntil ?? ''}`,
  );
  return violation('certificate-template-none', 'certificateTemplate', {
    found: `${CATEGORIES[record.category].zh}，${record.conferralDate}`,
    expected: times.length === 0 ? undefined : times.join('; '),
  });
}

/**
 * The template in force for level, category and conferral date (R11.7). Of several versions of one template the highest wins; two
 * templates in force at once are a violation, because a person has to choose.
 */
export function matchTemplate<T extends TemplateFields>(
  record: TemplateBasis,
  templates: readonly T[],
): { readonly template: T } | Violation {
  const candidates = templates.filter(
    ({ level, categories }) => level === record.level && categories.includes(record.category),
  );
  const best = new Map<string, T>();
  for (const template of candidates) {
    if (!inForce(template, record.conferralDate)) continue;
    const known = best.get(template.code);
    if (known === undefined || known.version < template.version) best.set(template.code, template);
  }
  const [template, other] = best.values();
  if (template === undefined) return noMatch(record, candidates);
  if (other === undefined) return { template };
  const found = [...best.values()].map(({ code, version }) => `${code} v${version}`).join(', ');
  return violation('certificate-template-ambiguous', 'certificateTemplate', { found, expected: '1' });
}

/** Where a template stands on a day, beside the other versions of its code: a later version in force takes its place. */
export function templateState(
  template: TemplateFields,
  versions: readonly TemplateFields[],
  on: CivilDate,
): TemplateState {
  if (on < template.validFrom) return 'not-yet';
  if (!inForce(template, on)) return 'ended';
  const later = versions.some(
    (other) => other.code === template.code && other.version > template.version && inForce(other, on),
  );
  return later ? 'superseded' : 'in-force';
}

/**
 * What is wrong with ending a template on a day: it would not have been in force for a record that was matched to it, or it would last
 * longer than was said. What was matched never changes (R11.7).
 * @param lastMatched the latest conferral date of its records, null when it has none
 */
export function endViolations(
  template: TemplateFields,
  validUntil: CivilDate,
  lastMatched: CivilDate | null,
): Violation[] {
  const path = 'validUntil';
  if (!isCivilDate(validUntil)) {
    const label = { zh: '停用日期', en: 'last day' };
    return [violation('date-impossible', path, { label, found: validUntil, expected: 'YYYY-MM-DD' })];
  }
  const violations: Violation[] = [];
  if (validUntil < template.validFrom) {
    const details = { found: validUntil, expected: `≥ ${template.validFrom}` };
    violations.push(violation('certificate-template-period', path, details));
  }
  if (template.validUntil !== null && validUntil >= template.validUntil) {
    const details = { found: validUntil, expected: `< ${template.validUntil}` };
    violations.push(violation('certificate-template-ended-already', path, details));
  }
  if (lastMatched !== null && validUntil < lastMatched) {
    const details = { found: validUntil, expected: `≥ ${lastMatched}` };
    violations.push(violation('certificate-template-end-before-match', path, details));
  }
  return violations;
}

/** Everything wrong with a new template, also beside those that exist of the institution. */
export function templateViolations(template: TemplateFields, existing: readonly TemplateFields[] = []): Violation[] {
  const missing = 'certificate-template-field-missing';
  const violations = [
    ...writtenTextViolations('templateCode', template.code, 'code', { missing }),
    ...writtenTextViolations('templateName', template.name, 'name', { missing }),
  ];
  if (template.categories.length === 0) {
    const label = { zh: '适用类别', en: 'categories' };
    violations.push(violation(missing, 'categories', { label, found: '0', expected: '≥ 1' }));
  }
  for (const category of template.categories) {
    if (CATEGORIES[category].level === template.level) continue;
    const details = { found: CATEGORIES[category].zh, expected: LEVELS[template.level].zh };
    violations.push(violation('certificate-template-category', 'categories', details));
  }
  const dates = [
    ['validFrom', template.validFrom, { zh: '启用日期', en: 'first day' }],
    ['validUntil', template.validUntil, { zh: '停用日期', en: 'last day' }],
  ] as const;
  for (const [path, found, label] of dates) {
    if (found === null || isCivilDate(found)) continue;
    violations.push(violation('date-impossible', path, { label, found, expected: 'YYYY-MM-DD' }));
  }
  if (template.validUntil !== null && template.validUntil < template.validFrom) {
    const details = { found: template.validUntil, expected: `≥ ${template.validFrom}` };
    violations.push(violation('certificate-template-period', 'validUntil', details));
  }
  const versions = existing.filter(({ code }) => code === template.code).map(({ version }) => version);
  const expected = Math.max(0, ...versions) + 1;
  if (template.version !== expected) {
    const details = { found: String(template.version), expected: String(expected) };
    violations.push(violation('certificate-template-version', 'version', details));
  }
  return violations;
}
