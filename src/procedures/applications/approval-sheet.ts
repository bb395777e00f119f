// 申请表: the opinions inside the house, each a sealed step with its place in the log (art. 12; R22.1).
import type { ApprovalSheet, Opinion } from '../../documents/wording/data.ts';
import { APPLICATIONS, type ApplicationStep } from '../../regulation/applications/applications.ts';
import { civilDateInShanghai } from '../../regulation/deadlines/deadlines.ts';
import { CATEGORIES } from '../../regulation/vocabulary.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { officesOf } from '../../store/offices/office-changes.ts';
import { readPolicies } from '../../store/offices/policies.ts';
import { opinionSteps } from '../../store/seals/step-history.ts';
import { ownerOf } from '../offices/ownership.ts';
import type { OpenCase } from './application-case.ts';
import type { Issue } from './printed-case.ts';

/** What the sheet reads. */
export type SheetReads = Pick<Transaction, 'step' | 'stepSubject' | 'office' | 'policy'>;

/** Whose opinion it is → the steps that give it; a revision takes the place of the draft. */
const ROLES: readonly { readonly role: string; readonly steps: readonly ApplicationStep[] }[] = [
  { role: '经办人意见', steps: ['draft-application', 'revise-application'] },
  { role: '校核人意见', steps: ['check-application'] },
  { role: '部门负责人意见', steps: ['approve-application'] },
];

/** The sheet as it stands: opinions that were given since the case was last drafted, and the degree office's when it seals now. */
export async function approvalSheet(tx: SheetReads, application: OpenCase, issue: Issue): Promise<ApprovalSheet> {
  const { institution, id, kind, category, caseNumber } = application;
  // The office that applies is the one that owned the category when the case was drafted.
  const [policies, offices] = [await readPolicies(tx, institution), await officesOf(tx, institution)];
  const owner = ownerOf({ policies, offices }, category, civilDateInShanghai(application.createdAt.toISOString()));
  const office = offices.find((each) => each.id === owner);
  const all = await opinionSteps(tx, institution, id);
  const drafted = all.findLastIndex(({ name }) => ROLES[0]?.steps.includes(name as ApplicationStep));
  const steps = all.slice(Math.max(0, drafted));
  const texts = APPLICATIONS[kind].opinions;
  const opinions = ROLES.flatMap(({ role, steps: names }, at): Opinion[] => {
    const step = steps.findLast(({ name }) => names.includes(name as ApplicationStep));
    if (!step) return [];
    return [
      {
        ...{ role, opinion: texts[at] ?? '', officerName: step.officer, officeName: step.office },
        date: civilDateInShanghai(step.at.toISOString()),
        step: { leafIndex: step.leafIndex, leafHash: step.leafHash },
      },
    ];
  });
  if (issue.sealer) {
    const { name: officerName, officeName } = issue.sealer;
    const role = '学位评定委员会办公室意见';
    opinions.push({ role, opinion: texts[3], officerName, officeName, date: issue.date, step: null });
  }
  return {
    officeName: office?.name ?? '',
    caseNumber,
    categoryName: CATEGORIES[category].zh,
    reason: application.reason,
    opinions,
  };
}
