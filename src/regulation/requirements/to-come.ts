// What is still being built: requirements whose code and tests are not all there. Nothing here is in the table, shown by the API or
// printed in docs/compliance.md; a test refuses that one stands in both places. To take one up: move it, whole, into the file of its
// chapter, correct `code` and `tests`, run `npm run compliance`, and see test/regulation/requirements.test.ts pass. When this list is
// empty, delete the file and its test.
import type { Requirement } from './requirement.ts';

export const TO_COME: readonly Requirement[] = [
  {
    ...{ id: 'R17.1', article: '17' },
    zh: '公布的统计只数已备案的信息，小数遮盖，且不能由别的数推算出来。',
    en: 'Published statistics count filed records only, small counts are suppressed, and none can be worked out from the others.',
    code: [],
    tests: {},
    steps: ['publish-statistics'],
  },
  {
    ...{ id: 'R18.1', article: '18' },
    zh: '临时信息库为指定机构、用途、字段和期限而建；直接标识去除，间接标识泛化到 k 匿名与 l 多样并记录实测值；到期自毁，每次读取留痕。',
    en: 'An analysis dataset is made for a named organisation, purpose, field list and term; direct identifiers are gone, others generalised until k and l hold and are recorded; it destroys itself, and every reading is logged.',
    code: [],
    tests: {},
    steps: ['request-dataset', 'decide-dataset', 'generate-dataset', 'open-dataset-access', 'destroy-dataset'],
  },
  {
    ...{ id: 'R18.2', article: '18' },
    zh: '分析结果对外发布须经学校同意，同意与否都留痕。',
    en: 'Results are published only with the consent of the institution; the answer is recorded either way.',
    code: [],
    tests: {},
    steps: ['decide-publication'],
  },
  {
    ...{ id: 'R19.1', article: '19' },
    zh: '不得用于商业目的：申请时声明用途，商业用途不予受理。',
    en: 'No commercial use: the purpose is declared with the request, and a commercial one is refused.',
    code: [],
    tests: {},
  },
  {
    ...{ id: 'R20.2', article: '20' },
    zh: '脱密须凭文件记录并签章，此后该论文才可报送。',
    en: 'A declassification is recorded on its document and sealed; only then is the thesis reported.',
    code: [],
    tests: {},
    steps: ['declassify'],
  },
  {
    ...{ id: 'R21.4', article: '21' },
    zh: '一名工作人员每小时查看敏感信息有上限。',
    en: 'One officer reveals no more secret values in an hour than the policy lets them.',
    code: [],
    tests: {},
    steps: ['reveal'],
  },
  {
    ...{ id: 'R23.3', article: '23' },
    zh: '反常操作（非工作时间、过快校核、大量查看）自动列给监督岗位。',
    en: 'Unusual acts, such as at night, too fast or too many reveals, are listed for the auditor by themselves.',
    code: [],
    tests: {},
  },
];
