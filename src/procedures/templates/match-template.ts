// Which certificate template a record has (R11.7): the one it was matched to at its cross-check, before that the one in force.
import { matchTemplate, type TemplateBasis, type TemplateFields } from '../../regulation/templates/templates.ts';
import type { Violation } from '../../regulation/violations.ts';

/** What of a record says which template it has. */
export interface Matched extends TemplateBasis {
  readonly certificateTemplateId: string | null;
  readonly crossCheckedById: string | null;
}

/** The template of a record, or why it has none. What was matched at the cross-check stays, whatever templates come later. */
export function templateFor<Template extends TemplateFields & { readonly id: string }>(
  record: Matched,
  templates: readonly Template[],
): { readonly template: Template } | Violation {
  const { certificateTemplateId: id, crossCheckedById } = record;
  const kept = id !== null && crossCheckedById !== null ? templates.find((template) => template.id === id) : undefined;
  return kept ? { template: kept } : matchTemplate(record, templates);
}
