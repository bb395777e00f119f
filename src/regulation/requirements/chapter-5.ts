// Chapter 5: articles 13 to 16, change, deletion and revocation.
import type { Entry } from './requirement.ts';

export const CHAPTER_5: readonly Entry[] = [
  {
    ...{ id: 'R13.1', article: '13' },
    zh: '报送审核过的信息原则上不动；要动只能走获准的申请。',
    en: 'What was reported and reviewed stays as it is; only an approved application touches it.',
    code: [
      'src/regulation/lifecycle.ts',
      'src/regulation/applications/application-case.ts',
      'src/procedures/applications/carry-out.ts',
    ],
    tests: {
      'test/regulation/lifecycle.test.ts': ['Article 13: a reported record is immutable'],
      'test/procedures/reporting/return.test.ts': ['Article 13: what is reported and not returned cannot be corrected'],
      'test/procedures/applications/change.test.ts': ['Article 9, 13: what a change may not do'],
    },
    steps: ['change', 'delete'],
  },
  {
    ...{ id: 'R14.1', article: '14' },
    zh: '审核或形式核查退回的，逐字段写明原因；更正或书面答复后由另一人重新校核，走完全程再报，历史保留。',
    en: 'What review or form check gives back has a reason for each field; corrected or answered in words it passes every stage again by another checker, with its history.',
    code: [
      'src/procedures/reporting/return-records.ts',
      'src/procedures/records/correct.ts',
      'src/procedures/reporting/answer-review-reason.ts',
      'src/regulation/reporting/review-reasons.ts',
    ],
    tests: {
      'test/procedures/reporting/return.test.ts': ['Article 14: returned with reasons'],
      'test/procedures/reporting/review-reasons.test.ts': ['Article 14: reasons of a return'],
      'test/procedures/records/correct.test.ts': ['Article 14: corrections'],
    },
    counters: ['returned'],
  },
  {
    ...{ id: 'R14.2', article: '14' },
    zh: '审核前或退回后可撤回，写明理由；撤回的可更正再报，也可不再报，编号与名单位置不让给别人。',
    en: 'Before review or after a return it may be withdrawn with a reason; it is corrected and reported again or stays away, and nobody else gets its number or its place.',
    code: ['src/procedures/reporting/withdraw-records.ts', 'src/regulation/reporting/withdrawal.ts'],
    tests: {
      'test/procedures/reporting/withdraw-records.test.ts': [
        'Article 14: who withdraws what',
        'Article 14: what was withdrawn',
      ],
    },
    steps: ['withdraw-records'],
    codes: ['withdrawal-not-by-office', 'withdrawal-reason-missing'],
  },
  {
    ...{ id: 'R14.3', article: '14' },
    zh: '国家形式核查反馈按文号录入一次，未过的退回，通过的不动。',
    en: 'Feedback of the national form check is entered once under its number; what failed comes back, what passed stays filed.',
    code: ['src/procedures/reporting/record-form-check.ts', 'src/regulation/reporting/form-check.ts'],
    tests: { 'test/procedures/reporting/form-check.test.ts': ['Article 14: the form check'] },
    steps: ['form-check'],
    codes: [
      ...['form-check-empty', 'form-check-both', 'form-check-number-missing', 'form-check-date'],
      ...['form-check-number-taken', 'form-check-before-filing', 'form-check-record-unknown'],
      ...['form-check-result-unknown', 'form-check-contradicted', 'form-check-passed-with-reason'],
      ...['form-check-application-open'],
    ] as const,
  },
  {
    ...{ id: 'R15.1', article: '15' },
    zh: '更改、删除由类别部门书面向省申请：逐项理由配证明材料，系统成文、用印、送达并记录批复。',
    en: 'A change or deletion is asked for in writing by the category office: a reason and evidence for each, the system makes, seals and sends the document and keeps the decision.',
    code: [
      'src/procedures/applications/draft-change-request.ts',
      'src/procedures/applications/draft-deletion-request.ts',
      'src/regulation/applications/change-request.ts',
      'src/regulation/applications/dispatch.ts',
      'src/documents/wording/wording-change.ts',
      'src/documents/wording/wording-deletion.ts',
    ],
    tests: {
      'test/regulation/applications/written-requests.test.ts': [
        'Article 15: a change request',
        'Article 15, 16: a dispatch',
      ],
      'test/procedures/applications/dispatch.test.ts': [
        'Article 15, 16: dispatch',
        'Article 15: the answer of the province',
      ],
      'test/graphql/applications.test.ts': ['Article 15: a change request over GraphQL'],
    },
    steps: ['draft-application', 'seal-application', 'decide-application'],
  },
  {
    ...{ id: 'R15.2', article: '15' },
    zh: '获准的更改成为新版本、旧版可读，与所批内容逐摘要相同；删除只用于误报，留下墓碑，有效学位不得删除。',
    en: 'An approved change is a new version, digest for digest the one that was approved, and the old ones stay readable; a deletion is for reporting errors only, leaves a tombstone and never takes a degree that stands.',
    code: [
      'src/procedures/applications/change-records.ts',
      'src/procedures/applications/delete-records.ts',
      'src/regulation/applications/deletion-request.ts',
      'src/store/records/record-versions.ts',
    ],
    tests: {
      'test/procedures/applications/change.test.ts': ['Article 15: a consented change'],
      'test/procedures/applications/deletion.test.ts': [
        'Article 15: a record that was reported twice',
        'Article 13: a degree that stands is not deleted',
      ],
      'test/regulation/applications/written-requests.test.ts': [
        'Article 15: a deletion request never takes a degree away',
      ],
    },
    steps: ['change', 'delete'],
    codes: [
      ...['deletion-degree-stands', 'deletion-standing-record-missing', 'deletion-standing-record-not-filed'],
      ...['deletion-other-person', 'deletion-other-degree', 'application-record-moved-on'],
    ] as const,
  },
  {
    ...{ id: 'R15.3', article: '15' },
    zh: '学位获得者本人可就已报送的信息请求更正，给编号、可跟踪，由类别部门转为更改申请或书面答复。',
    en: 'A student may ask for a correction of what was reported: it has a number and can be followed, and the category office makes a change request of it or answers in words.',
    code: [
      'src/procedures/student/request-correction.ts',
      'src/procedures/student/answer-correction-request.ts',
      'src/procedures/applications/draft-requested-change.ts',
    ],
    tests: { 'test/procedures/student/correction-request.test.ts': ['Article 15: a correction request'] },
    steps: ['request-correction', 'answer-correction-request'],
    codes: [
      ...['correction-request-open', 'correction-request-too-early', 'correction-request-answered'],
      ...['correction-request-not-drafted', 'correction-request-drafted'],
    ] as const,
    counters: ['open-requests'],
  },
  {
    ...{ id: 'R16.1', article: '16' },
    zh: '撤销决议生效起十日内，一份报告报国务院学位办和省学位办、抄送学位中心，附决议与理由；每次送达都有凭据。',
    en: 'Within ten days of a revocation’s effect one report goes to the national and the provincial office with a copy to the national centre, with resolution and reasons; each delivery has its proof.',
    code: [
      'src/procedures/applications/draft-revocation-report.ts',
      'src/regulation/applications/revocation-report.ts',
      'src/procedures/applications/dispatch-application.ts',
      'src/documents/wording/wording-revocation.ts',
    ],
    tests: {
      'test/procedures/applications/revocation.test.ts': [
        'Article 16: ten days',
        'goes to two addressees and a copy, each a step of its own; the province confirms only when all have it',
      ],
      'test/procedures/applications/dispatch.test.ts': ['to the wrong addressee, twice, or of an unsealed case'],
      'test/procedures/deadlines/deadline-board.test.ts': ['Article 16: a revocation that nobody has reported yet'],
    },
    steps: ['dispatch-application'],
    counters: ['late-revocations'],
  },
  {
    ...{ id: 'R16.2', article: '16' },
    zh: '省学位办确认后作撤销备案，自决议生效日起算；证书查验、证明包和公开状态表都说明已撤销。',
    en: 'Once the province has confirmed, the record is filed as revoked since the day of effect; certificate checks, bundles and the public status list say so.',
    code: [
      'src/procedures/applications/revoke-degrees.ts',
      'src/procedures/reporting/status-list.ts',
      'src/procedures/check-document.ts',
      'src/sealing/verify/ending.ts',
    ],
    tests: {
      'test/procedures/applications/revocation.test.ts': [
        'is filed as revoked from the day on which the resolution took effect, and proved',
        'ends the record: no change, no deletion, no second revocation',
      ],
      'test/procedures/reporting/status-list.test.ts': [
        'R16.2: the status list',
        'R16.2: the bundle of a record that ended',
      ],
    },
    steps: ['revoke'],
    codes: ['revocation-confirmed'],
  },
  {
    ...{ id: 'R16.3', article: '16' },
    zh: '撤销须先告知、听取陈述申辩、依法表决并送达；本人申请复核的，复核未了不得备案，复核撤销的不再执行。',
    en: 'A revocation is told, heard, voted and served first; while a review that the person asked for is open it is not filed, and overturned it never is.',
    code: ['src/regulation/applications/revocation-report.ts', 'src/procedures/applications/record-degree-review.ts'],
    tests: {
      'test/procedures/applications/revocation-rights.test.ts': [
        '学位法 art. 39: told, heard, decided, served',
        '学位法 art. 41: the review that the person asks for',
        '学位法 art. 10: the vote of the revocation resolution',
      ],
    },
    steps: ['load-revocation-resolution', 'record-degree-review'],
    codes: [
      ...['revocation-without-hearing', 'revocation-hearing-result-missing', 'revocation-days-out-of-order'],
      ...['revocation-review-open', 'revocation-overturned', 'revocation-review-order'],
    ] as const,
  },
  {
    ...{ id: 'R16.4', article: '16' },
    zh: '教育行政部门宣布证书无效的，凭其文件录入，另成一种终结，不与撤销混同。',
    en: 'A certificate that the education authority declares invalid ends by its document, as an end of its own and no revocation.',
    code: ['src/procedures/applications/declare-invalid.ts'],
    tests: { 'test/procedures/applications/declare-invalid.test.ts': ['学位法 art. 38: declared invalid'] },
    steps: ['declare-invalid'],
    codes: ['end-day-impossible', 'end-reason-missing', 'certificate-of-ended-record'],
  },
];
