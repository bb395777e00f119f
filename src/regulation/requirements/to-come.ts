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
];
