// Sealed documents as they left the house, found by the code printed on them.
import type { Reader } from './client.ts';

/** What is kept of an issued document, without the people on it. */
export interface IssuedDocument {
  readonly institution: string;
  readonly institutionName: string;
  readonly sender: string;
  readonly kind: string;
  readonly state: string;
  readonly documentNumber: string;
  readonly documentDate: string;
  readonly pdfDigest: string;
  readonly dataDigest: string;
  readonly decisionNumber: string | null;
  readonly count: number;
}

/** The issued document with this verification code, or null. */
export async function findIssuedDocument(
  db: Pick<Reader, 'writtenApplication'>,
  verificationCode: string,
): Promise<IssuedDocument | null> {
  const found = await db.writtenApplication.findUnique({
    where: { verificationCode },
    select: {
      institution: true,
      kind: true,
      state: true,
      documentNumber: true,
      documentDate: true,
      pdfDigest: true,
      dataDigest: true,
      decisionNumber: true,
      _count: { select: { records: true } },
      of: { select: { name: true, offices: { where: { kind: 'degree-office' }, select: { name: true } } } },
    },
  });
  if (!found?.documentNumber || !found.documentDate || !found.pdfDigest || !found.dataDigest) return null;
  const { institution, kind, state, documentNumber, documentDate, pdfDigest, dataDigest, decisionNumber } = found;
  return {
    institution,
    institutionName: found.of.name,
    sender: found.of.offices[0]?.name ?? found.of.name,
    kind,
    state,
    documentNumber,
    documentDate,
    pdfDigest,
    dataDigest,
    decisionNumber,
    count: found._count.records,
  };
}
