// The regulation as a living table: every requirement with its code, its tests and, counted at this moment, what is not fulfilled yet.
import { type Compliance, complianceOf } from '../../procedures/responsibility/compliance.ts';
import { type DeepChecked, deepCheck, type Unsealed } from '../../procedures/responsibility/unsealed.ts';
import { COUNTERS, type CounterName, LACKS } from '../../regulation/requirements/counters.ts';
import { type Entry, isKept } from '../../regulation/requirements/requirement.ts';
import { UNSEALED_KINDS, type UnsealedKind } from '../../regulation/requirements/unsealed.ts';
import { CHAPTERS, codesOf, REQUIREMENTS, stepsOf } from '../../regulation/requirements.ts';
import { isKeyOf, keysOf } from '../../regulation/vocabulary.ts';
import { badInput } from '../bad-input.ts';
import { builder } from '../builder.ts';
import { listPage } from '../computed-page.ts';
import { connectionType, PAGE_ARGS, pageCost } from '../connection.ts';
import { actorIn } from '../context.ts';
import { derive, LackEnum, StepNameEnum } from '../enums.ts';
import { firstOf } from '../errors.ts';
import { globalId, keyIn } from '../global-id.ts';
import { reads } from '../reads.ts';
import { visible } from '../scopes.ts';

const CounterNameEnum = derive('ComplianceCounterName', 'What is counted of a requirement.', COUNTERS);
const UnsealedKindEnum = derive('UnsealedKind', 'In what the register may disagree with its seals.', UNSEALED_KINDS);

/** A counter of one institution. */
interface Counted {
  readonly of: Compliance;
  readonly name: CounterName;
}

const CounterRef = builder.objectRef<Counted>('ComplianceCounter').implement({
  description: 'How many there are at this moment, of what the officer may see. Counted only when `count` is selected.',
  fields: (t) => ({
    name: t.field({ type: CounterNameEnum, resolve: ({ name }) => name }),
    label: t.string({ resolve: ({ name }, _args, { language }) => COUNTERS[name][language] }),
    of: t.string({
      description: 'What is counted: records, people, cases, datasets, reveals, disagreements.',
      resolve: ({ name }) => COUNTERS[name].of,
    }),
    article: t.string({ resolve: ({ name }) => COUNTERS[name].article }),
    lacking: t.field({
      type: LackEnum,
      nullable: true,
      description: 'The argument `lacking` of `records` that lists the same records.',
      resolve: ({ name }) => (isKeyOf(LACKS, name) ? name : null),
    }),
    count: t.int({ complexity: 200, resolve: ({ of, name }) => of.count(name) }),
  }),
});

const TestRef = builder
  .objectRef<{ readonly file: string; readonly names: readonly string[] }>('RequirementTests')
  .implement({
    description: 'Tests of one file that would fail without the requirement.',
    fields: (t) => ({
      file: t.exposeString('file'),
      names: t.stringList({ resolve: ({ names }) => [...names] }),
    }),
  });

interface Shown {
  readonly of: Compliance;
  readonly entry: Entry;
}

const RequirementRef = builder.objectRef<Shown>('Requirement').implement({
  description: 'One thing that an article asks, in our own words. The same table is printed in docs/compliance.md.',
  fields: (t) => ({
    key: t.string({ description: '`R11.4`', resolve: ({ entry }) => entry.id }),
    article: t.string({ resolve: ({ entry }) => entry.article }),
    chapter: t.string({
      resolve: ({ entry }, _args, { language }) =>
        CHAPTERS.find(({ entries }) => entries.includes(entry))?.[language] ?? '',
    }),
    rule: t.string({ resolve: ({ entry }, _args, { language }) => entry[language] }),
    byPeople: t.string({
      nullable: true,
      description: 'Why no software can keep it; null where it does.',
      resolve: ({ entry }, _args, { language }) => (isKept(entry) ? null : entry.byPeople[language]),
    }),
    code: t.stringList({ resolve: ({ entry }) => (isKept(entry) ? [...entry.code] : []) }),
    tests: t.field({
      type: [TestRef],
      args: { first: t.arg.int({ required: false, defaultValue: 20 }) },
      complexity: { field: 1, multiplier: 1 },
      resolve: ({ entry }, args) =>
        firstOf(isKept(entry) ? Object.entries(entry.tests).map(([file, names]) => ({ file, names })) : [], args),
    }),
    steps: t.field({ type: [StepNameEnum], resolve: ({ entry }) => (isKept(entry) ? stepsOf(entry) : []) }),
    refusals: t.stringList({
      description: 'Codes of the refusals that enforce it.',
      resolve: ({ entry }) => (isKept(entry) ? codesOf(entry) : []),
    }),
    counters: t.field({
      type: [CounterRef],
      complexity: { field: 1, multiplier: 1 },
      resolve: ({ of, entry }) => (isKept(entry) ? (entry.counters ?? []).map((name) => ({ of, name })) : []),
    }),
  }),
});
const RequirementConnection = connectionType('Requirement', RequirementRef);

/** What a disagreement is about, as a type of the API; of an application the kind says which. */
const TYPES: Readonly<
  Record<
    Exclude<
      UnsealedKind,
      'log' | 'application' | 'resolution' | 'missing' | 'statistics' | 'reveal' | 'dataset-access'
    >,
    string
  >
> = {
  record: 'DegreeRecord',
  'record-state': 'DegreeRecord',
  'record-batch': 'DegreeRecord',
  batch: 'Batch',
  declassification: 'Declassification',
  dataset: 'Dataset',
  publication: 'DatasetPublication',
  step: 'Step',
};

