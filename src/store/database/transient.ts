// Which errors of Prisma and node-postgres pass by themselves.
import { Prisma } from '../../generated/prisma/client.ts';

/** `connection`: it was lost, and with it the answer. `busy`: the database said no, and may say yes later; `full`: once its disk has room. */
export type Transient = 'connection' | 'busy' | 'full';

/** Prisma's own codes: https://www.prisma.io/docs/orm/reference/error-reference */
const PRISMA: Record<string, Transient> = {
  P1001: 'connection',
  P1002: 'connection',
  P1008: 'connection',
  P1017: 'connection',
  P2024: 'busy',
  P2028: 'busy',
  P2034: 'busy',
  P2037: 'busy',
};

/** SQLSTATE by its class or whole (PostgreSQL manual, appendix A). */
const STATES: [RegExp, Transient][] = [
  [/^08/, 'connection'],
  [/^57P0[1-5]$/, 'connection'],
  [/^25P0[34]$/, 'connection'],
  [/^(40001|40P01|55P03|57014)$/, 'busy'],
  [/^53100$/, 'full'],
  [/^53/, 'busy'],
];

/** Adapter kinds that come without an SQLSTATE. */
const KINDS: Record<string, Transient> = {
  ConnectionClosed: 'connection',
  DatabaseNotReachable: 'connection',
  SocketTimeout: 'connection',
  TooManyConnections: 'busy',
  TransactionWriteConflict: 'busy',
};

/** Tells whether an error may pass by itself, and how; undefined for all others. Looks through causes. */
export function isTransient(error: unknown): Transient | undefined {
  for (const each of chain(error)) {
    const found = PRISMA[text(each, 'code')] ?? KINDS[text(each, 'kind')] ?? ofState(each) ?? ofMessage(each);
    if (found) return found;
  }
  return undefined;
}

/** The SQLSTATE behind an error of Prisma or node-postgres, `''` when there is none. */
export function sqlState(error: unknown): string {
  for (const each of chain(error)) {
    const state = text(each, 'originalCode') || text(each, 'code');
    if (/^[0-9A-Z]{5}$/.test(state) && !/^P\d{4}$/.test(state)) return state;
  }
  return '';
}

function ofState(each: object): Transient | undefined {
  const state = text(each, 'originalCode') || text(each, 'code');
  return STATES.find(([pattern]) => pattern.test(state))?.[1];
}

/** node-postgres and the operating system report a lost connection, or a full disk under a file of our own, without an SQLSTATE. */
function ofMessage(each: object): Transient | undefined {
  if (/^(ENOSPC|EDQUOT)$/.test(text(each, 'code'))) return 'full';
  if (/^(ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|ENOTFOUND)$/.test(text(each, 'code'))) return 'connection';
  const lost = /^(Connection terminated|Client has encountered a connection error|the embedded database)/;
  return lost.test(text(each, 'message')) ? 'connection' : undefined;
}

/** The error, what Prisma's adapter kept in it, and their causes. */
function chain(error: unknown): object[] {
  const found: object[] = [];
  let next: unknown = error;
  while (typeof next === 'object' && next !== null && found.length < 8) {
    found.push(next);
    const meta: unknown =
      next instanceof Prisma.PrismaClientKnownRequestError ? next.meta?.driverAdapterError : undefined;
    next = meta ?? ('cause' in next ? next.cause : undefined);
  }
  return found;
}

function text(from: object, key: string): string {
  const value: unknown = Reflect.get(from, key);
  return typeof value === 'string' ? value : '';
}
