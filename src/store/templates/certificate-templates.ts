// Certificate templates with their versions (R11.7).
import type { CertificateTemplate } from '../../generated/prisma/client.ts';
import type { TemplateFields } from '../../regulation/templates/templates.ts';
import type { Reader } from '../database/client.ts';
import type { Transaction } from '../database/transaction.ts';

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

/** One template, or null. */
export async function findTemplate(
  tx: Pick<Transaction, 'certificateTemplate'>,
  institution: string,
  id: string,
): Promise<(CertificateTemplate & TemplateFields) | null> {
  const found = await tx.certificateTemplate.findUnique({ where: { institution_id: { institution, id } } });
  return found as (CertificateTemplate & TemplateFields) | null;
}

/** The latest conferral date among the records matched to a template, null when there are none. */
export async function lastMatchedDate(
  tx: Pick<Transaction, 'degreeRecord'>,
  institution: string,
  certificateTemplateId: string,
): Promise<string | null> {
  const { _max } = await tx.degreeRecord.aggregate({
    where: { institution, certificateTemplateId },
    _max: { conferralDate: true },
  });
  return _max.conferralDate;
}

/** Sets the last day of a template: the only thing about one that ever changes. */
export async function endTemplate(tx: Transaction, institution: string, id: string, validUntil: string): Promise<void> {
  await tx.certificateTemplate.update({ where: { institution_id: { institution, id } }, data: { validUntil } });
}

/** Templates as matching needs them, without their layouts: of an institution, or only the versions of one code. */
export async function readTemplateTimes(
  tx: Pick<Reader, 'certificateTemplate'>,
  institution: string,
  code?: string,
): Promise<(TemplateFields & { readonly id: string })[]> {
  const rows = await tx.certificateTemplate.findMany({
    where: { institution, ...(code === undefined ? {} : { code }) },
    orderBy: { id: 'asc' },
    select: {
      ...{ id: true, code: true, version: true, name: true, level: true },
      ...{ categories: true, validFrom: true, validUntil: true },
    },
  });
  return rows as (TemplateFields & { readonly id: string })[];
}
