// The papers of destroyed datasets (R18.1): what is known of each is what its sealed step says, so there is no second place that could differ.
import type { Transaction } from '../database/transaction.ts';

/** What the sealed step says of a paper. */
export interface DestructionPaperRow {
  readonly institution: string;
  readonly institutionName: string;
  /** The office that sealed it, by the name that it had then. */
  readonly sender: string;
  readonly documentNumber: string;
  readonly rows: number;
  readonly at: Date;
  readonly pdfDigest: string;
  readonly dataDigest: string;
}

type Reads = Pick<Transaction, '$queryRaw'>;

/** Nothing else of a statement is asked for here. */
interface Statement {
  readonly office: { readonly name: string };
  readonly at: string;
  readonly files: readonly string[];
  readonly facts: { readonly documentNumber?: string; readonly dataDigest?: string; readonly rows: number };
}

interface Found {
  readonly institution: string;
  readonly name: string;
  readonly statement: string;
}

/** SHA-256 (hex) of the paper of a dataset; null while it is not destroyed. */
export async function paperOfDataset(db: Reads, institution: string, datasetId: string): Promise<string | null> {
  const found = await db.$queryRaw<Found[]>`
    SELECT s."institution", '' AS "name", s."statement" FROM "Dataset" d
    JOIN "Step" s ON s."institution" = d."institution" AND s."id" = d."destroyStepId"
    WHERE d."institution" = ${institution} AND d."id" = ${datasetId}::uuid`;
  return paperIn(found)?.pdfDigest ?? null;
}

/**
 * The paper with this verification code, or null. Datasets are few and each destroyed one names its step, so that those are read
 * and not the log.
 */
export async function paperByCode(db: Reads, verificationCode: string): Promise<DestructionPaperRow | null> {
  const said = `%"verificationCode":"${verificationCode}"%`;
  const found = await db.$queryRaw<Found[]>`
    SELECT s."institution", i."name", s."statement" FROM "Dataset" d
    JOIN "Step" s ON s."institution" = d."institution" AND s."id" = d."destroyStepId"
    JOIN "Institution" i ON i."code" = d."institution"
    WHERE d."state" = 'destroyed' AND s."statement" LIKE ${said} LIMIT 1`;
  return paperIn(found);
}

/** The dataset whose destruction a file is the paper of; null when it is none of this institution's. */
export async function datasetOfPaper(db: Reads, institution: string, pdfDigest: string): Promise<string | null> {
  const found = await db.$queryRaw<{ id: string }[]>`
    SELECT d."id"::text FROM "Dataset" d
    JOIN "Step" s ON s."institution" = d."institution" AND s."id" = d."destroyStepId"
    WHERE d."institution" = ${institution} AND s."statement" LIKE ${`%"files":["${pdfDigest}"]%`} LIMIT 1`;
  return found[0]?.id ?? null;
}

function paperIn([row]: readonly Found[]): DestructionPaperRow | null {
  if (!row) return null;
  const { office, at, files, facts } = JSON.parse(row.statement) as Statement;
  const [pdfDigest] = files;
  const { documentNumber, dataDigest, rows } = facts;
  if (pdfDigest === undefined || documentNumber === undefined || dataDigest === undefined) return null;
  const { institution, name: institutionName } = row;
  return {
    institution,
    institutionName,
    sender: office.name,
    documentNumber,
    rows,
    at: new Date(at),
    pdfDigest,
    dataDigest,
  };
}
