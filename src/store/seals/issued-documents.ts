// Sealed documents as they left the house, found by the code printed on them: the one in force and those before it, for ever.
import type { Reader } from '../database/client.ts';

/** What is kept of an issued document, without the people on it. */
export interface IssuedDocument {
  readonly institution: string;
  readonly institutionName: string;
  readonly sender: string;
  readonly kind: string;
  /** Where the case stands. */
  readonly state: string;
  readonly documentNumber: string;
  readonly documentDate: string;
  readonly pdfDigest: string;
  readonly dataDigest: string;
  readonly count: number;
  /** The document that took its place; null for the one in force. */
  readonly supersededBy: { readonly documentNumber: string; readonly documentDate: string } | null;
  /** What was decided on this very document. */
  readonly decision: { readonly decision: string; readonly number: string; readonly at: Date } | null;
  readonly carriedOutAt: Date | null;
}

type Reads = Pick<Reader, 'applicationDocument' | 'step'>;

/** The issued document with this verification code, or null. */
export async function findIssuedDocument(db: Reads, verificationCode: string): Promise<IssuedDocument | null> {
  const found = await db.applicationDocument.findUnique({
    where: { verificationCode },
    select: {
      institution: true,
      applicationId: true,
      sequence: true,
      documentNumber: true,
      documentDate: true,
      pdfDigest: true,
      dataDigest: true,
      application: {
        select: {
          kind: true,
          state: true,
          carriedOutAt: true,
          decision: true,
          decisionNumber: true,
          decidedAt: true,
          _count: { select: { records: true } },
          documents: { select: { sequence: true, documentNumber: true, documentDate: true } },
          decisions: { select: { sequence: true, decision: true, number: true, at: true } },
          of: { select: { name: true, offices: { where: { kind: 'degree-office' }, select: { name: true } } } },
        },
      },
    },
  });
  if (!found) return null;
  const { institution, applicationId, sequence, documentNumber, documentDate, pdfDigest, dataDigest } = found;
  const { kind, state, carriedOutAt, documents, decisions, of, _count } = found.application;
  const next = documents.find((one) => one.sequence === sequence + 1);
  // A document is decided on once: after a return the next one is a document of its own.
  const decided = decisions.find((one) => one.sequence === sequence) ?? (next ? null : onlyDecision(found.application));
  return {
    institution,
    institutionName: of.name,
    sender: of.offices[0]?.name ?? of.name,
    ...{ kind, state, documentNumber, documentDate, pdfDigest, dataDigest },
    count: (await peopleOn(db, institution, applicationId, documentNumber)) ?? _count.records,
    supersededBy: next ? { documentNumber: next.documentNumber, documentDate: next.documentDate } : null,
    decision: decided ? { decision: decided.decision, number: decided.number, at: decided.at } : null,
    carriedOutAt: next ? null : carriedOutAt,
  };
}

/** The decision of a case from before decisions were kept one by one. */
function onlyDecision({
  decision,
  decisionNumber,
  decidedAt,
  decisions,
}: {
  readonly decision: string | null;
  readonly decisionNumber: string | null;
  readonly decidedAt: Date | null;
  readonly decisions: readonly object[];
}): { decision: string; number: string; at: Date } | null {
  if (decisions.length > 0 || !decision || !decisionNumber || !decidedAt) return null;
  return { decision, number: decisionNumber, at: decidedAt };
}

/** How many people a document lists, as the sealed step says that issued it: the case may list others since. */
async function peopleOn(
  db: Pick<Reader, 'step'>,
  institution: string,
  applicationId: string,
  documentNumber: string,
): Promise<number | undefined> {
  const steps = await db.step.findMany({
    where: { institution, name: 'seal-application', subjects: { some: { institution, subjectId: applicationId } } },
    select: { statement: true },
  });
  const facts = steps.map(({ statement }) => (JSON.parse(statement) as { facts: Record<string, unknown> }).facts);
  const people = facts.find((one) => one.documentNumber === documentNumber)?.people;
  return typeof people === 'number' ? people : undefined;
}
