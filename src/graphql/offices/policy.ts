// The policy of an institution (R24.1): what holds on a day, and the acts that set it.

import { actsOf, todayOf } from '../../procedures/situation.ts';
import type { Policy } from '../../regulation/policy.ts';
import { actsInForce, policyOn } from '../../regulation/policy-acts.ts';
import { CATEGORIES, type Category, keysOf } from '../../regulation/vocabulary.ts';
import { builder } from '../builder.ts';
import { connectionType, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import {
  CategoryEnum,
  ConfirmationPolicyEnum,
  NameMaskEnum,
  OfficeKindEnum,
  PhotoNamingEnum,
  PhotoStandardEnum,
  SecondEntryPolicyEnum,
} from '../enums.ts';
import { keyOf, localId } from '../global-id.ts';
import type { Order } from '../keyset.ts';
import { reader, readOne } from '../reads.ts';
import { visible } from '../scopes.ts';
import { StepRef } from '../seals/step.ts';
import { OfficerRef } from './officer.ts';

/** What of an act decides what holds. */
const ACT = { id: true, effectiveFrom: true, sealedOn: true, content: true } as const;
const IN_ORDER = { sequence: 'asc' } as const;

/** An act that sets settings from a day on. */
export const PolicyRef = builder.prismaNode('Policy', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'policy')] }),
  description: 'An act that sets the policy of an institution from a day on; what it does not say stays as it was.',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    institution: t.exposeString('institution'),
    effectiveFrom: t.expose('effectiveFrom', { type: 'Date' }),
    settings: t.field({
      type: 'JSON',
      description: 'The settings that it says, by their names.',
      select: { content: true },
      resolve: (act) => act.content,
    }),
    basisNumber: t.exposeString('basisNumber', {
      nullable: true,
      description: 'Number of the rule or decision that it rests on.',
    }),
    basisDigest: t.exposeString('basisDigest', { nullable: true, description: 'SHA-256 of its file.' }),
    replaced: t.boolean({
      description: 'A plan whose place another took before its day.',
      select: { id: true, effectiveFrom: true, of: { select: { policies: { select: ACT, orderBy: IN_ORDER } } } },
      resolve: ({ id, effectiveFrom, of }) =>
        !actsInForce(effectiveFrom, actsOf(of.policies)).some((act) => act.id === id),
    }),
    at: t.expose('at', { type: 'DateTime', nullable: true }),
    officer: t.field({
      type: OfficerRef,
      nullable: true,
      description: 'Who sealed it, for who may see them.',
      select: { officerId: true },
      resolve: async ({ officerId }, _args, context, info) =>
        (officerId === null
          ? null
          : await readOne(context, info, 'officer', 'Officer', {
              AND: [visible(context, 'officer'), { id: officerId }],
            })) as never,
    }),
    step: t.field({
      type: StepRef,
      nullable: true,
      description: 'The sealed step, for who may see it.',
      select: { institution: true, stepId: true },
      resolve: async ({ institution, stepId }, _args, context, info) =>
        (stepId === null
          ? null
          : await readOne(context, info, 'step', 'Step', {
              AND: [visible(context, 'step'), { institution, id: stepId }],
            })) as never,
    }),
  }),
});

const PolicyConnection = connectionType('Policy', PolicyRef);
const NEWEST: Order = { name: 'newest', columns: [{ column: 'sequence', kind: 'number', down: true }] };

const CategoryOwnerRef = builder
  .objectRef<{ category: Category; office: Policy['owners'][Category] }>('CategoryOwner')
  .implement({
    description: 'Which kind of office owns a category (article 4).',
    fields: (t) => ({
      category: t.expose('category', { type: CategoryEnum }),
      office: t.expose('office', { type: OfficeKindEnum }),
    }),
  });

