// Adding a version of a certificate template: records are matched to the one in force on their conferral date (R11.7).
import { templateViolations } from '../../regulation/templates/templates.ts';
import type { Category, Level } from '../../regulation/vocabulary.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import {
  type CertificateTemplate,
  insertTemplate,
  readTemplates,
} from '../../store/templates/certificate-templates.ts';
import type { Call } from '../call.ts';
import { Refused } from '../errors.ts';
import { type Performed, perform } from '../perform.ts';
import type { JsonObject } from '../statement.ts';
import { digestOf } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { layoutToKeep } from './template-layout.ts';

/**
 * A certificate template. Days are `YYYY-MM-DD`; without `validUntil` it stays in force. A known code gives its next version.
 * Without a layout, or with an empty one, it has ours for its level and categories.
 */
export type AddCertificateTemplateInput = {
  institution: string;
  code: string;
  name: string;
  level: Level;
  categories: Category[];
  validFrom: string;
  validUntil?: string | null;
  layout?: JsonObject | null;
};

/** What a statement holds a template to: every column, the layout as it is kept. */
export function templateDigest(
  template: Pick<
    CertificateTemplate,
    'code' | 'version' | 'name' | 'level' | 'categories' | 'validFrom' | 'validUntil'
  > & { readonly layout: unknown },
): string {
  const { code, version, name, level, categories, validFrom, validUntil, layout } = template;
  const content = { code, version, name, level, categories, validFrom, validUntil };
  return digestOf({ ...content, layout: layout as JsonObject });
}

/** The template and its version, counted from 1 per code. */
export type AddCertificateTemplateResult = { templateId: string; version: number };

/**
 * Adds a certificate template (step `add-certificate-template`, by the degree office).
 * @throws {Refused} its period, level, categories or layout are wrong: everything at once
 */
export function addCertificateTemplate(
  call: Call,
  input: AddCertificateTemplateInput,
): Promise<Performed<AddCertificateTemplateResult>> {
  const { institution, code, name, level, categories, validFrom } = input;
  const validUntil = input.validUntil ?? null;
  const asked = { ...input, validUntil, layout: input.layout ?? {} };
  return perform(call, 'add-certificate-template', institution, asked, async (tx) => {
    const target = await targetIn(tx, institution);
    requireMayAct(call, 'add-certificate-template', target);
    const known = await readTemplates(tx, institution);
    const version = 1 + Math.max(0, ...known.filter((other) => other.code === code).map((other) => other.version));
    const templateId = uuidv7();
    const content = { code, version, name, level, categories, validFrom, validUntil };
    const { layout, violations: unsound, files } = await layoutToKeep(tx, call.world, institution, asked);
    const violations = [...templateViolations(content, known), ...unsound];
    // A layout that could not be read has no digest.
    if (violations.length > 0) throw new Refused(violations);
    const digest = templateDigest({ ...content, layout });
    return {
      target,
      violations,
      subjects: [{ kind: 'certificate-template', id: templateId, version, digest }],
      fresh: true,
      facts: content,
      files,
      async save(step) {
        await insertTemplate(tx, { institution, id: templateId, ...content, layout, createdAt: step.at });
        return { templateId, version };
      },
    };
  });
}
