// What must not be done with an analysis dataset (articles 18, 19), by the answer that it gets.
import type { Kind } from './ledger.ts';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });

/** Attempts, by what is attempted. */
export const DATASET_MISTAKES = {
  commercial: kind('dataset-commercial', 'dataset-commercial', '商业用途申请数据', 'data for a commercial purpose'),
  identifier: kind(
    'dataset-identifier',
    'dataset-field-identifier',
    '申请身份证件号码',
    'identity numbers in a dataset',
  ),
  smallK: kind('dataset-k-small', 'dataset-k', 'k 低于学校规定', 'a k below the policy'),
  longTerm: kind('dataset-term-long', 'dataset-term-long', '使用期限过长', 'a term that is too long'),
  noAgreement: kind('dataset-no-agreement', 'file-missing', '没有使用协议', 'a request without an agreement'),
  otherOffice: kind('dataset-other-office', 'not-your-office', '其他部门申请数据', 'a request by another office'),
  noHead: kind('dataset-no-head', 'duty-missing', '非负责人审批', 'a decision by somebody who is no head'),
  ownRequest: kind('dataset-own-request', 'dataset-decider-asked', '审批本人的申请', 'deciding on an own request'),
  noReason: kind('dataset-no-reason', 'dataset-word-missing', '不同意而不说明理由', 'a refusal without a reason'),
  overlap: kind('dataset-overlap', 'dataset-overlap', '同一机构重复申请', 'the same people twice for one organisation'),
  noRecipient: kind(
    'dataset-no-recipient',
    'dataset-recipient-unknown',
    '为名单外的人开通',
    'access for somebody not named',
  ),
  accessTwice: kind('dataset-access-twice', 'dataset-access-open', '重复开通', 'access opened twice'),
  early: kind('dataset-early', 'dataset-not-yet', '期限开始前读取', 'reading before the term'),
  noToken: kind('dataset-no-token', 'UNAUTHENTICATED', '无令牌读取', 'reading without a token'),
  auditor: kind('dataset-auditor', 'dataset-reader', '监督人员读取数据', 'an auditor who reads the data'),
  revoked: kind('dataset-revoked', 'dataset-access-revoked', '收回后读取', 'reading after the access was revoked'),
  noText: kind('publication-no-text', 'file-missing', '发布成果没有全文', 'a publication without its text'),
  ownPublication: kind(
    'publication-own',
    'dataset-decider-asked',
    '审批本人提出的发布',
    'consenting to an own publication',
  ),
  publishedTwice: kind('publication-twice', 'publication-state', '重复审批发布', 'deciding on a publication twice'),
  afterEnd: kind('dataset-after-end', 'dataset-term-over', '期满后读取', 'reading after the term'),
  afterEndOpened: kind('dataset-end-opened', 'dataset-state', '销毁后开通', 'access opened after the destruction'),
  destroyedTwice: kind('dataset-destroyed-twice', 'dataset-state', '重复销毁', 'destroyed twice'),
} as const satisfies Record<string, Kind>;
