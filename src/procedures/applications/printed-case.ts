// What is printed of every written application: head, addressees, approval sheet, evidence, seal, and the same in a form for machines.

import type { DataByKind } from '../../documents/render.ts';
import type { ApplicationData, ListedPerson } from '../../documents/wording/data.ts';
import { APPLICATIONS } from '../../regulation/applications/applications.ts';
import { lookUp } from '../../regulation/standard/codes.ts';
import { ADDRESSEES, type Addressee, type ApplicationKind, CATEGORIES } from '../../regulation/vocabulary.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { type AskedFile, findFile } from '../../store/kept-files.ts';
import { findDegreeOffice, findInstitution, findOffice } from '../../store/offices/institutions.ts';
import type { OpenRecord } from '../../store/records/records.ts';
import type { Actor, World } from '../call.ts';
import type { FileKind } from '../files/file-kinds.ts';
import { givenByOfficer } from '../files/uploaded-as.ts';
import type { JsonObject } from '../statement.ts';
import { digestOf } from '../subjects.ts';
import type { OpenCase } from './application-case.ts';
import { approvalSheet, type SheetReads } from './approval-sheet.ts';
import { CASES } from './cases.ts';

/** What printing reads. */
export type PrintReads = SheetReads &
  Pick<
    Transaction,
    | 'writtenApplication'
    | 'applicationRecord'
    | 'degreeRecord'
    | '$queryRawUnsafe'
    | 'institution'
    | 'office'
    | 'officer'
    | 'policy'
    | 'calendarDay'
    | 'keptFile'
    | 'recordEnd'
  >;

/** What only the sealing gives: number, date, code, and who seals (null for a draft to look at). */
export interface Issue {
  readonly documentNumber: string;
  /** Civil date on the document. */
  readonly date: string;
  readonly verificationCode: string;
  readonly sealer: Actor | null;
}

/** What is printed of every kind. */
export type PrintedCommon = Omit<ApplicationData, 'verification' | 'machineData'>;

/** The data of a document and the digest of what is attached to it for machines. */
export interface PrintedCase<Kind extends ApplicationKind = ApplicationKind> {
  readonly data: DataByKind[Kind];
  readonly dataDigest: string;
}

/** Collects everything that is printed. The people come without identity numbers, phones or e-mails; a change of one is shown masked. */
export async function printCase(
  tx: PrintReads,
  world: World,
  application: OpenCase,
  issue: Issue,
): Promise<PrintedCase> {
  const { kind } = application;
  const common = await printedCommon(tx, world, application, issue);
  const printed = await CASES[kind].print(tx, world, application, common);
  const machineData = machineDataOf(application, printed);
  const dataDigest = digestOf(machineData);
  const code = issue.verificationCode;
  const verification = { code, url: `${world.origin}/v/${code}`, dataDigest };
  return { data: { ...printed, verification, machineData } as DataByKind[ApplicationKind], dataDigest };
}

async function printedCommon(
  tx: PrintReads,
  world: World,
  application: OpenCase,
  issue: Issue,
): Promise<PrintedCommon> {
  const { institution, kind, contactName, contactPhone } = application;
  const of = await findInstitution(tx, institution);
  const office = await findDegreeOffice(tx, institution);
  const province = of && (await findOffice(tx, of.provincialOfficeId));
  const seal = office && world.sealOf(office.id);
  const nameOf = (addressee: Addressee): string =>
    addressee === 'provincial-office' ? (province?.name ?? '') : ADDRESSEES[addressee].zh;
  const { addressees, copies } = APPLICATIONS[kind];
  return {
    institutionName: of?.name ?? institution,
    senderName: office?.name ?? '',
    documentNumber: issue.documentNumber,
    addressees: addressees.map(nameOf),
    copies: copies.map(nameOf),
    sheet: await approvalSheet(tx, application, issue),
    evidence: await printedEvidence(tx, application),
    ...(contactName && contactPhone ? { contact: { name: contactName, phone: contactPhone } } : {}),
    date: issue.date,
    seal: { text: seal?.text ?? '', diameterMm: seal?.diameterMm ?? 42, demo: seal?.demo ?? true },
  };
}

/** Under the name that the officer gave the file who drafted the case. */
async function printedEvidence(
  tx: PrintReads,
  { institution, evidence, draftedById }: OpenCase,
): Promise<ApplicationData['evidence']> {
  const printed: ApplicationData['evidence'][number][] = [];
  for (const { title, fileDigest: digest } of evidence) {
    const by = givenByOfficer({ officerId: draftedById });
    printed.push(await printedFile(tx, title, { institution, digest, kinds: EVIDENCE_KINDS, by }));
  }
  return printed;
}

/** As what the evidence of a case was given: by an officer, or by the student whose request it became. */
export const EVIDENCE_KINDS = ['evidence', 'student-evidence'] as const satisfies FileKind[];

/** A stored file as the document refers to it. */
export async function printedFile(
  tx: PrintReads,
  title: string,
  asked: AskedFile,
): Promise<ApplicationData['evidence'][number]> {
  const { name = '', mediaType = '' } = (await findFile(tx, asked)) ?? {};
  return { title, fileName: name, mediaType, digest: asked.digest };
}

/** A person as every list prints one. */
export function listedPerson({ fields }: OpenRecord, at: number): ListedPerson {
  return {
    sequence: at + 1,
    name: fields.name,
    sex: lookUp('sex', fields.sex, fields.conferralDate)?.name.replace(/性$/, '') ?? fields.sex,
    studentNumber: fields.studentNumber ?? fields.applicationNumber ?? '',
    category: CATEGORIES[fields.category].zh,
    discipline: `${fields.disciplineCode} ${fields.disciplineName}`,
    conferralDate: fields.conferralDate,
    certificateNumber: fields.certificateNumber,
  };
}

/** The same in a form for machines: what people read, with the ids, versions and digests of records and files. */
function machineDataOf(application: OpenCase, printed: object): JsonObject {
  const { people, ...rest } = printed as { readonly people: readonly JsonObject[] } & JsonObject;
  const { resolution, revocationResolution } = application;
  const scan = resolution ?? revocationResolution;
  return plainJson({
    format: `vermilion-${application.kind}/2`,
    application: application.id,
    caseNumber: application.caseNumber,
    institution: { code: application.institution, name: rest.institutionName ?? '' },
    category: application.category,
    resolutionScan: scan ? { id: scan.id, digest: scan.scanDigest } : null,
    ...rest,
    people: people.map((person, at) => ({ ...person, ...recordOf(application, at) })),
  });
}

function recordOf({ people }: OpenCase, at: number): JsonObject {
  const { row, after } = people[at] ?? {};
  return {
    recordId: row?.id ?? '',
    version: row?.version ?? 0,
    digest: row?.digest ?? '',
    digestAfter: after?.digest ?? null,
  };
}

/** Without members that are undefined, which canonical JSON does not know. */
function plainJson(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
