// Addresses for downloads: signed, for five minutes, given only to who sees the thing itself.
import { applicationId } from './applications/application-ids.ts';
import { ApplicationDecisionRef, ApplicationDocumentRef } from './applications/application-papers.ts';
import { EvidenceRef, WrittenApplicationRef } from './applications/written-application.ts';
import { builder } from './builder.ts';
import { ImportRef } from './collection/import.ts';
import { globalId } from './global-id.ts';
import { fileUrl, signedUrl } from './links.ts';
import { BatchRef } from './records/batch.ts';
import { DegreeRecordRef } from './records/degree-record.ts';
import { ResolutionRef } from './resolutions/resolution.ts';
import { StepRef } from './seals/step.ts';
import { CertificateTemplateRef } from './templates/certificate-template.ts';

const TableFormatEnum = builder.enumType('TableFormat', {
  values: { CSV: { value: 'csv' }, XLSX: { value: 'xlsx' } } as const,
});

const KEY = { institution: true, id: true } as const;

builder.prismaObjectFields(DegreeRecordRef, (t) => ({
  bundleUrl: t.string({
    description: 'The sealed steps of the record with their proofs, as one file. The link holds for five minutes.',
    select: KEY,
    resolve: (row, _args, { world }) => signedUrl(world, `/bundles/records/${globalId('DegreeRecord', row)}.json`),
  }),
  photoUrl: t.string({
    nullable: true,
    select: { institution: true, photoDigest: true },
    resolve: ({ institution, photoDigest }, _args, { world }) =>
      photoDigest && fileUrl(world, { institution, digest: photoDigest, kind: 'photo' }),
  }),
}));

builder.prismaObjectField(DegreeRecordRef, 'certificateSpecimenUrl', (t) =>
  t.string({
    description: 'Its certificate to look at, marked as a specimen. The link holds for five minutes.',
    select: KEY,
    resolve: (row, _args, { world }) =>
      signedUrl(world, `/records/${globalId('DegreeRecord', row)}/certificate-specimen.pdf`),
  }),
);

builder.prismaObjectField(CertificateTemplateRef, 'previewUrl', (t) =>
  t.string({
    description:
      'A certificate with an invented person, marked as a sample; `&sample=long-name`, `minority-name` or `rare-character` shows another. The link holds for five minutes.',
    select: KEY,
    resolve: (row, _args, { world }) =>
      signedUrl(world, `/certificate-templates/${globalId('CertificateTemplate', row)}/preview.pdf`),
  }),
);

builder.prismaObjectField(ResolutionRef, 'scanUrl', (t) =>
  t.string({
    select: { institution: true, scanDigest: true },
    resolve: ({ institution, scanDigest }, _args, { world }) =>
      fileUrl(world, { institution, digest: scanDigest, kind: 'resolution-scan' }),
  }),
);

builder.prismaObjectField(StepRef, 'bundleUrl', (t) =>
  t.string({
    select: KEY,
    resolve: (row, _args, { world }) => signedUrl(world, `/bundles/steps/${globalId('Step', row)}.json`),
  }),
);

builder.prismaObjectField(ImportRef, 'problemsUrl', (t) =>
  t.string({
    description: 'The problems as a table.',
    args: { format: t.arg({ type: TableFormatEnum, required: false, defaultValue: 'xlsx' }) },
    select: KEY,
    resolve: (row, args, { world }) =>
      signedUrl(world, `/imports/${globalId('Import', row)}/refused.${args.format ?? 'xlsx'}`),
  }),
);

builder.prismaObjectField(ImportRef, 'unmatchedUrl', (t) =>
  t.string({
    description:
      'Its texts without a code as a table with proposals: fill in the codes, upload it, and give it to `mapCodes`.',
    args: { format: t.arg({ type: TableFormatEnum, required: false, defaultValue: 'xlsx' }) },
    select: KEY,
    resolve: (row, args, { world }) =>
      signedUrl(world, `/imports/${globalId('Import', row)}/unmatched.${args.format ?? 'xlsx'}`),
  }),
);

builder.prismaObjectField(BatchRef, 'secondEntrySheetUrl', (t) =>
  t.string({
    description: 'The sheet of a blind second entry as a table to be filled in and uploaded: places and numbers only.',
    args: { format: t.arg({ type: TableFormatEnum, required: false, defaultValue: 'xlsx' }) },
    select: KEY,
    resolve: (row, args, { world }) =>
      signedUrl(world, `/batches/${globalId('Batch', row)}/second-entry.${args.format ?? 'xlsx'}`),
  }),
);

builder.prismaObjectField(EvidenceRef, 'downloadUrl', (t) =>
  t.string({
    select: { institution: true, fileDigest: true },
    resolve: ({ institution, fileDigest }, _args, { world }) =>
      fileUrl(world, { institution, digest: fileDigest, kind: 'evidence' }),
  }),
);

builder.prismaInterfaceFields(WrittenApplicationRef, (t) => ({
  downloadUrl: t.string({
    nullable: true,
    description: 'The sealed PDF; null before it is sealed.',
    select: { ...KEY, kind: true, pdfDigest: true },
    resolve: ({ institution, id, kind, pdfDigest }, _args, { world }) =>
      pdfDigest && signedUrl(world, `/documents/${applicationId({ institution, id, kind })}.pdf`),
  }),
  decisionUrl: t.string({
    nullable: true,
    select: { institution: true, decisionFileDigest: true },
    resolve: ({ institution, decisionFileDigest }, _args, { world }) =>
      decisionFileDigest && fileUrl(world, { institution, digest: decisionFileDigest, kind: 'decision' }),
  }),
  bundleUrl: t.string({
    select: { ...KEY, kind: true },
    resolve: (row, _args, { world }) => signedUrl(world, `/bundles/applications/${applicationId(row)}.json`),
  }),
  archiveUrl: t.string({
    description: 'The whole case as one ZIP: documents, evidence, proofs of delivery, decisions, sealed steps.',
    select: { ...KEY, kind: true },
    resolve: (row, _args, { world }) => signedUrl(world, `/applications/${applicationId(row)}.zip`),
  }),
}));

builder.prismaObjectField(ApplicationDocumentRef, 'downloadUrl', (t) =>
  t.string({
    select: { institution: true, pdfDigest: true },
    resolve: ({ institution, pdfDigest }, _args, { world }) =>
      fileUrl(world, { institution, digest: pdfDigest, kind: 'issued-document' }),
  }),
);

builder.prismaObjectField(ApplicationDecisionRef, 'downloadUrl', (t) =>
  t.string({
    select: { institution: true, fileDigest: true },
    resolve: ({ institution, fileDigest }, _args, { world }) =>
      fileUrl(world, { institution, digest: fileDigest, kind: 'decision' }),
  }),
);
