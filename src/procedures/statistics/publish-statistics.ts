// Publishing the statistics of a year (R17.1): figures, document and seal in one step; from then on they are for everybody.
import { createHash } from 'node:crypto';
import { codeName, MissingGlyph } from '../../documents/fonts/fonts.ts';
import { renderLetter } from '../../documents/render.ts';
import type { JsonValue } from '../../documents/wording/data.ts';
import { statisticsNotice } from '../../documents/wording/wording-statistics.ts';
import { lookIn } from '../../regulation/statistics/table.ts';
import { violation } from '../../regulation/violations.ts';
import { sealPdf } from '../../sealing/pdf.ts';
import { newVerificationCode } from '../../secrecy/tokens.ts';
import { nextNumber } from '../../store/applications/applications.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { findDegreeOffice, findInstitution } from '../../store/offices/institutions.ts';
import { insertPublication } from '../../store/statistics/statistics.ts';
import { keepFile } from '../../store/stored-files.ts';
import type { Call, World } from '../call.ts';
import { NotFound, Refused } from '../errors.ts';
import { type Performed, perform } from '../perform.ts';
import { todayOf } from '../situation.ts';
import type { JsonObject } from '../statement.ts';
import { digestOf } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { figuresOf } from './statistics-figures.ts';

/** Which year; `expectedDigest` is that of the figures that the officer looked at, so that nothing else is published. */
export interface PublishStatisticsInput {
  readonly institution: string;
  readonly year: number;
  readonly expectedDigest?: string | null | undefined;
}

/** The publication and its document. */
export type StatisticsPublished = {
  readonly publicationId: string;
  readonly year: number;
  readonly version: number;
  readonly threshold: number;
  readonly digest: string;
  readonly documentNumber: string;
  readonly verificationCode: string;
  /** SHA-256 (hex) of the sealed PDF; of the unsealed draft where the step is only simulated. */
  readonly pdfDigest: string;
};

/**
 * Publishes the statistics of a year (step `publish-statistics`, by the degree office). What was published stays; a later version takes
 * its place where figures have changed by enough people that comparing the two betrays nobody.
 * @throws {Refused} no such year, too few people, too small a difference to a version before, nothing new, other figures than were
 * looked at, or words that cannot be printed. {Forbidden} {NotFound}
 */
export function publishStatistics(call: Call, input: PublishStatisticsInput): Promise<Performed<StatisticsPublished>> {
  const { institution, year } = input;
  const expectedDigest = input.expectedDigest ?? null;
  return perform(call, 'publish-statistics', institution, { year, expectedDigest }, async (tx) => {
    const { world, actor } = call;
    const target = await targetIn(tx, institution);
    requireMayAct(call, 'publish-statistics', target);
    const figures = await figuresOf(tx, world, institution, year);
    const { content, asOf, earlier } = figures;
    const violations = [
      ...figures.violations,
      ...(expectedDigest === null || figures.digest === null || expectedDigest === figures.digest
        ? []
        : [
            violation('statistics-seen-otherwise', 'expectedDigest', {
              found: expectedDigest,
              expected: figures.digest,
            }),
          ]),
    ];
    if (content === null || violations.length > 0) throw new Refused(violations);
    const of = await findInstitution(tx, institution);
    const office = await findDegreeOffice(tx, institution);
    if (!of || !office) throw new NotFound('institution', institution);
    const seal = world.sealOf(actor.officeId);
    if (!seal) throw new Refused([violation('seal-missing', 'seal', { found: actor.officeName })]);
    const date = todayOf(world);
    const number = await nextNumber(tx, institution, `document-number/${date.slice(0, 4)}`);
    const documentNumber = `${of.documentPrefix}〔${date.slice(0, 4)}〕${number}号`;
    const version = (earlier.at(-1)?.version ?? 0) + 1;
    const replaces = earlier.at(-1)?.documentNumber ?? null;
    const issue = { documentNumber, date, asOf, version, replaces };
    const machineData = plain({
      ...{ format: 'vermilion-statistics/1', institution: { code: institution, name: of.name }, ...issue, ...content },
    });
    const digest = digestOf(machineData);
    const code = newVerificationCode();
    const letter = statisticsNotice({
      ...{ institutionCode: institution, institutionName: of.name, senderName: office.name, ...issue },
      ...{ content, machineData: machineData as JsonValue },
      seal: { text: seal.text, diameterMm: seal.diameterMm, demo: seal.demo },
      verification: { code, url: `${world.origin}/v/${code}`, dataDigest: digest },
    });
    const at = world.now();
    const printed = await printNotice(world, letter, { draft: call.simulate === true, at });
    const bytes = call.simulate ? printed : await sealPdf(printed, seal.signer, { at });
    const pdfDigest = createHash('sha256').update(bytes).digest('hex');
    const id = uuidv7();
    const { threshold } = content;
    const facts = { year, version, threshold, asOf, documentNumber, digest };
    return {
      target,
      violations: [],
      subjects: [{ kind: 'statistics', id, version, digest }],
      fresh: true,
      facts,
      files: [pdfDigest],
      async save(step) {
        const file = { institution, digest: pdfDigest, kind: 'issued-document', size: bytes.length, bytes };
        const name = `${of.name}${year}年学位授予统计数据（第${version}版）.pdf`;
        await keepFile(tx, { ...file, name, mediaType: 'application/pdf' }, step.at, null);
        await insertPublication(tx, {
          ...{
            institution,
            id,
            year,
            version,
            threshold,
            asOf,
            content: machineData,
            digest,
            documentNumber,
            pdfDigest,
          },
          ...{ total: lookIn(content)() ?? 0, verificationCode: code },
          ...{ publishedAt: step.at, publishedById: actor.officerId },
        });
        return {
          publicationId: id,
          year,
          version,
          threshold,
          digest,
          documentNumber,
          verificationCode: code,
          pdfDigest,
        };
      },
    };
  });
}

/** As JSON has it, without types of our own. */
function plain(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}

/** The PDF: a draft without seal, or the build whose placeholder is sealed at once. @throws {Refused} */
async function printNotice(
  world: World,
  letter: ReturnType<typeof statisticsNotice>,
  { draft, at }: { readonly draft: boolean; readonly at: Date },
): Promise<Uint8Array> {
  try {
    return await renderLetter(letter, { fonts: await world.fonts(), draft, createdAt: at });
  } catch (error) {
    if (!(error instanceof MissingGlyph)) throw error;
    const found = error.characters.map(({ codePoint }) => codeName(codePoint)).join(' ');
    throw new Refused([violation('document-not-printable', 'document', { found })]);
  }
}
