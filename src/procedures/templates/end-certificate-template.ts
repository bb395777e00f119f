// Ending the validity of a certificate template (R11.7): for conferrals to come; what was matched to it stays matched.
import { endViolations } from '../../regulation/templates/templates.ts';
import { endTemplate, findTemplate, lastMatchedDate } from '../../store/templates/certificate-templates.ts';
import type { Call } from '../call.ts';
import { NotFound } from '../errors.ts';
import { type Performed, perform } from '../perform.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { templateDigest } from './add-certificate-template.ts';

/** The template and its last day (`YYYY-MM-DD`): it is in force on that day for the last time. */
export type EndCertificateTemplateInput = { institution: string; templateId: string; validUntil: string };

/** The template. */
export type EndCertificateTemplateResult = { templateId: string };

/**
 * Ends a certificate template (step `end-certificate-template`, by the degree office).
 * @throws {Refused} it would end before a record that is matched to it, before it begins, or later than was said. {NotFound} {Forbidden}
 */
export function endCertificateTemplate(
  call: Call,
  input: EndCertificateTemplateInput,
): Promise<Performed<EndCertificateTemplateResult>> {
  const { institution, templateId, validUntil } = input;
  return perform(call, 'end-certificate-template', institution, input, async (tx) => {
    const target = await targetIn(tx, institution);
    requireMayAct(call, 'end-certificate-template', target);
    const template = await findTemplate(tx, institution, templateId);
    if (!template) throw new NotFound('certificateTemplate', templateId);
    const lastMatched = await lastMatchedDate(tx, institution, templateId);
    const { code, version, layout } = template;
    const digest = templateDigest({ ...template, layout, validUntil });
    return {
      target,
      violations: endViolations(template, validUntil, lastMatched),
      subjects: [{ kind: 'certificate-template', id: templateId, version, digest }],
      facts: { code, version, validUntil, before: template.validUntil },
      save: async () => {
        await endTemplate(tx, institution, templateId, validUntil);
        return { templateId };
      },
    };
  });
}
