// Certificate templates with their versions (R11.7).
import type { CertificateTemplate } from '../generated/prisma/client.ts';
import type { Transaction } from './transaction.ts';

export type { CertificateTemplate };

/** All templates of an institution, in the order in which they were added. */
export function readTemplates(
  tx: Pick<Transaction, 'certificateTemplate'>,
  institution: string,
): Promise<CertificateTemplate[]> {
  return tx.certificateTemplate.findMany({ where: { institution }, orderBy: { id: 'asc' } });
}

/** Adds a version of a template. */
export async function insertTemplate(
  tx: Transaction,
  template: Omit<CertificateTemplate, 'layout'> & { layout: object },
): Promise<void> {
  await tx.certificateTemplate.create({ data: template });
}
