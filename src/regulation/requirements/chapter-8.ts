// Chapter 8: article 24, from when on, and who explains.
import type { Entry } from './requirement.ts';

export const CHAPTER_8: readonly Entry[] = [
  {
    ...{ id: 'R24.1', article: '24' },
    zh: '期限、比例、归属等作为管理参数，凭文件设定、自某日起生效、不得宽于规定；已开始的事项沿用当日的参数。',
    en: 'Periods, shares and ownership are policy: set on a documented basis from a day on, never looser than the regulation, and what has begun keeps the policy of its day.',
    code: [
      'src/regulation/policy.ts',
      'src/regulation/policy-acts.ts',
      'src/procedures/offices/set-policy.ts',
      'src/procedures/situation.ts',
    ],
    tests: {
      'test/procedures/offices/set-policy.test.ts': [
        'Article 24: setting the policy',
        'Article 24: what has begun keeps the policy of its day',
      ],
      'test/regulation/policy.test.ts': ['never gives longer than the regulation'],
    },
  },
  {
    ...{ id: 'R24.2', article: '24' },
    zh: '本规定由单位管理员解释，未写到的参照上级规程。',
    en: 'The degree office explains the regulation; what it does not say follows the national rules.',
    byPeople: {
      zh: '解释权属于单位；软件中每条拒绝都注明条款，便于对照解释。',
      en: 'Explaining is the institution’s right; every refusal names its article, so that it can be held beside the explanation.',
    },
  },
];
