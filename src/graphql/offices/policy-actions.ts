// The degree office sets the policy of its institution (R24.1).
import { setPolicy } from '../../procedures/offices/set-policy.ts';
import { POLICY_SETTINGS } from '../../regulation/policy.ts';
import { addAction } from '../action.ts';
import { builder } from '../builder.ts';
import {
  CategoryEnum,
  ConfirmationPolicyEnum,
  NameMaskEnum,
  OfficeKindEnum,
  PhotoNamingEnum,
  PhotoStandardEnum,
  SecondEntryPolicyEnum,
} from '../enums.ts';
import { loaded } from '../loaded.ts';
import { PolicyRef } from './policy.ts';

const CategoryOwnerInput = builder.inputType('CategoryOwnerInput', {
  description: 'Gives a category to a kind of office (article 4).',
  fields: (t) => ({ category: t.field({ type: CategoryEnum }), office: t.field({ type: OfficeKindEnum }) }),
});

const PolicySettingsInput = builder.inputType('PolicySettingsInput', {
  description: 'Only what is set; the rest stays as it is on that day.',
  fields: (t) => {
    const number = (name: keyof typeof POLICY_SETTINGS) => {
      const { zh, en, article, least, most } = POLICY_SETTINGS[name];
      return t.int({ required: false, description: `${zh}\n${en}: ${least} … ${most} (article ${article})` });
    };
    return {
      reportingDays: number('reportingDays'),
      disclosureDays: number('disclosureDays'),
      revocationDays: number('revocationDays'),
      warningDays: number('warningDays'),
      reasonLength: number('reasonLength'),
      linkDays: number('linkDays'),
      crossCheckSample: number('crossCheckSample'),
      sampleErrorLimit: number('sampleErrorLimit'),
      smallestCell: number('smallestCell'),
      datasetK: number('datasetK'),
      datasetL: number('datasetL'),
      datasetDays: number('datasetDays'),
      revealsPerHour: number('revealsPerHour'),
      workFromHour: number('workFromHour'),
      workUntilHour: number('workUntilHour'),
      secondsPerLook: number('secondsPerLook'),
      appraisalYears: number('appraisalYears'),
      confirmation: t.field({ type: ConfirmationPolicyEnum, required: false }),
      secondEntry: t.field({ type: SecondEntryPolicyEnum, required: false }),
      nameMask: t.field({ type: NameMaskEnum, required: false }),
      photoNaming: t.field({ type: PhotoNamingEnum, required: false }),
      photoStandard: t.field({ type: PhotoStandardEnum, required: false }),
      owners: t.field({ type: [CategoryOwnerInput], required: false }),
    };
  },
});

const PolicyChangeRef = builder.objectRef<{ setting: string; from: string; to: string }>('PolicyChange').implement({
  description: 'One setting before and after, on the day of the act.',
  fields: (t) => ({
    setting: t.exposeString('setting', { description: '`reportingDays`; `owners.regular-bachelor` of a category.' }),
    from: t.exposeString('from'),
    to: t.exposeString('to'),
  }),
});

/** The owner of each category; where several are given for one, all of them, so that the rule refuses them instead of taking the last. */
function ownersIn(given: readonly { category: string; office: string }[]): Record<string, string | string[]> {
  const owners = new Map<string, string[]>();
  for (const { category, office } of given) owners.set(category, [...(owners.get(category) ?? []), office]);
  return Object.fromEntries([...owners].map(([category, all]) => [category, all.length === 1 ? (all[0] ?? '') : all]));
}

addAction('setPolicy', {
  description:
    'Sets the policy from a day on, today or later (article 24). By the degree office, on the basis of a rule or decision. What has begun keeps the policy of its day; a plan for the same day is replaced.',
  input: (t) => ({
    institution: t.string({ description: 'Five-digit code.' }),
    effectiveFrom: t.field({ type: 'Date' }),
    settings: t.field({ type: PolicySettingsInput }),
    basisNumber: t.string({ description: 'Number of the rule or decision (文号).' }),
    basisDigest: t.string({ required: false, description: 'SHA-256 of its file, uploaded as POLICY_BASIS.' }),
  }),
  run: async (call, { institution, settings, ...rest }) => {
    const { owners, ...others } = settings;
    // What is null is not said.
    const said = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== null));
    const given = owners ? { owners: ownersIn(owners) } : {};
    return { institution, ...(await setPolicy(call, { institution, ...rest, settings: { ...said, ...given } })) };
  },
  success: (t) => ({
    changes: t.field({
      type: [PolicyChangeRef],
      description: 'Every setting that changes on that day.',
      resolve: ({ changes }) => changes as never,
    }),
    policy: t.field({
      type: PolicyRef,
      nullable: true,
      resolve: ({ institution, policyId: id }, _args, context, info) =>
        loaded(context, info, 'policy', 'Policy', { institution, id }),
    }),
    replaced: t.field({
      type: PolicyRef,
      nullable: true,
      description: 'The plan whose place it took.',
      resolve: ({ institution, replaces: id }, _args, context, info) =>
        id === null ? null : loaded(context, info, 'policy', 'Policy', { institution, id }),
    }),
  }),
});
