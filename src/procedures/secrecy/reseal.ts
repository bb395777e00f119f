// Boxes from one key to another: opened and sealed again, place by place. What cannot be opened stays as it is, and is named.
import { type BlindIndex, IDENTITY_PURPOSE } from '../../secrecy/blind-index.ts';
import type { FieldCipher } from '../../secrecy/field-cipher.ts';
import { Tampered, WrongKey } from '../../secrecy/secret-problems.ts';
import { SECRET_COLUMNS } from '../../store/records/record-columns.ts';
import type { BoxRow, Cell, ReplacedRow } from '../../store/secrecy/re-encrypt.ts';
import type { SecretTable } from '../../store/secrecy/secret-columns.ts';

/** A box that could not be opened: where it is, never what it is. */
export interface BoxProblem {
  /** Table, key of the row, and column or member, with slashes between. */
  readonly place: string;
  readonly code: 'key-missing' | 'altered';
}

/** What came of one row. */
export interface Resealed {
  /** Null when nothing of it had to change, or could. */
  readonly row: ReplacedRow | null;
  /** How many boxes changed. */
  readonly boxes: number;
  readonly problems: readonly BoxProblem[];
}

/** The keys that everything goes over to, and those it comes from. */
export interface ResealSecrets {
  readonly cipher: FieldCipher;
  readonly blindIndex: BlindIndex;
}

type Fields = Record<string, unknown>;
const SECRETS: ReadonlySet<string> = new Set(SECRET_COLUMNS);

/** Whether look-up keys have to be looked at: only their value tells under which key they are. */
export function reindexes({ keyIds }: BlindIndex): boolean {
  return keyIds.length > 1;
}

/** A row with every box under the current key, and the look-up key of the identity number. */
export function resealRow(
  table: SecretTable,
  institution: string,
  before: BoxRow,
  { cipher, blindIndex }: ResealSecrets,
): Resealed {
  const problems: BoxProblem[] = [];
  let boxes = 0;
  const looked: { identityNumber: string | null } = { identityNumber: null };
  const place = (field: string) => [table.table, ...before.key, field].join('/');

  const attempt = <Box extends string | Uint8Array>(box: Box, field: string, again: () => Box): Box => {
    try {
      return again();
    } catch (error) {
      if (!(error instanceof WrongKey || error instanceof Tampered)) throw error;
      problems.push({ place: place(field), code: error instanceof WrongKey ? 'key-missing' : 'altered' });
      return box;
    }
  };
  const text = (box: string, field: string, name = field): string =>
    attempt(box, field, () => {
      const context = table.context(institution, before.key, name);
      const other = cipher.keyIdOf(box) !== cipher.keyId;
      const asked = table.index !== undefined && name === 'identityNumber' && reindexes(blindIndex);
      if (!other && !asked) return box;
      const plain = cipher.open(box, context);
      if (asked) looked.identityNumber = plain;
      if (!other) return box;
      boxes += 1;
      return cipher.seal(plain, context);
    });
  const bytes = (box: Uint8Array, field: string): Uint8Array =>
    attempt(box, field, () => {
      if (cipher.keyIdOfBytes(box) === cipher.keyId) return box;
      const context = table.context(institution, before.key, field);
      const again = cipher.sealBytes(cipher.openBytes(box, context), context);
      boxes += 1;
      return again;
    });
  const members = (json: string): string => {
    const content = JSON.parse(json) as Fields;
    const next = Object.entries(content).map(([name, value]) => [
      name,
      SECRETS.has(name) && typeof value === 'string' && value !== '' ? text(value, name) : value,
    ]);
    return JSON.stringify(Object.fromEntries(next));
  };
  const changes = (json: string): string => {
    const content = JSON.parse(json) as Fields & { changes?: Fields[] };
    if (!Array.isArray(content.changes)) return json;
    const next = content.changes.map((change) => {
      const { field, before: was, after } = change;
      if (typeof field !== 'string' || !SECRETS.has(field)) return change;
      const side = (value: unknown, name: string) =>
        typeof value === 'string' && value !== '' ? text(value, `${field}/${name}`, field) : value;
      return { ...change, before: side(was, 'before'), after: side(after, 'after') };
    });
    return JSON.stringify({ ...content, changes: next });
  };

  const cells = table.columns.map(({ name, form }, at): Cell => {
    const cell = before.cells[at] ?? null;
    if (cell === null || cell.length === 0) return cell;
    if (typeof cell !== 'string') return bytes(cell, name);
    return form === 'members' ? members(cell) : form === 'changes' ? changes(cell) : text(cell, name);
  });
  const { identityNumber } = looked;
  const index = identityNumber === null ? before.index : blindIndex(identityNumber, IDENTITY_PURPOSE);
  const same = boxes === 0 && index === before.index;
  return { row: same ? null : { before, cells, index }, boxes, problems };
}
