// Sealed values per second that the job brings over to a new key, beside what node:crypto alone opens and seals on one core in the same run.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { World } from '../src/procedures/call.ts';
import { importRecords } from '../src/procedures/collection/import-records.ts';
import { runDueJobs } from '../src/procedures/run-jobs.ts';
import { reencryptSecrets } from '../src/procedures/secrecy/re-encrypt.ts';
import { blindIndexOf } from '../src/secrecy/blind-index.ts';
import { makeFieldCipher } from '../src/secrecy/field-cipher.ts';
import { changeKeyRing, withNewKey } from '../src/secrecy/rotation.ts';
import { HERE } from './people.ts';
import type { Setting } from './section.ts';
import { type Figure, seconds } from './table.ts';
import { withEnvironment, withWorld } from './world.ts';
import { checkedImport, prepareYear } from './year.ts';

const VALUES = 200_000;

/** A year of records and enrolment records goes over to a fresh key, then to a fresh key of the look-ups. */
export async function benchReencrypt(setting: Setting): Promise<Figure[]> {
  const count = setting.sizes.rows;
  const path = join(await mkdtemp(join(setting.place, 're-encrypt-')), 'records.csv');
  return withEnvironment(setting, 're-encrypt', (environment) =>
    withWorld(environment, async ({ world, callAs }) => {
      const collector = await callAs('jiaowu.cai');
      const year = await prepareYear(world, count, path, 'all');
      const importId = await checkedImport(world, year, collector.actor.officerId);
      await importRecords(collector, { institution: HERE, importId, errorPolicy: 'all-or-nothing' });
      const office = await callAs('xuewei.guan');
      const figures: Figure[] = [];
      for (const use of ['field', 'index'] as const) {
        const ring = join(String(environment.VERMILION_DATA), 'key-ring.json');
        const changed = changeKeyRing(ring, undefined, (content) => withNewKey(content, use, true)).ring;
        const next: World = { ...world, cipher: makeFieldCipher(changed), blindIndex: blindIndexOf(changed) };
        const { jobId, boxes, rows } = await reencryptSecrets({ ...office, world: next }, { institution: HERE });
        const took = await seconds(() => runDueJobs(next));
        const job = await world.db.prisma.job.findFirstOrThrow({ where: { id: jobId } });
        if (job.state !== 'done' || job.failed > 0) throw new Error(`the job is ${job.state}, ${job.failed} failed`);
        const values = use === 'field' ? boxes : rows;
        figures.push({
          what: use === 'field' ? 'boxes sealed again' : 'look-up keys made again',
          value: values / took,
          unit: '/s',
          limit: { what: 'bare AES-GCM', value: await bareRate() },
          note: `${took.toFixed(1)} s for ${values.toLocaleString('en-US')}`,
        });
      }
      return figures;
    }),
  );
}

/** Values of 18 bytes that are opened and sealed again per second, with nothing else around it. */
async function bareRate(): Promise<number> {
  const [old, fresh, aad] = [randomBytes(32), randomBytes(32), Buffer.from('v1.k00000000\n10447/id/identityNumber')];
  const seal = (key: Uint8Array, plain: Uint8Array) => {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad);
    return { iv, body: Buffer.concat([cipher.update(plain), cipher.final()]), tag: cipher.getAuthTag() };
  };
  const box = seal(old, Buffer.from('371502200403120011'));
  const took = await seconds(() => {
    for (let at = 0; at < VALUES; at++) {
      const decipher = createDecipheriv('aes-256-gcm', old, box.iv, { authTagLength: 16 })
        .setAAD(aad)
        .setAuthTag(box.tag);
      seal(fresh, Buffer.concat([decipher.update(box.body), decipher.final()]));
    }
  });
  return VALUES / took;
}
