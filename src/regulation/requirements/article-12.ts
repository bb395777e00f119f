// Chapter 4, article 12: who answers for each step, and how it is proved.
import type { Entry } from './requirement.ts';

export const ARTICLE_12: readonly Entry[] = [
  {
    ...{ id: 'R12.1', article: '12' },
    zh: '关键环节都由责任部门电子签章；动作与签章同成同败，没有“办了没签”的中间状态。',
    en: 'Every key step carries the electronic seal of its office; the step and its seal happen together or not at all, so that nothing is ever done and not sealed.',
    code: ['src/procedures/perform.ts', 'src/sealing/cms.ts', 'src/procedures/responsibility/unsealed.ts'],
    tests: {
      'test/procedures/cross-check/cross-check.test.ts': [
        'when the change cannot be saved there is no step, no seal and no log entry either',
      ],
      'test/procedures/student/student-word.test.ts': ['without the seal of the office nothing is kept (P8)'],
      'test/end-to-end/kill.test.ts': [
        'Article 12: has every acknowledged step after each restart, whole, in an unbroken log, with a proof that holds',
      ],
      'test/procedures/responsibility/unsealed.test.ts': [
        'Article 12: what was changed around the procedures is counted and named',
      ],
    },
    counters: ['unsealed'],
  },
  {
    ...{ id: 'R12.2', article: '12' },
    zh: '原始记录只增不改，连数据库也拒绝；不信任我们的人只凭公开的根证书就能核验谁、代表哪个部门、何时、依哪条、对哪些内容做了什么。',
    en: 'Original records are only ever added, the database itself refuses more; whoever trusts nothing but the published root can verify who did what, for which office, when, under which article, over exactly which data.',
    code: ['src/sealing', 'src/procedures/bundle.ts', 'src/procedures/checkpoint.ts', 'prisma/migrations'],
    tests: {
      'test/sealing/bundle.test.ts': ['is believed by somebody who trusts the root only, with every check passed'],
      'test/sealing/bundle-changed.test.ts': ['a bundle in which something was changed'],
      'test/store/append-only.test.ts': [
        'Article 12: the original-record archive is append-only in the database itself',
      ],
      'test/procedures/proofs.test.ts': [
        'Article 12: the log and its checkpoints',
        'F18: a record changed by SQL no longer opens its commitments',
      ],
    },
    codes: ['file-altered', 'seal-missing', 'seal-not-valid', 'seal-names-otherwise'],
    counters: ['unsealed'],
  },
  {
    ...{ id: 'R12.3', article: '12' },
    zh: '书面申请经拟稿、核对、部门负责人批准、用印四手，拟稿人不得核对或批准自己的。',
    en: 'A written application passes four hands, drafter, checker, head and degree office; who drafted it neither checks nor approves it.',
    code: [
      'src/regulation/applications/applications.ts',
      'src/procedures/applications/pass-on-application.ts',
      'src/procedures/applications/seal-application.ts',
    ],
    tests: {
      'test/procedures/applications/dispatch.test.ts': ['Article 12: the hands inside the house'],
      'test/procedures/applications/case-actions.test.ts': ['Article 12: four eyes'],
      'test/regulation/applications/application-steps.property.test.ts': [
        'every walk that reaches an effect has passed check, approval, seal, dispatch and consent since the last draft',
      ],
    },
    steps: ['check-application', 'approve-application', 'seal-application'],
    codes: [
      'application-step-not-allowed',
      'drafter-may-not-check',
      'drafter-may-not-approve',
      'document-not-printable',
    ],
  },
  {
    ...{ id: 'R12.4', article: '12' },
    zh: '原始记录档案可按人、批次、年度完整导出并由外人核验，不全不封；到期鉴定、依规移交，只由指定部门和岗位办理。',
    en: 'The archive of original records is exported whole, of a person, a batch or a year, and verified by strangers; what is not complete is not sealed. It is appraised and handed over by the offices and duties named for it.',
    code: [
      'src/procedures/archive/export-archive.ts',
      'src/procedures/archive/appraise-archive.ts',
      'src/procedures/archive/transfer-archive.ts',
      'src/regulation/archives.ts',
      'src/sealing/verify/archive.ts',
    ],
    tests: {
      'test/procedures/archive/archive.test.ts': [
        'Article 12: an archive',
        'Article 12: nothing is left out, put in or changed unseen',
      ],
      'test/procedures/archive/archive-keeping.test.ts': [
        'Article 12: who exports what',
        'Article 12: what is not complete is not sealed',
        'Article 12: appraisal and transfer',
      ],
      'test/regulation/duties.test.ts': ['cannot do %s'],
    },
    steps: ['export-archive', 'appraise-archive', 'transfer-archive'],
  },
];
