// What anybody may learn of a document that carries one of our verification codes. No personal data.
import type { Decision } from '../regulation/applications/applications.ts';
import { civilDateInShanghai } from '../regulation/deadlines/deadlines.ts';
import {
  APPLICATION_KINDS,
  APPLICATION_STATES,
  type ApplicationKind,
  type ApplicationState,
} from '../regulation/vocabulary.ts';
import { normalizeVerificationCode } from '../secrecy/tokens.ts';
import { findIssuedDocument } from '../store/seals/issued-documents.ts';
import { decisionWords } from './applications/decision-words.ts';
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
  /** In force: false when a later document of the case has taken its place, and when the case was withdrawn or refused. */
  readonly current: boolean;
  /** Civil date since which it is superseded, and the number of the document in its place; null for the last one. */
  readonly supersededOn: string | null;
  readonly supersededBy: string | null;
  /** Where the case stands, as far as it concerns anybody outside: work inside the house after a return is still a return. */
  readonly state: ApplicationState;
  readonly stateZh: string;
  readonly stateEn: string;
  /** What the provincial office decided on this very document, when (civil date), and the number of its decision. */
  readonly decision: Decision | null;
  readonly decisionZh: string | null;
  readonly decisionEn: string | null;
  readonly decisionNumber: string | null;
  readonly decidedOn: string | null;
  /** Civil date on which what was consented to took effect in the register; null before, and for a kind that needs no such step. */
  readonly carriedOutOn: string | null;
}

/** A case that came to nothing: none of its documents is in force. */
const CAME_TO_NOTHING: readonly ApplicationState[] = ['withdrawn', 'refused'];

/** States that only the house knows; seen from outside, the document was returned. */
const INSIDE: readonly ApplicationState[] = ['draft', 'checked', 'approved'];

/**
 * Looks an issued document up by the code printed on it, as a person types it. The code of a superseded document stays known.
 *
 * @returns null when the code is mistyped or unknown; the two look alike to a guesser.
 */
export async function checkDocument(world: Pick<World, 'db'>, code: string): Promise<CheckedDocument | null> {
  const verificationCode = normalizeVerificationCode(code);
  if (verificationCode === null) return null;
  const found = await findIssuedDocument(world.db.prisma, verificationCode);
  if (!found) return null;
  const { institution, institutionName, sender, documentNumber, count, pdfDigest, dataDigest } = found;
  const { supersededBy, decision, carriedOutAt } = found;
  const kind = found.kind as ApplicationKind;
  const kept = found.state as ApplicationState;
  const state = INSIDE.includes(kept) ? 'returned' : kept;
  const words = decision && decisionWords(kind, decision.decision as Decision);
  return {
    ...{ kind, kindZh: APPLICATION_KINDS[kind].zh, kindEn: APPLICATION_KINDS[kind].en },
    ...{ documentNumber, date: found.documentDate, institution, institutionName, sender, count, pdfDigest, dataDigest },
    current: supersededBy === null && !CAME_TO_NOTHING.includes(kept),
    supersededOn: supersededBy?.documentDate ?? null,
    supersededBy: supersededBy?.documentNumber ?? null,
    ...{ state, stateZh: APPLICATION_STATES[state].zh, stateEn: APPLICATION_STATES[state].en },
    decision: (decision?.decision as Decision | undefined) ?? null,
    decisionZh: words?.zh ?? null,
    decisionEn: words?.en ?? null,
    decisionNumber: decision?.number ?? null,
    decidedOn: decision && dayOf(decision.at),
    carriedOutOn: carriedOutAt && dayOf(carriedOutAt),
  };
}

const dayOf = (at: Date): string => civilDateInShanghai(at.toISOString());
