// Chapter 3: articles 7 to 9, what the information is.
import type { Entry } from './requirement.ts';

export const CHAPTER_3: readonly Entry[] = [
  {
    ...{ id: 'R7.1', article: '7' },
    zh: '数据结构与代码表由国家发布，按年份成版本；换版本是录入数据而不是改程序，按授予日取用当日有效的代码。',
    en: 'The national data structure and its code tables are data with years of validity, not program; a new edition is loaded, and a code is judged on the conferral date.',
    code: [
      'src/regulation/standard',
      'src/procedures/structure/load-edition.ts',
      'src/procedures/structure/load-code-table.ts',
      'src/procedures/structure/map-codes.ts',
    ],
    tests: {
      'test/regulation/record/record.test.ts': ['Article 7: codes on the conferral date'],
      'test/procedures/structure/national-structure.test.ts': [
        'Article 7: a corrected edition',
        'Article 7: an edition of a code table',
        'Article 7: texts that no table has are mapped once and for all',
      ],
      'test/procedures/collection/import-records.test.ts': ['Article 7: header first'],
    },
  },
  {
    ...{ id: 'R7.2', article: '7' },
    zh: '导出用同一套国家结构，原样进出；装不下的值逐行指出，不截断。',
    en: 'What is exported speaks the same structure and comes out as it went in; a value that an edition cannot hold is named, row by row, and never cut.',
    code: [
      'src/procedures/exports/export-records.ts',
      'src/regulation/exports.ts',
      'src/regulation/standard/write-row.ts',
    ],
    tests: {
      'test/procedures/exports/export-records.test.ts': [
        'Article 7: what was imported comes out as it is',
        'Article 7: what a file cannot hold is refused, row by row, and nothing is cut',
      ],
      'test/files/dbf.test.ts': ['Article 7: DBF in GB 18030'],
    },
    steps: ['export-records'],
    codes: [
      ...['export-edition-unknown', 'export-nothing', 'export-too-many', 'export-selection', 'export-encoding'],
      ...['export-code-without-name', 'export-value-too-long', 'export-value-spaces', 'export-character'],
    ] as const,
  },
  {
    ...{ id: 'R8.1', article: '8' },
    zh: '每个层次和类别该有的字段都要有，不该有的不收；手机和邮箱可有可无。',
    en: 'Every field that a level and category has is there, and none that it has not; phone and e-mail may be left out.',
    code: [
      'src/regulation/standard/fields.ts',
      'src/regulation/standard/field-needs.ts',
      'src/regulation/record/record-fields.ts',
    ],
    tests: {
      'test/regulation/record/record.test.ts': ['names %s when it is missing', 'refuses %s where it does not belong'],
      'test/procedures/collection/collecting.test.ts': ['Article 8: every category is collected from our own template'],
    },
  },
  {
    ...{ id: 'R8.2', article: '8' },
    zh: '姓名、证件逐字核验：校验码、出生日期、性别要对得上，别的系统读不出的字要指明码位。',
    en: 'Names and identity documents are judged to the character: check character, birth and sex agree, and what other systems cannot read is named by its code point.',
    code: [
      'src/regulation/record/identity.ts',
      'src/regulation/record/names.ts',
      'src/regulation/record/name-characters.ts',
    ],
    tests: {
      'test/regulation/record/identity.test.ts': [
        'Article 8(1): vectors of GB 11643',
        'notices every single changed digit and every exchange of neighbours',
      ],
      'test/regulation/record/names.test.ts': [
        'Article 8(1): characters that other systems cannot read are refused with their code points',
      ],
    },
    codes: [
      ...['identity-malformed', 'identity-check-character', 'identity-birth-impossible', 'identity-birth-in-future'],
      ...['identity-first-generation', 'identity-pattern-unusual', 'name-replacement-character', 'name-too-long'],
      ...['name-private-use-character', 'name-control-character', 'name-broken-character', 'name-line-break'],
      ...['name-character-not-allowed', 'name-dot-misplaced', 'name-marks-misplaced', 'name-without-letter'],
    ] as const,
  },
  {
    ...{ id: 'R8.3', article: '8' },
    zh: '学位类别、学科专业与层次、类别相配；有论文的写题目、关键词和选题来源，没有论文的不得填写。',
    en: 'Degree category and discipline fit level and category; where there is a thesis its title, keywords and source are given, where there is none nothing of it.',
    code: ['src/regulation/record/record-degree.ts', 'src/regulation/record/record-thesis.ts'],
    tests: {
      'test/regulation/record/record.test.ts': [
        'Article 8(2): degree category and discipline',
        'Article 8(3) and 20: thesis and outcome',
      ],
    },
    codes: [
      ...['degree-category-of-other-level', 'degree-category-of-other-kind', 'discipline-of-other-level'],
      ...['discipline-of-other-kind', 'degree-category-discipline-mismatch', 'outcome-type-not-of-level'],
      ...['thesis-field-without-thesis'],
    ] as const,
  },
  {
    ...{ id: 'R8.4', article: '8' },
    zh: '电子照片随信息采集，按人匹配，规格不符的指出，可按学校规则命名导出。',
    en: 'Electronic photos are collected with the record, matched to their person, judged by size, and exported under names that the institution chooses.',
    code: [
      'src/procedures/collection/attach-photos.ts',
      'src/procedures/exports/export-photos.ts',
      'src/regulation/files.ts',
    ],
    tests: {
      'test/procedures/collection/photos.test.ts': ['Article 8: electronic photos'],
      'test/procedures/exports/export-photos.test.ts': ['Article 8: an archive of photos'],
      'test/regulation/files.test.ts': ['Article 8(4): photos'],
    },
    steps: ['attach-photos'],
    codes: [
      'photo-without-person',
      'photo-doubled',
      'photo-not-of-standard',
      'export-photo-missing',
      'export-photo-name',
    ],
  },
  {
    ...{ id: 'R9.1', article: '9' },
    zh: '姓名、学位类别、学科、授予日期、证书编号、决议编号须与决议名单一致；名单只能凭学位评定委员会的更正决定更正。',
    en: 'Name, degree category, discipline, conferral date, certificate number and resolution number are those of the roster; a roster changes only by a correction of the degree committee.',
    code: [
      'src/regulation/resolution/roster.ts',
      'src/procedures/resolutions/correct-roster.ts',
      'src/procedures/resolutions/roster-seal.ts',
    ],
    tests: {
      'test/regulation/resolution/roster.test.ts': ['Article 9: key fields equal the roster'],
      'test/procedures/resolutions/correct-roster.test.ts': [
        'Article 9: a corrected entry stands in the place of the old one',
        'Article 9: a correction is refused',
      ],
      'test/procedures/resolutions/roster-proof.test.ts': ['Article 9: nobody is slipped in later'],
      'test/end-to-end/bad-actions.test.ts': ['Article 9: a roster person without a record'],
    },
    counters: ['unrecorded'],
  },
  {
    ...{ id: 'R9.2', article: '9' },
    zh: '学籍学历信息里也有的内容，两边必须一致。',
    en: 'What the enrolment record also says is the same in both.',
    code: ['src/regulation/record/enrolment.ts', 'src/procedures/cross-check/examination.ts'],
    tests: {
      'test/regulation/record/enrolment.test.ts': ['Article 9: what the enrolment record also holds equals it'],
    },
    codes: ['enrolment-record-missing', 'enrolment-mismatch'],
    counters: ['unlinked'],
  },
  {
    ...{ id: 'R9.3', article: '9' },
    zh: '有对应学历的，授予学位不得早于毕业；各日期先后要说得通。',
    en: 'Nobody is conferred a degree before the graduation it rests on, and dates follow one another as they can.',
    code: ['src/regulation/record/record-dates.ts', 'src/regulation/record/enrolment.ts'],
    tests: {
      'test/regulation/record/record.test.ts': ['Article 9: dates'],
      'test/regulation/record/enrolment.test.ts': [
        'compares the month of graduation, and the day with the conferral (R9.3)',
      ],
    },
    codes: [
      ...['date-in-future', 'conferral-before-graduation', 'admission-not-before-graduation'],
      ...['application-after-conferral', 'birth-after-admission', 'identity-birth-mismatch', 'identity-sex-mismatch'],
    ] as const,
  },
  {
    ...{ id: 'R9.4', article: '9' },
    zh: '不一致的逐字段并列两边的值和依据条款，不替人改。',
    en: 'Whatever disagrees is shown field by field with both values and the article, and nothing is mended in silence.',
    code: ['src/regulation/cross-check/comparison.ts', 'src/procedures/cross-check/compare-records.ts'],
    tests: {
      'test/regulation/cross-check/comparison.test.ts': ['Article 9: roster, record and enrolment record side by side'],
      'test/procedures/collection/import-records.test.ts': [
        'Article 9(4): every row is told everything that is wrong with it',
      ],
    },
    steps: ['cross-check'],
  },
  {
    ...{ id: 'R9.5', article: '9' },
    zh: '证书编号由单位、层次、年份和顺序号构成，一号一证，永不复用；同一人同一学位只有一条。',
    en: 'A certificate number is made of institution, level, year and serial, is given once and never again, and nobody has two records of one degree.',
    code: [
      'src/regulation/record/certificate-number.ts',
      'src/regulation/record/uniqueness.ts',
      'src/store/records/certificate-numbers.ts',
    ],
    tests: {
      'test/regulation/record/certificate-number.test.ts': [
        'Article 9: the number agrees with the record',
        'Article 9: a number is given once, for ever',
      ],
      'test/procedures/applications/deletion.test.ts': [
        'never gives its certificate number again: not by collecting, not by a change',
      ],
    },
    codes: [
      ...['certificate-number-institution', 'certificate-number-level', 'certificate-number-year'],
      ...['certificate-number-doubled', 'certificate-number-taken', 'certificate-number-of-deleted'],
      'certificate-number-on-other-roster',
      ...['person-doubled', 'person-already-recorded'],
    ] as const,
  },
];
