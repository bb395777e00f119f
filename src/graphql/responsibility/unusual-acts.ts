// Unusual acts (article 23): to be looked at, by who watches over the institution. They say of nobody that they did wrong.
import { type NamedFinding, unusualActs } from '../../procedures/responsibility/unusual-acts.ts';
import { addDays, daysBetween } from '../../regulation/deadlines/deadlines.ts';
import { NO_GUILT, UNUSUAL_ACTS } from '../../regulation/responsibility/unusual-acts.ts';
import { MOST_REPORT_DAYS } from '../../regulation/responsibility/unusual-days.ts';
import { badInput } from '../bad-input.ts';
import { builder } from '../builder.ts';
import { listPage } from '../computed-page.ts';
import { connectionType, PAGE_ARGS, pageCost } from '../connection.ts';
import { actorIn } from '../context.ts';
import { derive } from '../enums.ts';
import { encodeGlobalId, globalId } from '../global-id.ts';
import type { PageArgs } from '../keyset.ts';
import { officerIn } from '../offices/sign-ins.ts';

const UnusualCodeEnum = derive('UnusualCode', NO_GUILT.en, UNUSUAL_ACTS);

const UnusualActRef = builder.objectRef<NamedFinding>('UnusualAct').implement({
  description: `${NO_GUILT.zh}\n${NO_GUILT.en}`,
  fields: (t) => ({
    code: t.field({ type: UnusualCodeEnum, resolve: ({ code }) => code }),
    message: t.string({ resolve: ({ code }) => UNUSUAL_ACTS[code].zh }),
    messageEn: t.string({ resolve: ({ code }) => UNUSUAL_ACTS[code].en }),
    why: t.string({
      description: 'Why it is worth a look, and what innocent reason there may be.',
      resolve: ({ code }) => UNUSUAL_ACTS[code].why.zh,
    }),
    whyEn: t.string({ resolve: ({ code }) => UNUSUAL_ACTS[code].why.en }),
    article: t.string({ resolve: ({ code }) => UNUSUAL_ACTS[code].article }),
    officer: t.id({
      nullable: true,
      description: 'Global id of the officer; their steps of that time: `acts`. Null where nobody is known.',
      resolve: ({ officerId }) => officerId && encodeGlobalId('Officer', officerId),
    }),
    officerName: t.exposeString('officerName', { nullable: true }),
    first: t.field({ type: 'DateTime', resolve: ({ first }) => new Date(first) }),
    last: t.field({ type: 'DateTime', resolve: ({ last }) => new Date(last) }),
    found: t.exposeString('found'),
    expected: t.exposeString('expected', { description: 'What is still usual.' }),
    subject: t.id({
      nullable: true,
      description: 'Global id of the batch or resolution that it was about.',
      resolve: ({ institution, subject }) => subject && globalId(subject.type, { institution, id: subject.id }),
    }),
  }),
});
const UnusualActConnection = connectionType('UnusualAct', UnusualActRef);

const WRONG_PERIOD = { zh: '起止日期颠倒，或期间过长。', en: 'The period ends before it begins, or is too long.' };

builder.queryField('unusualActs', (t) =>
  t.field({
    type: UnusualActConnection,
    description:
      'Unusual acts of a period, newest first, for auditors and the head of the degree office; at the provincial office those of its own officers. Nobody is told of themselves; to anybody else the list is empty.',
    args: {
      ...PAGE_ARGS,
      institution: t.arg.string({ description: 'Five-digit code.' }),
      from: t.arg({ type: 'Date' }),
      until: t.arg({ type: 'Date', description: 'Included; at most 366 days in all.' }),
      officer: t.arg.id({ required: false }),
      codes: t.arg({ type: [UnusualCodeEnum], required: false }),
    },
    complexity: (args: PageArgs) => ({ ...pageCost(args), field: 500 }),
    resolve: async (_root, args, context) => {
      const { institution, from, until, officer, codes } = args;
      if (from > until || daysBetween(from, until) >= MOST_REPORT_DAYS) {
        const expected = `${from} … ${addDays(from, MOST_REPORT_DAYS - 1)}`;
        throw badInput(WRONG_PERIOD, { found: `${from} … ${until}`, expected });
      }
      const officerId = officer ? officerIn(String(officer)) : null;
      const found = await unusualActs(context.world, actorIn(context), { institution, from, until, officerId, codes });
      return listPage('newest', found, args);
    },
  }),
);
