// A world of its own for a section: the one that `npm start` opens, on a database that is thrown away afterwards.
import { join } from 'node:path';
import { readConfig } from '../src/config.ts';
import type { Call, World } from '../src/procedures/call.ts';
import { toActor } from '../src/procedures/offices/sign-in.ts';
import { todayOf } from '../src/procedures/situation.ts';
import { WITH_OFFICE } from '../src/store/offices/sessions.ts';
import { openWorld } from '../src/world.ts';
import type { Setting } from './section.ts';
import { withOwnDatabase } from './server.ts';

/** The environment of a server on this database, with sample officers and DEMO seals (RSA-3072). */
export type Environment = Readonly<Record<string, string>>;

/** Lends an environment whose database is empty and its own. */
export async function withEnvironment<T>(
  { server, place }: Setting,
  name: string,
  work: (environment: Environment) => Promise<T>,
): Promise<T> {
  const environment = {
    VERMILION_MODE: 'trial',
    VERMILION_DATA: join(place, name),
    VERMILION_SEALS: join(place, 'seals'),
    PORT: '0',
  };
  if (server === null) return work(environment);
  return withOwnDatabase(server, (url) => work({ ...environment, DATABASE_URL: url }));
}

/** An open world, and calls in the name of a sample officer. */
export interface BenchWorld {
  readonly world: World;
  callAs(loginName: string): Promise<Call>;
}

/** Opens the world of an environment for a piece of work. */
export async function withWorld<T>(environment: Environment, work: (bench: BenchWorld) => Promise<T>): Promise<T> {
  const { world, close } = await openWorld(readConfig(environment));
  const callAs = async (loginName: string): Promise<Call> => {
    const officer = await world.db.prisma.officer.findUniqueOrThrow({
      where: { loginName },
      include: WITH_OFFICE,
    });
    return { world, actor: toActor(officer, todayOf(world)) };
  };
  return work({ world, callAs }).finally(close);
}
