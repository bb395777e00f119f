// A change of keys, and the job that carries everything secret over to the new ones, for the tests of both.
import { runDueJobs } from '../../src/procedures/run-jobs.ts';
import { reencryptSecrets } from '../../src/procedures/secrecy/re-encrypt.ts';
import { reencryptWork } from '../../src/procedures/secrecy/re-encrypt-work.ts';
import { identityCheckCharacter } from '../../src/regulation/record/identity-check.ts';
import type { KeyRingContent } from '../../src/secrecy/key-ring.ts';
import { withNewKey } from '../../src/secrecy/rotation.ts';
import { inTransaction } from '../../src/store/database/transaction.ts';
import { countBoxes } from '../../src/store/secrecy/box-keys.ts';
import { HERE, type TestWorld } from './world.ts';

/** What the tests of a re-encryption do and ask in the world that `current` gives. */
export function reencryption(current: () => TestWorld) {
  const told: object[] = [];
  const run = () => runDueJobs(current().world, (facts) => told.push(facts));
  const order = (as = 'xuewei.guan', institution = HERE, options = {}) =>
    reencryptSecrets(current().callAs(as, options), { institution });
  const jobOf = (id: string) => current().world.db.prisma.job.findFirstOrThrow({ where: { id } });
  const stepsOf = (institution = HERE) =>
    current().world.db.prisma.step.findMany({
      where: { institution, name: 're-encrypt' },
      orderBy: { leafIndex: 'asc' },
    });
  const factsOf = (step: { statement: string } | undefined) => JSON.parse(step?.statement ?? '{}').facts;

  /** As after the command and a restart: a fresh field key, or a fresh key of the index, current at once. */
  function rotate(use: 'field' | 'index' = 'field'): { before: KeyRingContent; id: string } {
    const before = current().ring();
    const { content, id } = withNewKey(before, use, true);
    current().useRing(content);
    return { before, id };
  }

  /** One piece of a job, as the server does it; rolled back when `keep` is false. */
  async function piece(jobId: string, position: object | null, keep = true) {
    const job = await jobOf(jobId);
    class Undone extends Error {}
    let made: Awaited<ReturnType<typeof reencryptWork>> | undefined;
    await inTransaction(current().world.db, async (tx) => {
      made = await reencryptWork(tx, current().world, job, position as never);
      if (!keep) throw new Undone();
    }).catch((error) => {
      if (!(error instanceof Undone)) throw error;
    });
    if (!made) throw new Error('no piece');
    return made;
  }

  async function keysIn(institution: string): Promise<string[]> {
    const counts = await inTransaction(current().world.db, (tx) => countBoxes(tx, institution));
    return [...new Set(counts.map(({ keyId }) => keyId))].sort();
  }
  return { told, run, order, jobOf, stepsOf, factsOf, rotate, piece, keysIn };
}

/** The identity number of a serial, with its check character. */
export const number = (serial: number): string => {
  const first = `37150220040312${String(serial).padStart(3, '0')}`;
  return `${first}${identityCheckCharacter(first)}`;
};
