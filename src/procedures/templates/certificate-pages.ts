// Pages to look at a certificate before it is one: the sample of a template, and the specimen for a record (R11.7). Nothing is kept.
import { createHash } from 'node:crypto';
import { type CertificateContent, renderCertificate } from '../../documents/certificate/certificate.ts';
import { TextsDoNotFit } from '../../documents/certificate/certificate-set.ts';
import { codeName, MissingGlyph } from '../../documents/fonts/fonts.ts';
import { type Raster, readRaster } from '../../documents/pdf/raster.ts';
import { indexCodes } from '../../regulation/standard/codes.ts';
import { layoutOf } from '../../regulation/templates/certificate-defaults.ts';
import type { CertificateLayout } from '../../regulation/templates/certificate-layout.ts';
import { placeholdersOf } from '../../regulation/templates/certificate-layout-rules.ts';
import { PLACEHOLDERS } from '../../regulation/templates/certificate-placeholders.ts';
import { type SampleName, sampleRecord } from '../../regulation/templates/certificate-samples.ts';
import { type CertificateValues, certificateValues } from '../../regulation/templates/certificate-values.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import { RECORD_STATES, type RecordState } from '../../regulation/vocabulary.ts';
import { findInstitution } from '../../store/offices/institutions.ts';
import { toFields } from '../../store/records/records.ts';
import { FileAltered, readBytes } from '../../store/stored-files.ts';
import { readCodeEntries } from '../../store/structure/code-entries.ts';
import { findTemplate, readTemplates } from '../../store/templates/certificate-templates.ts';
import type { World } from '../call.ts';
import { NotFound, Refused } from '../errors.ts';
import { templateFor } from './match-template.ts';

/** A page as a file: its name in Chinese, and SHA-256 (hex) of its bytes. */
export interface CertificatePage {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly tag: string;
}

interface Key {
  readonly institution: string;
  readonly id: string;
}

/** The page of a template with an invented person. @throws {NotFound}, {Refused} the sample does not fit the layout */
export async function sampleCertificate(world: World, key: Key, sample: SampleName): Promise<CertificatePage> {
  const db = world.db.prisma;
  const template = await findTemplate(db, key.institution, key.id);
  const of = await findInstitution(db, key.institution);
  const category = template?.categories[0];
  if (!template || !of || category === undefined) throw new NotFound('certificateTemplate', key.id);
  const { code, headName, chairName, name: institutionName } = of;
  const basis = { institution: code, institutionName, headName, chairName, category };
  const fields = sampleRecord({ ...basis, conferralDate: template.validFrom }, sample);
  const content = {
    ...({
      layout: layoutOf(template),
      kind: 'sample',
      photo: null,
      title: `学位证书样张（${template.name}）`,
    } as const),
    values: certificateValues(fields, { institutionName }),
    ...{ template: nameOf(template), machineData: { ...machineData(template), sample } },
  };
  const name = `学位证书样张（${template.code} 第${template.version}版）.pdf`;
  return printPage(world, key.institution, name, content, template.createdAt);
}

/** States in which a record has no certificate any more (R15.1, R16.1). */
const ENDED: readonly RecordState[] = ['deleted', 'revoked', 'declared-invalid'];

/**
 * The page of a record in the template it has: to be compared with the certificate, and none itself.
 * @throws {NotFound}, {Refused} no template is in force, the record has ended, or a value is missing or does not fit
 */
export async function specimenCertificate(world: World, key: Key): Promise<CertificatePage> {
  const db = world.db.prisma;
  const row = await db.degreeRecord.findUnique({ where: { institution_id: key } });
  const of = await findInstitution(db, key.institution);
  if (!row || !of) throw new NotFound('record', key.id);
  if (ENDED.includes(row.state as RecordState)) {
    throw new Refused([
      violation('certificate-of-ended-record', 'state', { found: RECORD_STATES[row.state as RecordState].zh }),
    ]);
  }
  const fields = toFields(row, world.cipher);
  const { certificateTemplateId, crossCheckedById } = row;
  const match = templateFor(
    { ...fields, certificateTemplateId, crossCheckedById },
    await readTemplates(db, key.institution),
  );
  if (!('template' in match)) throw new Refused([match]);
  const { template } = match;
  const codes = indexCodes(await readCodeEntries(db, key.institution));
  const content = {
    ...({ layout: layoutOf(template), kind: 'specimen', title: '学位证书样本（非正式证书）' } as const),
    values: certificateValues(fields, { institutionName: of.name, codes }),
    photo: await rasterIn(world, key.institution, row.photoDigest),
    template: nameOf(template),
    machineData: { ...machineData(template), record: { id: row.id, version: row.version, digest: row.digest } },
  };
  const at = row.updatedAt > template.createdAt ? row.updatedAt : template.createdAt;
  return printPage(world, key.institution, `学位证书样本（${row.certificateNumber}）.pdf`, content, at);
}

function nameOf({ code, version }: { code: string; version: number }): string {
  return `${code} v${version}`;
}

function machineData(template: { id: string; code: string; version: number }) {
  const { id, code, version } = template;
  return { format: 'vermilion-certificate-specimen/1', official: false, template: { id, code, version } };
}

/** A photo that cannot be printed leaves its place empty: the page shows the layout, and the photo has rules of its own. */
async function rasterIn(world: World, institution: string, digest: string | null): Promise<Raster | null> {
  const bytes = digest === null ? null : await readBytes(world.db.prisma, institution, digest, world.cipher);
  const raster = bytes && readRaster(bytes);
  return raster === null || typeof raster === 'string' ? null : raster;
}

/** Prints a page with its background. @throws {Refused} everything that cannot be printed, by the place of its field in the layout */
export async function printPage(
  world: World,
  institution: string,
  name: string,
  content: Omit<CertificateContent, 'background'>,
  createdAt: Date,
): Promise<CertificatePage> {
  const { layout, values } = content;
  const missing = missingValues(layout, values);
  if (missing.length > 0) throw new Refused(missing);
  const fileDigest = layout.background?.fileDigest ?? null;
  const background = await rasterIn(world, institution, fileDigest);
  // It was there and usable when the template was added, so it has been changed since.
  if (fileDigest !== null && background === null) throw new FileAltered(fileDigest);
  try {
    const options = { fonts: await world.fonts(), createdAt };
    const bytes = await renderCertificate({ ...content, background }, options);
    return { name, bytes, tag: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    throw refusalOf(error, layout);
  }
}

function missingValues(layout: CertificateLayout, values: CertificateValues): Violation[] {
  return [...placeholdersOf(layout)].flatMap((word) => {
    if (values[word] !== '') return [];
    const row = PLACEHOLDERS[word];
    return [violation('certificate-value-missing', row.field ?? word, { label: row, expected: `{${word}}` })];
  });
}

function refusalOf(error: unknown, layout: CertificateLayout): unknown {
  if (error instanceof MissingGlyph) {
    const found = error.characters.map(({ codePoint }) => codeName(codePoint)).join(' ');
    return new Refused([violation('certificate-value-unprintable', 'layout.fields', { found })]);
  }
  if (!(error instanceof TextsDoNotFit)) return error;
  return new Refused(
    error.fields.map((at) => {
      const { text = '', minSize = 0 } = layout.fields[at] ?? {};
      const details = { found: text, expected: `≥ ${minSize} pt` };
      return violation('certificate-value-does-not-fit', `layout.fields[${at}]`, details);
    }),
  );
}
