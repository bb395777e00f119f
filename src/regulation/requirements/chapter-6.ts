// Chapter 6: articles 17 to 19, what use is made of the information.
import type { Entry } from './requirement.ts';

export const CHAPTER_6: readonly Entry[] = [
  {
    ...{ id: 'R17.1', article: '17' },
    zh: '公布的统计只数已备案的信息，小数遮盖，且不能由别的数推算出来，各版之间也不能。',
    en: 'Published statistics count filed records only, small counts are suppressed, and none can be worked out from the others, not from another version either.',
    code: [
      'src/regulation/statistics',
      'src/procedures/statistics/publish-statistics.ts',
      'src/procedures/statistics/statistics-figures.ts',
      'src/http/statistics.ts',
    ],
    tests: {
      'test/procedures/statistics/publish-statistics.test.ts': [
        'counts what is filed of the year, and nothing else',
        'Article 17: publishing',
        'Article 17: versions',
      ],
      'test/regulation/statistics/statistics-suppression.property.test.ts': [
        'no suppressed cell follows from all published ones by linear algebra',
        'two versions side by side never differ by fewer than the threshold, and nothing suppressed comes back',
      ],
      'test/http/statistics.test.ts': ['the data are what the seal names'],
    },
    steps: ['publish-statistics'],
  },
  {
    ...{ id: 'R17.2', article: '17' },
    zh: '发布统计数据只由单位管理员负责；过小的数不公布，下限由学校在规定范围内定。',
    en: 'Only the degree office publishes statistics; counts that are too small are not shown, and how small is set by the institution within bounds.',
    code: ['src/regulation/duties.ts', 'src/regulation/policy.ts', 'src/procedures/statistics/statistics-access.ts'],
    tests: {
      'test/http/statistics.test.ts': ['is published once, by the degree office alone'],
      'test/procedures/statistics/publish-statistics.test.ts': ['goes by the threshold of the policy of the day'],
      'test/regulation/duties.test.ts': ['every step has offices and duties'],
      'test/regulation/policy.test.ts': [
        'Article 17, 18: no policy publishes a count below three, or makes a dataset of fewer than five alike',
      ],
    },
    steps: ['publish-statistics'],
    codes: ['statistics-too-few'],
  },
  {
    ...{ id: 'R18.1', article: '18' },
    zh: '临时信息库为指定机构、用途、字段和期限而建；直接标识去除，间接标识泛化到 k 匿名与 l 多样并记录实测值；到期自毁，每次读取留痕。',
    en: 'An analysis dataset is made for a named organisation, purpose, field list and term; direct identifiers are gone, others generalised until k and l hold and are recorded; it destroys itself, and every reading is logged.',
    code: [
      'src/regulation/anonymity',
      'src/regulation/datasets',
      'src/procedures/datasets/request-dataset.ts',
      'src/procedures/datasets/generate-dataset.ts',
      'src/procedures/datasets/read-dataset.ts',
      'src/procedures/datasets/destroy-dataset.ts',
    ],
    tests: {
      'test/regulation/anonymity/anonymise.test.ts': ['R18.1: whatever the table', 'Article 18: attacks'],
      'test/regulation/anonymity/dataset-fields.test.ts': ['R18.1: roles'],
      'test/procedures/datasets/dataset.test.ts': [
        'is sealed with everything that was asked, and keeps the contact sealed',
        'is ordered by the decision, sealed, k-anonymous, without any identifier',
        'Article 18: reading',
        'Article 18: the destruction',
      ],
      'test/procedures/datasets/dataset-leak.test.ts': ['Article 18: a leaked copy'],
      'test/graphql/compliance.test.ts': [
        'Article 18: a dataset that outlives its term is counted until it is destroyed',
      ],
    },
    steps: ['request-dataset', 'generate-dataset', 'open-dataset-access', 'destroy-dataset'],
    counters: ['overdue-datasets'],
  },
  {
    ...{ id: 'R18.2', article: '18' },
    zh: '分析结果对外发布须经学校同意，同意与否都留痕。',
    en: 'Results are published only with the consent of the institution; the answer is recorded either way.',
    code: ['src/procedures/datasets/decide-publication.ts', 'src/regulation/datasets/life.ts'],
    tests: {
      'test/procedures/datasets/dataset.test.ts': [
        'needs the consent of the head, with the whole text, also after the destruction',
      ],
    },
    steps: ['decide-publication'],
    codes: ['publication-state'],
  },
  {
    ...{ id: 'R18.3', article: '18' },
    zh: '分析用临时信息库的申请、审批、生成、启用、销毁和结果发布各有其人；匿名程度与最长期限有不可突破的底线。',
    en: 'Requesting, deciding, generating, opening, destroying an analysis dataset and publishing from it have their hands; its anonymity and its longest term have bounds that no policy loosens.',
    code: ['src/regulation/duties.ts', 'src/regulation/policy.ts', 'src/procedures/datasets/decide-dataset.ts'],
    tests: {
      'test/procedures/datasets/dataset.test.ts': [
        'is the head’s, and never that of who asked or changed the request – in the rules and in the database',
      ],
      'test/regulation/duties.test.ts': ['every step has offices and duties', 'cannot do %s'],
      'test/regulation/policy.test.ts': [
        'Article 17, 18: no policy publishes a count below three, or makes a dataset of fewer than five alike',
      ],
    },
    steps: ['decide-dataset'],
    codes: ['dataset-decider-asked', 'dataset-k', 'dataset-l', 'dataset-term-long'],
  },
  {
    ...{ id: 'R19.1', article: '19' },
    zh: '不得用于商业目的：申请时声明用途，商业用途不予受理。',
    en: 'No commercial use: the purpose is declared with the request, and a commercial one is refused.',
    code: ['src/regulation/datasets/request.ts', 'src/regulation/datasets/words.ts'],
    tests: { 'test/procedures/datasets/dataset.test.ts': ['Article 19: for %s is refused'] },
    codes: ['dataset-commercial'],
  },
  {
    ...{ id: 'R19.2', article: '19' },
    zh: '取走数据必须写明用途，用途留存、动作签章，事后可据以追究挪作他用。',
    en: 'Whoever takes data out says what for; the purpose is kept and the act is sealed, so that another use can be held against them.',
    code: ['src/procedures/exports/export-records.ts', 'src/procedures/exports/open-export.ts'],
    tests: {
      'test/procedures/exports/export-records.test.ts': [
        'Article 21: an export is logged like a reveal, and its file is sealed',
      ],
    },
    steps: ['export-records'],
    codes: ['export-purpose-missing'],
  },
];
