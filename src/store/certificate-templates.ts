// Certificate templates with their versions (R11.7).
import type { CertificateTemplate } from '../generated/prisma/client.ts';
import type { TemplateFields } from '../regulation/templates.ts';
import type { Transaction } from './transaction.ts';

export type { CertificateTemplate };

/** All templates of an institution, in the order in which they were added. */
export async function readTemplates(
  tx: Pick<Transaction, 'certificateTemplate'>,
  institution: string,
): Promise<(CertificateTemplate & TemplateFields)[]> {
  const rows = await tx.certificateTemplate.findMany({ where: { institution }, orderBy: { id: 'asc' } });
  // Levels and categories were words of the vocabulary when the template was added.
  return rows as (CertificateTemplate & TemplateFields)[];
}

/** Adds a version of a template. */
export async function insertTemplate(
  tx: Transaction,
  template: Omit<CertificateTemplate, 'layout'> & { layout: object },
): Promise<void> {
  await tx.certificateTemplate.create({ data: template });
}
