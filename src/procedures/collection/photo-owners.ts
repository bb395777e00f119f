// Whose photo a file is, by its name: identity number, student number or certificate number.
import { type Violation, violation } from '../../regulation/violations.ts';
import { type BlindIndex, IDENTITY_PURPOSE } from '../../secrecy/blind-index.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { readRecordNumbers } from '../../store/records/record-numbers.ts';

/** The people of a batch, each of whom has one photo in an archive. */
export interface PhotoOwners {
  /** Finds the owner of a file; a good photo takes the place, and the second good one of a person is refused. */
  find(entry: string, good: boolean): { readonly recordId: string | null; readonly violations: Violation[] };
}

/** Reads the numbers of a batch once, so that thousands of file names are looked up in memory. */
export async function readPhotoOwners(
  tx: Transaction,
  institution: string,
  batchId: string,
  blindIndex: BlindIndex,
): Promise<PhotoOwners> {
  const byNumber = new Map<string, string | null>();
  const add = (key: string, id: string) => byNumber.set(key, byNumber.has(key) && byNumber.get(key) !== id ? null : id);
  for (const record of await readRecordNumbers(tx, institution, batchId)) {
    add(`index/${record.identityNumberIndex}`, record.id);
    add(record.certificateNumber, record.id);
    if (record.studentNumber) add(record.studentNumber, record.id);
  }
  // Two records of one person are two owners, also when their indexes are under different keys.
  const ofPerson = (number: string): string | null | undefined => {
    const found = blindIndex.lookUps(number, IDENTITY_PURPOSE).map((index) => byNumber.get(`index/${index}`));
    const owners = found.filter((id) => id !== undefined);
    return owners.length > 1 ? null : owners[0];
  };
  const taken = new Map<string, string>();
  return {
    find(entry, good) {
      const number = entry
        .replace(/^.*\//, '')
        .replace(/\.[^.]*$/, '')
        .trim()
        .toUpperCase();
      const recordId = byNumber.get(number) ?? ofPerson(number) ?? null;
      if (recordId === null)
        return {
          recordId,
          violations: [violation('photo-without-person', entry, { expected: '身份证件号码 / 学号 / 学位证书编号' })],
        };
      const first = taken.get(recordId);
      if (good && first !== undefined)
        return { recordId, violations: [violation('photo-doubled', entry, { found: first })] };
      if (good) taken.set(recordId, entry);
      return { recordId, violations: [] };
    },
  };
}
