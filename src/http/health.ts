// Whether the server can do its work: it is up, and its database answers.
import type { World } from '../procedures/call.ts';
import type { Reply } from './reply.ts';

/** 200 when the database answers, 503 when it does not. Nothing else is told. */
export async function health(world: Pick<World, 'db'>): Promise<Reply> {
  const up = await world.db.prisma.calendarDay.findFirst({ select: { date: true } }).then(
    () => true,
    () => false,
  );
  return {
    status: up ? 200 : 503,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ status: up ? 'ok' : 'database-unavailable' }),
  };
}
