// A change of keys in every house: the keys are known to the register, everything secret has gone over, and one thing could not.

import { runDueJobs } from '../../src/procedures/run-jobs.ts';
import { checkKeyRing } from '../../src/procedures/secrecy/check-key-ring.ts';
import { reencryptSecrets } from '../../src/procedures/secrecy/re-encrypt.ts';
import { makeKeyRing } from '../../src/secrecy/key-ring.ts';
import { withNewKey } from '../../src/secrecy/rotation.ts';
import type { House } from './houses.ts';
import type { TestWorld } from './world.ts';

/** Changes the key of fields and lets each house go over to it; a piece that lost its file and was cut cannot be opened. */
export async function changeKeys(test: TestWorld, houses: readonly House[]): Promise<void> {
  const { db } = test.world;
  const start = async () => {
    const ring = makeKeyRing(test.ring());
    if (!ring) throw new Error('the key ring is malformed');
    await checkKeyRing(db, ring, test.world.now());
  };
  await start();
  for (const { code: institution, marks } of houses) {
    const digest = `${marks.house}/0000`;
    const bytes = Uint8Array.from(
      test.world.cipher.sealBytes(Buffer.from(marks.people), `${institution}/${digest}`).subarray(0, -1),
    );
    const facts = { kind: 'piece', size: bytes.length };
    await db.prisma.storedFile.create({ data: { institution, digest, ...facts, bytes, createdAt: test.world.now() } });
  }
  test.useRing(withNewKey(test.ring(), 'field', true).content);
  await start();
  for (const { code: institution, degreeOffice } of houses) {
    await reencryptSecrets(test.callAs(degreeOffice), { institution });
  }
  await runDueJobs(test.world, (facts) => {
    throw new Error(JSON.stringify(facts));
  });
}
