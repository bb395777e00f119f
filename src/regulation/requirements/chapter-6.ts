// Chapter 6: articles 17 to 19, what use is made of the information.
import type { Entry } from './requirement.ts';

export const CHAPTER_6: readonly Entry[] = [
  {
    ...{ id: 'R17.2', article: '17' },
    zh: '发布统计数据只由单位管理员负责；过小的数不公布，下限由学校在规定范围内定。',
    en: 'Only the degree office publishes statistics; counts that are too small are not shown, and how small is set by the institution within bounds.',
    code: ['src/regulation/duties.ts', 'src/regulation/policy.ts'],
    tests: {
      'test/regulation/duties.test.ts': ['every step has offices and duties'],
      'test/regulation/policy.test.ts': [
        'Article 17, 18: no policy publishes a count below three, or makes a dataset of fewer than five alike',
      ],
    },
    steps: ['publish-statistics'],
  },
  {
    ...{ id: 'R18.3', article: '18' },
    zh: '分析用临时信息库的申请、审批、生成、启用、销毁和结果发布各有其人；匿名程度与最长期限有不可突破的底线。',
    en: 'Requesting, deciding, generating, opening, destroying an analysis dataset and publishing from it have their hands; its anonymity and its longest term have bounds that no policy loosens.',
    code: ['src/regulation/duties.ts', 'src/regulation/policy.ts'],
    tests: {
      'test/regulation/duties.test.ts': ['every step has offices and duties', 'cannot do %s'],
      'test/regulation/policy.test.ts': [
        'Article 17, 18: no policy publishes a count below three, or makes a dataset of fewer than five alike',
      ],
    },
  },
  {
    ...{ id: 'R19.2', article: '19' },
    zh: '取走数据必须写明用途，用途留存、动作签章，事后可据以追究挪作他用。',
    en: 'Whoever takes data out says what for; the purpose is kept and the act is sealed, so that another use can be held against them.',
    code: ['src/procedures/export-records.ts', 'src/procedures/open-export.ts'],
    tests: {
      'test/procedures/export-records.test.ts': [
        'Article 21: an export is logged like a reveal, and its file is sealed',
      ],
    },
    steps: ['export-records'],
    codes: ['export-purpose-missing'],
  },
];
