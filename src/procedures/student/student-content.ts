// The words of a dispute or correction request: one sealed box at rest, a keyed digest in the statement, opened only to be shown (R21.1).
import { fieldText } from '../../regulation/standard/field-text.ts';
import { type FieldName, isFieldName } from '../../regulation/standard/fields.ts';
import {
  type DisputedField,
  disputedFieldsViolations,
  type ShownFields,
  WORD_LIMITS,
} from '../../regulation/student-word.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import { canonicalize } from '../../sealing/verify/canonical.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { filesOfStudent } from '../../store/student/student-words.ts';
import type { StudentCall, World } from '../call.ts';
import type { Subject } from '../statement.ts';
import { digestOf } from '../subjects.ts';
import { keyOfThing } from './student-thing.ts';

/** A field as it was when the student spoke, what it should be in their opinion, and why. */
export interface SpokenField {
  readonly field: FieldName;
  readonly found: string | null;
  readonly proposed: string | null;
  readonly reason: string;
}

/** What a student says of a record: fields, and evidence uploaded before, by digest. */
export type SpokenWord = {
  readonly fields: readonly DisputedField[];
  readonly evidence: readonly string[];
};

/** The word as it is taken: trimmed, names normalised as everywhere. */
export function takenWord(word: SpokenWord): { fields: DisputedField[]; evidence: string[] } {
  const fields = word.fields.map(({ field, proposed, reason }) => {
    const text = proposed?.trim() ?? '';
    const value = text === '' ? '' : fieldText(field, text);
    return { field, proposed: proposed === null ? null : value, reason: reason.trim() };
  });
  return { fields, evidence: [...new Set(word.evidence)] };
}

/** What a retry must repeat of a word, under the installation's key: a plain digest of a number could be tried out. */
export function wordDigest(world: Pick<World, 'blindIndex'>, { fields, evidence }: SpokenWord): string {
  const plain = fields.map(({ field, proposed, reason }) => ({ field, proposed, reason }));
  return world.blindIndex(canonicalize({ fields: plain, evidence: [...evidence] }), 'student-word');
}

/** Everything wrong with a word: its fields, and evidence that this student has not uploaded. */
export async function wordViolations(
  tx: Transaction,
  { student }: StudentCall,
  word: SpokenWord,
  shown: ShownFields,
): Promise<Violation[]> {
  const { fields, evidence } = word;
  const uploaded = await filesOfStudent(tx, student.institution, keyOfThing(student));
  const most = WORD_LIMITS.evidence;
  const unknown = evidence.flatMap((digest, at) =>
    uploaded.has(digest)
      ? []
      : [violation('dispute-evidence-unknown', `evidence[${at}]`, { found: digest.slice(0, 64) })],
  );
  const many =
    evidence.length > most
      ? [violation('student-too-many-files', 'evidence', { found: String(evidence.length), expected: `≤ ${most}` })]
      : [];
  return [...disputedFieldsViolations(fields, shown), ...many, ...unknown];
}

/** The fields with their values as they were shown. Only fields that the record has. */
export function spokenFields(fields: readonly DisputedField[], shown: ShownFields): SpokenField[] {
  return fields.flatMap(({ field, proposed, reason }) =>
    isFieldName(field) ? [{ field, found: shown[field] ?? null, proposed, reason }] : [],
  );
}

const boxContext = (institution: string, id: string): string => `${institution}/${id}/student-word`;

/** Seals the fields for the register. A lone surrogate cannot come here: the edge refuses it. */
export function sealWord(
  world: Pick<World, 'cipher'>,
  institution: string,
  id: string,
  fields: readonly SpokenField[],
): string {
  return world.cipher.seal(JSON.stringify(fields), boxContext(institution, id));
}

/** Opens what {@link sealWord} sealed. @throws {WrongKey} {Tampered} from the cipher */
export function openWord(
  world: Pick<World, 'cipher'>,
  row: { readonly institution: string; readonly id: string; readonly content: string },
): SpokenField[] {
  return JSON.parse(world.cipher.open(row.content, boxContext(row.institution, row.id))) as SpokenField[];
}

/** A word as the subject of a step. What it says, and what was answered, enters under the installation's key: it speaks of people. */
export function wordSubject(
  world: Pick<World, 'blindIndex'>,
  kind: 'dispute' | 'correction-request',
  word: { readonly id: string; readonly fields: readonly SpokenField[]; readonly evidence: readonly string[] },
  answer: { readonly state: string; readonly words: string } | null,
): Subject {
  const { id, evidence } = word;
  const fields = word.fields.map(({ field, found, proposed, reason }) => ({ field, found, proposed, reason }));
  const keyed = world.blindIndex(
    canonicalize({ id, fields, evidence: [...evidence], answer: answer && { ...answer } }),
    kind,
  );
  return { kind, id, version: answer === null ? 1 : 2, digest: digestOf({ keyed }) };
}
