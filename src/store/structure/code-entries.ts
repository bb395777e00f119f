// Code tables in an institution's own edition (R7.1): entries with their validity, the loadings that made them, recodings.
import type { CodeEntry, CodeRecoding, CodeTableVersion } from '../../generated/prisma/client.ts';
import { insertRows } from '../database/bulk.ts';
import type { Transaction } from '../database/transaction.ts';

export type { CodeEntry, CodeRecoding, CodeTableVersion };

/** All entries that an institution has loaded itself. */
export function readCodeEntries(tx: Pick<Transaction, 'codeEntry'>, institution: string): Promise<CodeEntry[]> {
  return tx.codeEntry.findMany({ where: { institution }, orderBy: [{ codeTable: 'asc' }, { code: 'asc' }] });
}

/** All recodings that an institution has loaded itself. */
export function readRecodings(tx: Pick<Transaction, 'codeRecoding'>, institution: string): Promise<CodeRecoding[]> {
  return tx.codeRecoding.findMany({ where: { institution } });
}

/** The newest loading of a table, or null. */
export function lastCodeTableVersion(
  tx: Pick<Transaction, 'codeTableVersion'>,
  institution: string,
  codeTable: string,
): Promise<CodeTableVersion | null> {
  return tx.codeTableVersion.findFirst({ where: { institution, codeTable }, orderBy: { version: 'desc' } });
}

const ENTRY_COLUMNS = [
  { name: 'institution', type: 'text' },
  { name: 'codeTable', type: 'text' },
  { name: 'code', type: 'text' },
  { name: 'name', type: 'text' },
  { name: 'validFrom', type: 'text' },
  { name: 'validUntil', type: 'text' },
] as const;

/** Puts the entries of a table in the place of those that are there, and adds the loading with its recodings. */
export async function keepCodeTable(
  tx: Transaction,
  version: CodeTableVersion,
  entries: readonly Omit<CodeEntry, 'institution' | 'codeTable'>[],
  recodings: readonly Omit<CodeRecoding, 'institution' | 'codeTable' | 'versionId'>[],
): Promise<void> {
  const { institution, codeTable, id } = version;
  await tx.codeTableVersion.create({ data: version });
  await tx.codeEntry.deleteMany({ where: { institution, codeTable } });
  const rows = entries.map(({ code, name, validFrom, validUntil }) => [
    institution,
    codeTable,
    code,
    name,
    validFrom,
    validUntil,
  ]);
  for (let at = 0; at < rows.length; at += 1000) {
    await insertRows(tx, 'CodeEntry', ENTRY_COLUMNS, rows.slice(at, at + 1000));
  }
  const data = recodings.map((row) => ({ institution, codeTable, versionId: id, ...row }));
  if (data.length > 0) await tx.codeRecoding.createMany({ data });
}
