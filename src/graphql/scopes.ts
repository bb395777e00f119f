// What an officer may see of each model: every query of the API goes through one of these (R4.2, R23.1).

import { applicationScope } from '../procedures/applications/application-access.ts';
import { appraisalScope, archiveScope, transferScope } from '../procedures/archive/archive-access.ts';
import type { Actor } from '../procedures/call.ts';
import { datasetScope } from '../procedures/datasets/dataset-scope.ts';
import {
  institutionScope,
  officerScope,
  officeScope,
  policyScope,
  structureScope,
  templateScope,
} from '../procedures/offices/house-access.ts';
import {
  batchScope,
  disclosureScope,
  enrolmentScope,
  exportScope,
  formCheckScope,
  importScope,
  jobScope,
  recordScope,
  reminderScope,
  stepScope,
  withdrawalScope,
} from '../procedures/read-access.ts';
import { resolutionScope, revocationResolutionScope } from '../procedures/resolutions/resolution-access.ts';
import { signInScope } from '../procedures/responsibility/watching.ts';
import { declassificationScope, revealScope } from '../procedures/secrecy/secrecy-access.ts';
import { publicationScope, statisticsScope } from '../procedures/statistics/statistics-access.ts';
import { studentWordScope } from '../procedures/student/student-word-access.ts';
import { actorIn, type GraphqlContext } from './context.ts';

const SCOPES = {
  institution: institutionScope,
  office: officeScope,
  officer: officerScope,
  policy: policyScope,
  resolution: resolutionScope,
  revocationResolution: revocationResolutionScope,
  rosterEntry: rosterScope,
  degreeRecord: recordScope,
  batch: batchScope,
  disclosure: disclosureScope,
  certificateTemplate: templateScope,
  enrolmentRecord: enrolmentScope,
  import: importScope,
  job: jobScope,
  loadedEdition: structureScope,
  codeTableVersion: structureScope,
  codeMapping: structureScope,
  recordExport: exportScope,
  writtenApplication: applicationScope,
  step: stepScope,
  recordWithdrawal: withdrawalScope,
  formCheck: formCheckScope,
  reminder: reminderScope,
  declassification: declassificationScope,
  reveal: revealScope,
  signInAttempt: signInScope,
  studentDispute: studentWordScope,
  correctionRequest: studentWordScope,
  dataset: datasetScope,
  datasetPublication: datasetScope,
  archiveExport: archiveScope,
  archiveAppraisal: appraisalScope,
  archiveTransfer: transferScope,
  statistics: statisticsScope,
  statisticsPublication: publicationScope,
} as const satisfies Record<string, (actor: Actor) => object>;

/** The part of a model that the signed-in officer may see, as a Prisma `where`. */
export function visible<Model extends keyof typeof SCOPES>(
  context: GraphqlContext,
  model: Model,
): ReturnType<(typeof SCOPES)[Model]> {
  const scope = SCOPES[model] as (actor: Actor) => ReturnType<(typeof SCOPES)[Model]>;
  return scope(actorIn(context));
}

/** The roster of a visible resolution: a category office sees the people of its categories. */
function rosterScope(actor: Actor): { category?: { in: string[] } } {
  const whole = actor.institution === null || actor.officeKind === 'degree-office' || actor.duties.includes('audit');
  return whole ? {} : { category: { in: [...actor.categories] } };
}
