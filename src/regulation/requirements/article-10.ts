// Chapter 4, article 10: the stages.
import type { Entry } from './requirement.ts';

export const ARTICLE_10: readonly Entry[] = [
  {
    ...{ id: 'R10.1', article: '10' },
    zh: '采集、校核、公开、上报、审核、备案依次进行，哪一步都不能跳过；状态只随办理动作而变。',
    en: 'Collected, cross-checked, disclosed, reported, reviewed, filed: in this order, no stage is skipped, and a state changes only by the act that makes it.',
    code: [
      'src/regulation/lifecycle.ts',
      'src/procedures/perform.ts',
      'src/procedures/reporting/review.ts',
      'src/procedures/reporting/filing.ts',
    ],
    tests: {
      'test/regulation/lifecycle.test.ts': ['no sequence of steps reaches filing around a stage'],
      'test/procedures/stages.property.test.ts': [
        'in any order of acts a filed record has passed every stage after its last correction or answer',
      ],
      'test/procedures/reporting/report.test.ts': ['no stage can be skipped'],
    },
  },
  {
    ...{ id: 'R10.2', article: '10' },
    zh: '采集方式自选（CSV、XLSX、DBF 或逐条录入），各种来源适用同样的规则；上报以后只在系统内办理。',
    en: 'Collecting may come from any source, file or one by one, under the same rules; from the report on everything happens in the system.',
    code: ['src/procedures/collection/import-records.ts', 'src/procedures/collection/collect-record.ts', 'src/files'],
    tests: {
      'test/procedures/collection/import-records.test.ts': [
        'Files as universities have them',
        'P3: an import is wholly there or not at all',
      ],
      'test/procedures/records/correct.test.ts': [
        'the same rules as an import; the record enters the collecting batch',
      ],
    },
    steps: ['collect'],
  },
];