interface ShownUnsealed extends Unsealed {
  readonly institution: string;
}

const DisagreementRef = builder.objectRef<ShownUnsealed>('Unsealed').implement({
  description: 'Something that says something else than its last sealed step.',
  fields: (t) => ({
    kind: t.field({ type: UnsealedKindEnum, resolve: ({ kind }) => kind }),
    label: t.string({ resolve: ({ kind }, _args, { language }) => UNSEALED_KINDS[kind][language] }),
    subject: t.id({
      nullable: true,
      description:
        'Global id of the record, batch, declassification, dataset, publication or step; null for what has no single type: see `key`.',
      resolve: ({ kind, institution, id }) =>
        isKeyOf(TYPES, kind) ? globalId(TYPES[kind], { institution, id }) : null,
    }),
    key: t.string({
      description: 'Its id in the register; of the log the code of the institution.',
      resolve: ({ id }) => id,
    }),
    found: t.exposeString('found', { description: 'Version and digest, state, or what of a step is wrong.' }),
    expected: t.exposeString('expected', {
      nullable: true,
      description: 'What the last step about it says; null without one.',
    }),
  }),
});
const UnsealedConnection = connectionType('Unsealed', DisagreementRef);

const DeepCheckRef = builder.objectRef<DeepChecked & { readonly institution: string }>('SealCheck').implement({
  description: 'Records whose fields were opened and committed to anew.',
  fields: (t) => ({
    checked: t.exposeInt('checked'),
    wrong: t.idList({
      description: 'Records whose fields are not those that were sealed.',
      resolve: ({ institution, wrong }) => wrong.map((id) => globalId('DegreeRecord', { institution, id })),
    }),
    next: t.id({
      nullable: true,
      description: 'Give it as `after` to go on; null when all are done.',
      resolve: ({ institution, next }) => next && globalId('DegreeRecord', { institution, id: next }),
    }),
  }),
});

const MOST_CHECKED = 1000;

const ComplianceRef = builder.objectRef<Compliance>('Compliance').implement({
  description: 'How far an institution fulfils the regulation at this moment, as far as the officer may see.',
  fields: (t) => ({
    institution: t.exposeString('institution'),
    requirements: t.field({
      type: RequirementConnection,
      args: {
        ...PAGE_ARGS,
        article: t.arg.string({ required: false, description: '`11`: with its items; `11(4)`: that alone.' }),
      },
      complexity: pageCost,
      resolve: (of, args) => {
        const { article } = args;
        const asked = REQUIREMENTS.filter(
          (entry) => !article || entry.article === article || entry.article.startsWith(`${article}(`),
        );
        return listPage(
          'requirements',
          asked.map((entry) => ({ of, entry })),
          args,
        );
      },
    }),
    counters: t.field({
      type: [CounterRef],
      description: 'All counters, or those named.',
      args: { name: t.arg({ type: [CounterNameEnum], required: false }) },
      complexity: ({ name }) => ({ field: 1, multiplier: name?.length ?? keysOf(COUNTERS).length }),
      resolve: (of, { name }) => [...new Set(name ?? keysOf(COUNTERS))].map((one) => ({ of, name: one })),
    }),
    unsealed: t.field({
      type: UnsealedConnection,
      description:
        'What disagrees with its seals, the first hundred of each kind by name: always nothing, unless somebody went around the procedures.',
      args: PAGE_ARGS,
      complexity: (args) => ({ ...pageCost(args), field: 200 }),
      resolve: async (of, args) => {
        const { found } = await of.unsealed();
        const { institution } = of;
        return listPage(
          'unsealed',
          found.map((one) => ({ institution, ...one })),
          args,
        );
      },
    }),
    sealCheck: t.field({
      type: DeepCheckRef,
      description:
        'Opens the fields of records and commits to them anew, in the order of collection: finds what was changed beneath an unchanged digest.',
      args: {
        first: t.arg.int({ required: false, defaultValue: 500, description: '1 … 1000 records.' }),
        after: t.arg.id({ required: false }),
      },
      complexity: ({ first }) => 200 + Math.max(0, first ?? 500),
      resolve: async (of, args, context) => {
        const first = args.first ?? 500;
        if (first < 1 || first > MOST_CHECKED) {
          const said = { zh: `每次核验 1 至 ${MOST_CHECKED} 条。`, en: `1 to ${MOST_CHECKED} records at a time.` };
          throw badInput(said, { found: first, expected: `1 … ${MOST_CHECKED}` });
        }
        const { institution } = of;
        const after = args.after ? keyIn(args.after, 'DegreeRecord') : null;
        if (after && after.institution !== institution) return { institution, checked: 0, wrong: [], next: null };
        const { prisma } = context.world.db;
        const page = await deepCheck(prisma, context.world, actorIn(context), {
          institution,
          first,
          after: after?.id ?? null,
        });
        return { institution, ...page };
      },
    }),
  }),
});

builder.queryField('compliance', (t) =>
  t.field({
    type: ComplianceRef,
    nullable: true,
    description:
      'The regulation as a table with live counters: of the own institution, own categories, or what has reached the province.',
    args: { institution: t.arg.string({ description: 'Five-digit code.' }) },
    resolve: async (_root, { institution }, context) => {
      const where = { AND: [visible(context, 'institution'), { code: institution }] };
      if ((await reads(context, 'institution').count({ where })) === 0) return null;
      return complianceOf(context.world.db.prisma, context.world, actorIn(context), institution);
    },
  }),
);
