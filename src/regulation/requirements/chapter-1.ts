// Chapter 1: articles 1 to 3, what the regulation is for.
import type { Entry } from './requirement.ts';

export const CHAPTER_1: readonly Entry[] = [
  {
    ...{ id: 'R1.1', article: '1' },
    zh: '学位授予信息要真、要安全，谁管什么要清楚。',
    en: 'Conferral information is to be true and safe, and everybody knows what they answer for.',
    byPeople: {
      zh: '这是立规的目的，本身没有可执行的动作；以下各条把它落到具体要求上。',
      en: 'This is what the regulation is for and nothing to be done by itself; the articles below say how.',
    },
  },
  {
    ...{ id: 'R2.1', article: '2' },
    zh: '所管的是授予学士、硕士学位时产生的关键信息：人、学业、证书，研究生另加论文；层次与类别必须相符。',
    en: 'What is kept is what arises when a bachelor’s or a master’s degree is conferred: person, studies, certificate, of masters the thesis; level and category agree.',
    code: ['src/regulation/vocabulary.ts', 'src/regulation/record/record.ts'],
    tests: {
      'test/regulation/record/record.test.ts': [
        'says that level and category disagree',
        'accepts a good record without a word',
      ],
    },
  },
  {
    ...{ id: 'R3.1', article: '3' },
    zh: '从采集、报送、审核、备案到公开、共享和使用，全程都按本规定办。',
    en: 'The whole way is under this regulation: collecting, reporting, review, filing, and whatever use is made of it later.',
    code: ['src/procedures', 'src/regulation/steps.ts'],
    tests: {
      'test/graphql/thread.test.ts': [
        'Articles 6 to 11: one batch goes from the resolution to its filing over GraphQL',
      ],
      'test/procedures/responsibility/year.test.ts': [
        'every category goes from its files to the filing, and every record proves its way',
      ],
    },
  },
];
