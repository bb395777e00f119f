// Re-encryption of secret fields after a change of keys (article 21): ordered by the degree office, followed as a job.
import { reencryptSecrets } from '../../procedures/secrecy/re-encrypt.ts';
import { addAction } from '../action.ts';
import { JobRef } from '../job.ts';
import { loaded } from '../loaded.ts';

addAction('reencryptSecrets', {
  description:
    'Lets everything secret of the institution go over to the keys that are current on the server, after the operator has changed them. A job does it while work goes on; when nothing is left under another key, that is sealed, too (article 21).',
  cost: 300,
  input: (t) => ({ institution: t.string({ description: 'Five-digit code.' }) }),
  run: async (call, { institution }) => ({ institution, ...(await reencryptSecrets(call, { institution })) }),
  success: (t) => ({
    keyId: t.exposeString('keyId', { description: 'The id of the key that seals from now on.' }),
    indexKeyId: t.exposeString('indexKeyId', { description: 'The id of the key of exact look-ups.' }),
    from: t.exposeStringList('from', { description: 'The ids of the keys that boxes are under now.' }),
    boxes: t.exposeInt('boxes', { description: 'How many sealed values are under those keys.' }),
    job: t.field({
      type: JobRef,
      nullable: true,
      description: 'Null when simulated.',
      resolve: ({ institution, jobId: id }, _args, context, info) =>
        loaded(context, info, 'job', 'Job', { institution, id }),
    }),
  }),
});
