// The certificate that an analysis dataset was destroyed, on paper (R18.1): printed, sealed and kept in the transaction of the destruction.
import { createHash } from 'node:crypto';
import type { FontSet } from '../../documents/fonts/fonts.ts';
import { spelledOut } from '../../documents/printable.ts';
import { renderLetter } from '../../documents/render.ts';
import type { JsonValue } from '../../documents/wording/data.ts';
import { type DestructionData, destructionCertificate } from '../../documents/wording/wording-destruction.ts';
import { datasetFieldWords } from '../../regulation/datasets/fields.ts';
import { DATASET_PURPOSES } from '../../regulation/datasets/words.ts';
import { violation } from '../../regulation/violations.ts';
import { CATEGORIES, isKeyOf } from '../../regulation/vocabulary.ts';
import { sealPdf } from '../../sealing/pdf.ts';
import { newVerificationCode } from '../../secrecy/tokens.ts';
import { nextNumber } from '../../store/applications/applications.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import type { Dataset } from '../../store/datasets/datasets.ts';
import { findInstitution } from '../../store/offices/institutions.ts';
import { keepFile } from '../../store/stored-files.ts';
import type { Call, OrderedCall } from '../call.ts';
import { NotFound, Refused } from '../errors.ts';
import { momentOf, todayOf } from '../situation.ts';
import type { JsonObject } from '../statement.ts';
import { digestOf } from '../subjects.ts';

/** Under whose seal a dataset is destroyed, and who did it before its time; null at the end of the term. */
export interface DestroyedBy {
  readonly officeId: string;
  readonly officeName: string;
  readonly early: { readonly officerId: string; readonly name: string; readonly reason: string } | null;
}

/** What the sealed step says of the destruction, as the paper repeats it. */
export type DestructionFacts = JsonObject & {
  readonly rows: number;
  readonly boxesDigest: string | null;
  readonly readings: number;
};

/** A paper that is printed and sealed; it is kept when the step is saved. */
export interface DestructionPaper {
  /** SHA-256 (hex) of the sealed PDF; of the unsealed draft where the step is only simulated. */
  readonly pdfDigest: string;
  /** What the step says of it: by this the paper is found again, see store/datasets/destruction-papers.ts. */
  readonly facts: {
    readonly documentNumber: string;
    readonly verificationCode: string;
    /** SHA-256 (hex) of the attached data. */
    readonly dataDigest: string;
  };
  keep(at: Date): Promise<void>;
}

/**
 * Prints and seals the certificate of a destruction that is about to happen. A character that no face has never stands in its way: it is
 * spelled out.
 * @throws {Refused} the office has no seal. {NotFound} the institution
 */
export async function destructionPaper(
  tx: Transaction,
  { world, simulate }: Call | OrderedCall,
  { row, by, facts }: { readonly row: Dataset; readonly by: DestroyedBy; readonly facts: DestructionFacts },
): Promise<DestructionPaper> {
  const { institution, id: datasetId } = row;
  const of = await findInstitution(tx, institution);
  if (!of) throw new NotFound('institution', institution);
  const seal = world.sealOf(by.officeId);
  if (!seal) throw new Refused([violation('seal-missing', 'seal', { found: by.officeName })]);
  const at = world.now();
  const date = todayOf(world);
  const year = date.slice(0, 4);
  const documentNumber = `${of.documentPrefix}〔${year}〕${await nextNumber(tx, institution, `document-number/${year}`)}号`;
  const issue = { documentNumber, date, destroyedAt: momentOf(at) };
  const machineData: JsonObject = {
    ...{ format: 'vermilion-destruction/1', institution: { code: institution, name: of.name } },
    ...{ ...issue, datasetId, office: by.officeName, ...facts },
    ...{ officer: by.early?.name ?? null, reason: by.early?.reason ?? null },
  };
  const dataDigest = digestOf(machineData);
  const code = newVerificationCode();
  const fonts = await world.fonts();
  const letter = destructionCertificate({
    ...{ institutionName: of.name, senderName: by.officeName, ...issue, machineData: machineData as JsonValue },
    ...printed(fonts, row, by, facts),
    seal: { text: seal.text, diameterMm: seal.diameterMm, demo: seal.demo },
    verification: { code, url: `${world.origin}/v/${code}`, dataDigest },
  });
  const draft = simulate === true;
  const drawn = await renderLetter(letter, { fonts, draft, createdAt: at });
  const bytes = draft ? drawn : await sealPdf(drawn, seal.signer, { at });
  const digest = createHash('sha256').update(bytes).digest('hex');
  const name = `${of.name}临时信息库销毁证明（${documentNumber}）.pdf`;
  return {
    pdfDigest: digest,
    facts: { documentNumber, verificationCode: code, dataDigest },
    async keep(keptAt) {
      const file = { institution, digest, kind: 'issued-document', size: bytes.length, bytes };
      await keepFile(tx, { ...file, name, mediaType: 'application/pdf' }, keptAt, null);
    },
  };
}

type Printed = Omit<
  DestructionData,
  | ('institutionName' | 'senderName' | 'documentNumber' | 'date' | 'destroyedAt')
  | ('seal' | 'verification' | 'machineData')
>;

/** What is printed of the dataset, in words. */
function printed(fonts: FontSet, row: Dataset, { early }: DestroyedBy, facts: DestructionFacts): Printed {
  const { organisationCode, yearFrom, yearUntil, k, l, t, firstDay, lastDay, agreementDigest } = row;
  const { purpose, generatedAt, contentDigest, reportDigest } = row;
  const { rows, boxesDigest, readings } = facts;
  const officer = early && { officerName: spelledOut(fonts, early.name), reason: spelledOut(fonts, early.reason) };
  return {
    ...{ organisationName: spelledOut(fonts, row.organisationName), organisationCode, datasetId: row.id },
    ...{ yearFrom, yearUntil, k, l, t, firstDay, lastDay, agreementDigest },
    purpose: isKeyOf(DATASET_PURPOSES, purpose) ? DATASET_PURPOSES[purpose].zh : purpose,
    fields: row.fields.map((field) => datasetFieldWords(field).zh),
    categories: row.categories.map((category) => (isKeyOf(CATEGORIES, category) ? CATEGORIES[category].zh : category)),
    generatedAt: generatedAt && momentOf(generatedAt),
    ...{ rows, readings, contentDigest, reportDigest, boxesDigest: generatedAt && boxesDigest, before: officer },
  };
}
