// What an institution has of its own in code tables: entries, remembered mappings, recodings; read once per procedure.
import { type ExtraCodes, indexCodes } from '../../regulation/standard/codes.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { readCodeEntries, readRecodings } from '../../store/structure/code-entries.ts';
import { readCodeMappings } from '../../store/structure/code-mappings.ts';

/** The code tables of an institution, ready to be looked up. */
export async function codesOf(
  tx: Pick<Transaction, 'codeEntry' | 'codeMapping' | 'codeRecoding'>,
  institution: string,
): Promise<ExtraCodes> {
  const entries = await readCodeEntries(tx, institution);
  const mappings = await readCodeMappings(tx, institution);
  return indexCodes(entries, mappings, await readRecodings(tx, institution));
}
