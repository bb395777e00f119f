// The degree office publishes the statistics of a year (article 17).
import { publishStatistics } from '../../procedures/statistics/publish-statistics.ts';
import { addAction } from '../action.ts';
import { loaded } from '../loaded.ts';
import { StatisticsPublicationRef } from './statistics.ts';

addAction('publishStatistics', {
  description:
    'Publishes the statistics of a year, sealed (article 17). Small counts and what would tell them are suppressed. From then on they are public; a later version takes their place, and they stay.',
  input: (t) => ({
    institution: t.string({ description: 'Five-digit code.' }),
    year: t.int({ description: 'Year of conferral.' }),
    expectedDigest: t.string({
      required: false,
      description: 'Digest of the figures that were looked at; others are refused.',
    }),
  }),
  cost: 5_000,
  run: async (call, { institution, year, expectedDigest }) => {
    const given = { institution, year, expectedDigest: expectedDigest ?? null };
    return { institution, ...(await publishStatistics(call, given)) };
  },
  success: (t) => ({
    year: t.exposeInt('year'),
    version: t.exposeInt('version'),
    threshold: t.exposeInt('threshold', { description: 'The least number of people in a published count.' }),
    digest: t.exposeString('digest', { description: 'SHA-256 of the data that the document carries.' }),
    documentNumber: t.exposeString('documentNumber'),
    publication: t.field({
      type: StatisticsPublicationRef,
      nullable: true,
      description: 'Null when simulated.',
      resolve: ({ institution, publicationId: id }, _args, context, info) =>
        loaded(context, info, 'statisticsPublication', 'StatisticsPublication', { institution, id }),
    }),
  }),
});
