// A server process of its own on a register of its own, for tests that end it without warning, and the same register while no server runs.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import type { World } from '../../src/procedures/call.ts';
import { type ChildServer, startChildServer } from '../../src/trial/child-server.ts';
import { openWorld } from '../../src/world.ts';
import { ownDatabase } from './own-postgres.ts';
import { laySeals } from './seal-directory.ts';

/** Where it lives; `databaseUrl` only on PostgreSQL. */
export interface OwnServer {
  readonly directory: string;
  readonly databaseUrl: string | undefined;
  start(): Promise<ChildServer>;
  /** Works on the register itself; no server may run meanwhile. */
  inRegister<T>(work: (world: World) => Promise<T>): Promise<T>;
  drop(): Promise<void>;
}

/** An empty register with seals. */
export async function ownServer(name: string): Promise<OwnServer> {
  const directory = await mkdtemp(join(tmpdir(), `vermilion-${name}-`));
  const seals = join(directory, 'seals');
  await laySeals(seals);
  const { url: databaseUrl, drop } = await ownDatabase();
  return {
    directory,
    databaseUrl,
    start: () => startChildServer({ directory, ...(databaseUrl ? { databaseUrl } : {}) }),
    async inRegister(work) {
      const { world, close } = await openWorld(
        readConfig({
          ...{ VERMILION_MODE: 'trial', VERMILION_DATA: join(directory, 'data'), VERMILION_SEALS: seals },
          ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
        }),
      );
      return work(world).finally(close);
    },
    async drop() {
      await drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
