// Adding a version of a certificate template: records are matched to the one in force on their conferral date (R11.7).
import { templateViolations } from '../regulation/templates.ts';
import type { Category, Level } from '../regulation/vocabulary.ts';
import { insertTemplate, readTemplates } from '../store/certificate-templates.ts';
import { uuidv7 } from '../store/uuid.ts';
import type { Call } from './call.ts';
import { type Performed, perform } from './perform.ts';
import type { JsonObject } from './statement.ts';
import { digestOf } from './subjects.ts';
import { targetIn } from './target.ts';

/** A certificate template. Days are `YYYY-MM-DD`; without `validUntil` it stays in force. A known code gives its next version. */
export type AddCertificateTemplateInput = {
  institution: string;
  code: string;
  name: string;
  level: Level;
  categories: Category[];
  validFrom: string;
  validUntil?: string | null;
  layout: JsonObject;
};

/** The template and its version, counted from 1 per code. */
export type AddCertificateTemplateResult = { templateId: string; version: number };

/**
 * Adds a certificate template (step `add-certificate-template`, by the degree office).
 * @throws {Refused} its period, level or categories are wrong
 */
export function addCertificateTemplate(
  call: Call,
  input: AddCertificateTemplateInput,
): Promise<Performed<AddCertificateTemplateResult>> {
  const { institution, code, name, level, categories, validFrom, layout } = input;
  const validUntil = input.validUntil ?? null;
  return perform(call, 'add-certificate-template', institution, { ...input, validUntil }, async (tx) => {
    const target = await targetIn(tx, institution);
    const known = await readTemplates(tx, institution);
    const version = 1 + Math.max(0, ...known.filter((other) => other.code === code).map((other) => other.version));
    const templateId = uuidv7();
    const content = { code, version, name, level, categories, validFrom, validUntil };
    const digest = digestOf({ ...content, layout });
    return {
      target,
      violations: templateViolations(content, known),
      subjects: [{ kind: 'certificate-template', id: templateId, version, digest }],
      fresh: true,
      facts: content,
      async save(step) {
        await insertTemplate(tx, { institution, id: templateId, ...content, layout, createdAt: step.at });
        return { templateId, version };
      },
    };
  });
}
