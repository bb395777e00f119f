// What anybody may learn of a document that carries one of our verification codes. No personal data.
import {
  APPLICATION_KINDS,
  APPLICATION_STATES,
  type ApplicationKind,
  type ApplicationState,
} from '../regulation/vocabulary.ts';
import { normalizeVerificationCode } from '../secrecy/tokens.ts';
import { findIssuedDocument } from '../store/issued-documents.ts';
import type { World } from './call.ts';

/** An issued document as the public sees it. */
export interface CheckedDocument {
  readonly kind: ApplicationKind;
  readonly kindZh: string;
  readonly kindEn: string;
  readonly documentNumber: string;
  /** Civil date on the document. */
  readonly date: string;
  readonly institution: string;
  readonly institutionName: string;
  /** The office that sealed it. */
  readonly sender: string;
  /** How many people it lists. */
  readonly count: number;
  /** SHA-256 (hex) of the PDF as issued: any other bytes are not this document. */
  readonly pdfDigest: string;
  /** SHA-256 (hex) of the data attached to the PDF. */
  readonly dataDigest: string;
  readonly state: ApplicationState;
  readonly stateZh: string;
  readonly stateEn: string;
  readonly decisionNumber: string | null;
}

/**
 * Looks an issued document up by the code printed on it, as a person types it.
 *
 * @returns null when the code is mistyped or unknown; the two look alike to a guesser.
 */
export async function checkDocument(world: Pick<World, 'db'>, code: string): Promise<CheckedDocument | null> {
  const verificationCode = normalizeVerificationCode(code);
  if (verificationCode === null) return null;
  const found = await findIssuedDocument(world.db.prisma, verificationCode);
  if (!found) return null;
  const kind = found.kind as ApplicationKind;
  const state = found.state as ApplicationState;
  return {
    kind,
    kindZh: APPLICATION_KINDS[kind].zh,
    kindEn: APPLICATION_KINDS[kind].en,
    documentNumber: found.documentNumber,
    date: found.documentDate,
    institution: found.institution,
    institutionName: found.institutionName,
    sender: found.sender,
    count: found.count,
    pdfDigest: found.pdfDigest,
    dataDigest: found.dataDigest,
    state,
    stateZh: APPLICATION_STATES[state].zh,
    stateEn: APPLICATION_STATES[state].en,
    decisionNumber: found.decisionNumber,
  };
}
