// What tells the kinds of written applications apart in procedures: one row for each kind.
import type { DataByKind } from '../../documents/render.ts';
import type { Violation } from '../../regulation/violations.ts';
import type { ApplicationKind } from '../../regulation/vocabulary.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import type { World } from '../call.ts';
import type { CaseContent } from './application-case.ts';
import { judgeChangeRequest } from './change-case.ts';
import { changeRequestData } from './change-data.ts';
import { judgeDeletionRequest } from './deletion-case.ts';
import { deletionRequestData } from './deletion-data.ts';
import type { PrintedCommon, PrintReads } from './printed-case.ts';
import { judgeRevocationReport } from './revocation-case.ts';
import { revocationReportData } from './revocation-data.ts';
import { judgeSupplementaryReport } from './supplementary-case.ts';
import { supplementaryReportData } from './supplementary-data.ts';

/** What is wrong with a case today, and the last day on which it is in time, where there is one. */
export interface JudgedCase {
  readonly violations: readonly Violation[];
  readonly dueOn: string | null;
}

/** Asks every rule about the content of a case, again at each step: what was true when it was drafted may not be true any more. */
export type Judge = (tx: Transaction, world: World, content: CaseContent) => Promise<JudgedCase>;

/** Completes what is printed of every kind by what only this kind says. */
export type Print<Kind extends ApplicationKind> = (
  tx: PrintReads,
  world: World,
  content: CaseContent,
  common: PrintedCommon,
) => Promise<Omit<DataByKind[Kind], 'verification' | 'machineData'>>;

/** One row for each kind. */
export const CASES: { readonly [Kind in ApplicationKind]: { readonly judge: Judge; readonly print: Print<Kind> } } = {
  'supplementary-report': { judge: judgeSupplementaryReport, print: supplementaryReportData },
  'change-request': { judge: judgeChangeRequest, print: changeRequestData },
  'deletion-request': { judge: judgeDeletionRequest, print: deletionRequestData },
  'revocation-report': { judge: judgeRevocationReport, print: revocationReportData },
};
