// Loading an edition of the national data structure (R7.1): from then on the institution's imports and exports speak it.
// A version is never changed: what was imported under it stays readable by it.
import { editionKey, type RecordColumn } from '../../regulation/standard/edition.ts';
import {
  EDITION_TEMPLATE,
  type EditionLine,
  readEdition,
  sameEdition,
} from '../../regulation/standard/edition-load.ts';
import { SHIPPED_EDITIONS } from '../../regulation/standard/shipped-editions.ts';
import { violation } from '../../regulation/violations.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { insertEdition, readEditions } from '../../store/structure/editions.ts';
import type { Call } from '../call.ts';
import { Refused } from '../errors.ts';
import { refusingBadFiles } from '../files/file-problems.ts';
import { type Performed, perform } from '../perform.ts';
import { digestOf } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { readDataFile } from './data-file.ts';

/** An edition and the uploaded table of its columns. Days are `YYYY-MM-DD`; `verified`: the institution vouches for it by its source. */
export type LoadEditionInput = {
  institution: string;
  /** A new id, or that of an edition which this corrects. */
  edition: string;
  zh: string;
  en: string;
  source: string;
  validFrom: string | null;
  validUntil: string | null;
  categories: Category[];
  verified: boolean;
  headings: 'mnemonics' | 'chinese';
  fileDigest: string;
};

/** The version, counted from 1 per edition, and its key in imports and exports. */
export type LoadEditionResult = { editionId: string; key: string; version: number; columns: number };

const MOST_COLUMNS = 250;

/**
 * Loads a version of an edition (step `load-edition`, by the degree office).
 * @throws {Refused} everything that is wrong with the columns and the rest. {NotFound} no such file. {Forbidden}
 */
export function loadEdition(call: Call, input: LoadEditionInput): Promise<Performed<LoadEditionResult>> {
  const { institution, edition, fileDigest, verified, headings } = input;
  const categories = [...new Set(input.categories)].sort();
  const texts = { zh: input.zh.trim(), en: input.en.trim(), source: input.source.trim() };
  const { validFrom, validUntil } = input;
  return perform(call, 'load-edition', institution, { ...input, categories }, (tx) =>
    refusingBadFiles('file', async () => {
      const target = await targetIn(tx, institution);
      requireMayAct(call, 'load-edition', target);
      const lines = await editionLines(tx, call, institution, fileDigest);
      const head = { id: edition, ...texts, validFrom, validUntil, categories };
      const { columns, violations } = readEdition(head, lines);
      const known = (await readEditions(tx, institution)).filter(({ id }) => id === edition);
      const version = 1 + Math.max(0, ...known.map((other) => other.version));
      const last =
        known.find((other) => other.version === version - 1) ?? SHIPPED_EDITIONS.find(({ id }) => id === edition);
      const unchanged = last !== undefined && sameEdition(last, { ...head, verified, headings, columns });
      const editionId = uuidv7();
      const key = editionKey(edition, version);
      const content = { ...head, version, verified, headings, fileDigest };
      const digest = digestOf({ ...content, columns: columns.map(plain) });
      return {
        target,
        violations: unchanged
          ? [...violations, violation('edition-unchanged', 'file', { found: last.key })]
          : violations,
        subjects: [{ kind: 'edition', id: editionId, version, digest }],
        fresh: true,
        facts: {
          edition,
          version,
          verified,
          categories,
          validFrom,
          validUntil,
          source: texts.source,
          columns: columns.length,
        },
        files: [fileDigest],
        async save({ at }) {
          const by = { createdById: call.actor.officerId, createdAt: at };
          const kept = {
            edition,
            version,
            ...texts,
            validFrom,
            validUntil,
            categories,
            verified,
            headings,
            fileDigest,
          };
          await insertEdition(tx, { institution, id: editionId, ...kept, columns: columns.map(plain), ...by });
          return { editionId, key, version, columns: columns.length };
        },
      };
    }),
  );
}

/** A column as JSON: only what it says. */
function plain(column: RecordColumn): { [key: string]: string | number | boolean | null | string[] } {
  return JSON.parse(JSON.stringify(column));
}

type Key = (typeof EDITION_TEMPLATE)[number]['key'];

async function editionLines(tx: Transaction, call: Call, institution: string, digest: string): Promise<EditionLine[]> {
  const of = { institution, digest, kind: 'edition', columns: EDITION_TEMPLATE, maxRows: MOST_COLUMNS } as const;
  const read = await readDataFile<Key>(tx, call.world, of);
  return read instanceof Uint8Array ? jsonLines(read) : read;
}

/** `[{…}]` or `{"columns": [{…}]}`; values are texts, numbers, booleans. @throws {Refused} anything else */
function jsonLines(bytes: Uint8Array): EditionLine[] {
  const unreadable = (found: string) =>
    new Refused([violation('edition-not-readable', 'file', { found, expected: '{"columns": […]}' })]);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw unreadable('JSON');
  }
  const list = Array.isArray(value) ? value : (value as { columns?: unknown } | null)?.columns;
  if (!Array.isArray(list) || list.length === 0 || list.length > MOST_COLUMNS) throw unreadable('columns');
  const keys = EDITION_TEMPLATE.map(({ key }) => key);
  return list.map((item: unknown, at) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) throw unreadable(`columns[${at}]`);
    const stray = Object.keys(item).find((key) => !(keys as string[]).includes(key));
    if (stray !== undefined) throw unreadable(`columns[${at}].${stray.slice(0, 40)}`);
    const given = item as Partial<Record<Key, unknown>>;
    const row = Object.fromEntries(keys.map((key) => [key, textOf(given[key]).trim()])) as Record<Key, string>;
    return { line: at + 1, row };
  });
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