const EffectivePolicyRef = builder
  .objectRef<Policy & { readonly institution: string; readonly on: string }>('EffectivePolicy')
  .implement({
    description: "What holds on a day: the regulation's own settings with what the acts up to it say (article 24).",
    fields: (t) => ({
      institution: t.exposeString('institution'),
      on: t.expose('on', { type: 'Date' }),
      reportingDays: t.exposeInt('reportingDays', { description: 'Days to report (article 11(4)).' }),
      disclosureDays: t.exposeInt('disclosureDays', { description: 'Days of internal disclosure (article 11(3)).' }),
      revocationDays: t.exposeInt('revocationDays', { description: 'Days to report a revocation (article 16).' }),
      warningDays: t.exposeInt('warningDays', { description: 'The clock warns so many days before the deadline.' }),
      reasonLength: t.exposeInt('reasonLength', { description: 'Least number of characters of a reason.' }),
      linkDays: t.exposeInt('linkDays', { description: "Days for which a student's link holds (article 11(1))." }),
      crossCheckSample: t.exposeInt('crossCheckSample', { description: 'Percent cross-checked in person.' }),
      sampleErrorLimit: t.exposeInt('sampleErrorLimit', { description: 'Tolerated percent of wrong records.' }),
      smallestCell: t.exposeInt('smallestCell', {
        description: 'Least number of people in a published count (article 17).',
      }),
      datasetK: t.exposeInt('datasetK', { description: 'Least k of an analysis dataset (article 18).' }),
      datasetL: t.exposeInt('datasetL', { description: 'Least l of an analysis dataset (article 18).' }),
      datasetDays: t.exposeInt('datasetDays', {
        description: 'Longest term of an analysis dataset, in days (article 18).',
      }),
      revealsPerHour: t.exposeInt('revealsPerHour', {
        description: 'Secret values that one officer may reveal in an hour (article 21).',
      }),
      workFromHour: t.exposeInt('workFromHour', { description: 'Hour at which usual work begins (article 23).' }),
      workUntilHour: t.exposeInt('workUntilHour', { description: 'Hour at which usual work ends (article 23).' }),
      secondsPerLook: t.exposeInt('secondsPerLook', {
        description: 'Seconds that looking at one record takes at least (article 23).',
      }),
      appraisalYears: t.exposeInt('appraisalYears', {
        description: 'Years after which original records are appraised (article 12).',
      }),
      confirmation: t.expose('confirmation', { type: ConfirmationPolicyEnum }),
      secondEntry: t.expose('secondEntry', { type: SecondEntryPolicyEnum }),
      nameMask: t.expose('nameMask', { type: NameMaskEnum }),
      photoNaming: t.expose('photoNaming', { type: PhotoNamingEnum }),
      photoStandard: t.expose('photoStandard', { type: PhotoStandardEnum }),
      owners: t.field({
        type: [CategoryOwnerRef],
        resolve: ({ owners }) => keysOf(CATEGORIES).map((category) => ({ category, office: owners[category] })),
      }),
    }),
  });

builder.queryFields((t) => ({
  policy: t.field({
    type: EffectivePolicyRef,
    nullable: true,
    description:
      'What holds on a day, today when none is given; null for an institution that the officer does not see.',
    args: {
      institution: t.arg.string({ description: 'Five-digit code.' }),
      on: t.arg({ type: 'Date', required: false }),
    },
    resolve: async (_root, args, context) => {
      const found = await reader(context).institution.findFirst({
        where: { AND: [visible(context, 'institution'), { code: args.institution }] },
        select: { policies: { select: ACT, orderBy: IN_ORDER } },
      });
      if (!found) return null;
      const on = args.on ?? todayOf(context.world);
      return { ...policyOn(on, actsOf(found.policies)), institution: args.institution, on };
    },
  }),
  policies: t.field({
    type: PolicyConnection,
    description: 'The acts that set the policy, newest first: planned, in force and replaced ones.',
    args: { ...PAGE_ARGS, institution: t.arg.string({ required: false }) },
    complexity: pageCost,
    resolve: (_root, args, context, info) =>
      readPage(context, info, 'policy', {
        where: { AND: [visible(context, 'policy'), args.institution ? { institution: args.institution } : {}] },
        order: NEWEST,
        args,
        typeName: 'Policy',
      }),
  }),
}));
