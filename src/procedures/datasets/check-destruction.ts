// What anybody may learn of a certificate of destruction by the code that is printed on it (R18.1): nothing of the dataset's content.
import { normalizeVerificationCode } from '../../secrecy/tokens.ts';
import { paperByCode } from '../../store/datasets/destruction-papers.ts';
import type { World } from '../call.ts';
import { dayOf } from '../situation.ts';

/** A certificate of destruction as the public sees it. */
export interface CheckedDestruction {
  readonly institution: string;
  readonly institutionName: string;
  /** The office that sealed it. */
  readonly sender: string;
  readonly documentNumber: string;
  /** Civil date on the document. */
  readonly date: string;
  /** How many rows were destroyed. */
  readonly rows: number;
  /** SHA-256 (hex) of the PDF as issued, and of the data attached to it. */
  readonly pdfDigest: string;
  readonly dataDigest: string;
}

/** The certificate with this code, as a person types it; null when it is mistyped or unknown. */
export async function checkDestruction(world: Pick<World, 'db'>, code: string): Promise<CheckedDestruction | null> {
  const verificationCode = normalizeVerificationCode(code);
  const found = verificationCode && (await paperByCode(world.db.prisma, verificationCode));
  if (!found) return null;
  const { at, ...rest } = found;
  return { ...rest, date: dayOf(at) };
}
