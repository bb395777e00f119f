// The filters of reading, as types: what procedures/read-access.ts composes and queries take.
import type { Prisma } from '../generated/prisma/client.ts';

export type RecordFilter = Prisma.DegreeRecordWhereInput;
export type BatchFilter = Prisma.BatchWhereInput;
export type ResolutionFilter = Prisma.ResolutionWhereInput;
export type RevocationResolutionFilter = Prisma.RevocationResolutionWhereInput;
export type RosterStrikeFilter = Prisma.RosterStrikeWhereInput;
export type ApplicationFilter = Prisma.WrittenApplicationWhereInput;
export type EnrolmentFilter = Prisma.EnrolmentRecordWhereInput;
export type TemplateFilter = Prisma.CertificateTemplateWhereInput;
export type ImportFilter = Prisma.ImportWhereInput;
export type JobFilter = Prisma.JobWhereInput;
export type DisputeFilter = Prisma.StudentDisputeWhereInput;
export type CorrectionRequestFilter = Prisma.CorrectionRequestWhereInput;
export type StepFilter = Prisma.StepWhereInput;
export type InstitutionFilter = Prisma.InstitutionWhereInput;
export type OfficeFilter = Prisma.OfficeWhereInput;
export type OfficerFilter = Prisma.OfficerWhereInput;
export type FileFilter = Prisma.StoredFileWhereInput;
export type EditionFilter = Prisma.LoadedEditionWhereInput;
export type CodeTableVersionFilter = Prisma.CodeTableVersionWhereInput;
export type CodeMappingFilter = Prisma.CodeMappingWhereInput;
export type ExportFilter = Prisma.RecordExportWhereInput;
export type PolicyFilter = Prisma.PolicyWhereInput;
export type WithdrawalFilter = Prisma.RecordWithdrawalWhereInput;
export type FormCheckFilter = Prisma.FormCheckWhereInput;
export type ReminderFilter = Prisma.ReminderWhereInput;
export type PublicationFilter = Prisma.StatisticsPublicationWhereInput;
