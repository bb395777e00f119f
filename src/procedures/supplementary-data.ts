// What goes on the paper of a supplementary report, and what is attached to it for machines (R11.6).
import type { SupplementaryReportData } from '../documents/data.ts';
import { type Deadline, daysLate } from '../regulation/deadlines.ts';
import { lookUp } from '../regulation/standard/codes.ts';
import { CATEGORIES } from '../regulation/vocabulary.ts';
import { officerNames } from '../store/applications.ts';
import { findDegreeOffice, findInstitution, findOffice } from '../store/institutions.ts';
import type { OpenRecord } from '../store/records.ts';
import type { Transaction } from '../store/transaction.ts';
import { type OpenApplication, peopleOf } from './application-work.ts';
import type { World } from './call.ts';
import { reportingDeadline } from './situation.ts';
import type { JsonObject } from './statement.ts';
import { digestOf } from './subjects.ts';

type Reads = Pick<
  Transaction,
  | 'writtenApplication'
  | 'applicationRecord'
  | 'degreeRecord'
  | 'institution'
  | 'office'
  | 'officer'
  | 'policy'
  | 'calendarDay'
>;

/** What only the sealing gives: number, date and code. */
export interface Issue {
  readonly documentNumber: string;
  /** Civil date on the document. */
  readonly date: string;
  readonly verificationCode: string;
}

/** The data of a supplementary report and the people it lists. */
export interface PreparedReport {
  readonly data: SupplementaryReportData;
  readonly people: readonly OpenRecord[];
  readonly dataDigest: string;
}

/** Collects everything that is printed. The people come without identity numbers, phones or e-mails. */
export async function supplementaryData(
  tx: Reads,
  world: World,
  application: OpenApplication,
  issue: Issue,
): Promise<PreparedReport> {
  const { institution, resolution, evidence, contactName, contactPhone } = application;
  const of = await findInstitution(tx, institution);
  const office = await findDegreeOffice(tx, institution);
  const addressee = of && (await findOffice(tx, of.provincialOfficeId));
  const seal = office && world.sealOf(office.id);
  const people = await peopleOf(tx, world, application);
  const deadline = await reportingDeadline(tx, institution, resolution.effectiveOn);
  const printed: Omit<SupplementaryReportData, 'verification' | 'machineData'> = {
    institutionName: of?.name ?? institution,
    senderName: office?.name ?? '',
    documentNumber: issue.documentNumber,
    addressees: addressee ? [addressee.name] : [],
    copies: [],
    sheet: {
      officeName: (await findOffice(tx, application.draftedBy.officeId))?.name ?? '',
      caseNumber: application.id.slice(0, 8).toUpperCase(),
      categoryName: CATEGORIES[application.category].zh,
      reason: application.reason,
      opinions: [],
    },
    resolution: {
      number: resolution.number,
      // The wording says 会议 after it.
      meeting: resolution.meeting.replace(/会议$/, ''),
      decidedOn: resolution.decidedOn,
      effectiveOn: resolution.effectiveOn,
    },
    deadline: deadline.rolled,
    daysLate: daysLate(issue.date, deadline),
    reason: application.reason,
    measures: application.measures,
    ...(await responsible(tx, people)),
    people: people.map(listedPerson),
    evidence: [
      file(`学位评定委员会授予学位的决议（${resolution.number}）扫描件`, resolution.scanDigest),
      ...evidence.map(({ title, fileDigest }) => file(title, fileDigest)),
    ],
    ...(contactName && contactPhone ? { contact: { name: contactName, phone: contactPhone } } : {}),
    date: issue.date,
    seal: { text: seal?.text ?? '', diameterMm: seal?.diameterMm ?? 42, demo: seal?.demo ?? true },
  };
  const machineData = machineDataOf(application, printed, people, deadline);
  const dataDigest = digestOf(machineData);
  const verification = {
    code: issue.verificationCode,
    url: `${world.origin}/v/${issue.verificationCode}`,
    dataDigest,
  };
  const data = { ...printed, verification, machineData: machineData as SupplementaryReportData['machineData'] };
  return { data, people, dataDigest };
}

/** Who collected and who cross-checked the listed records (R22.1), each named once. */
async function responsible(
  tx: Reads,
  people: readonly OpenRecord[],
): Promise<{ collectorName: string; checkerName: string }> {
  const collectors = people.map(({ row }) => row.collectedById);
  const checkers = people.flatMap(({ row }) => row.crossCheckedById ?? []);
  const names = await officerNames(tx, [...collectors, ...checkers]);
  const said = (ids: readonly string[]) => [...new Set(ids.map((id) => names.get(id) ?? ''))].join('、');
  return { collectorName: said(collectors), checkerName: said(checkers) };
}

function listedPerson({ fields }: OpenRecord, at: number): SupplementaryReportData['people'][number] {
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

function file(title: string, digest: string): SupplementaryReportData['evidence'][number] {
  return { title, fileName: '', mediaType: '', digest };
}

/** The same in a form for machines: what people read, with the digests of records and files. */
function machineDataOf(
  application: OpenApplication,
  printed: Omit<SupplementaryReportData, 'verification' | 'machineData'>,
  people: readonly OpenRecord[],
  deadline: Deadline,
): JsonObject {
  const { resolution } = application;
  return {
    format: 'vermilion-supplementary-report/1',
    application: application.id,
    institution: { code: application.institution, name: printed.institutionName },
    sender: printed.senderName,
    addressee: printed.addressees.join('、'),
    documentNumber: printed.documentNumber,
    date: printed.date,
    category: application.category,
    resolution: {
      ...printed.resolution,
      id: resolution.id,
      scanDigest: resolution.scanDigest,
      rosterDigest: resolution.rosterDigest,
    },
    deadline: { nominal: deadline.nominal, rolled: deadline.rolled, daysLate: printed.daysLate },
    reason: printed.reason,
    measures: printed.measures,
    people: printed.people.map((person, at) => ({ ...person, ...recordOf(people[at]) })),
    evidence: application.evidence.map(({ title, fileDigest }) => ({ title, digest: fileDigest })),
  };
}

function recordOf(person: OpenRecord | undefined): { recordId: string; version: number; digest: string } {
  const { id = '', version = 0, digest = '' } = person?.row ?? {};
  return { recordId: id, version, digest };
}
