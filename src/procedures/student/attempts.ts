// Wrong tokens and numbers per address: kept in memory, because it only keeps noise away – tokens cannot be guessed and accounts lock by themselves.
import { violation } from '../../regulation/violations.ts';
import { Refused } from '../errors.ts';

const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/;

/**
 * Whether an address is that of a proxy on this machine, which stands for everybody behind it: one of them must not be able to keep
 * all the others out, so that nothing is counted by it here and the proxy does the counting.
 */
export function standsForEverybody(address: string | undefined): boolean {
  return LOOPBACK.test(address ?? '');
}

/** Wrong attempts of one address within {@link WINDOW_MS}. A whole campus may share an address, so it is generous. */
export const MOST_WRONG = 60;
const WINDOW_MS = 10 * 60_000;
/** Addresses remembered at once; the oldest are forgotten first, so that memory has a bound. */
const MOST_ADDRESSES = 10_000;

const wrong = new WeakMap<object, Map<string, { count: number; since: number }>>();

function entryOf(world: object, address: string, now: number) {
  const known = wrong.get(world) ?? new Map<string, { count: number; since: number }>();
  wrong.set(world, known);
  let entry = known.get(address);
  if (entry && now - entry.since >= WINDOW_MS) entry = undefined;
  return { known, entry };
}

/** @throws {Refused} this address has been wrong too often in the last minutes; before anything is looked up */
export function requirePatience(world: object, address: string | undefined, now: number = Date.now()): void {
  if (standsForEverybody(address)) return;
  const { entry } = entryOf(world, address ?? '', now);
  const count = entry?.count ?? 0;
  if (count < MOST_WRONG) return;
  const details = { found: String(count), expected: `< ${MOST_WRONG} / ${WINDOW_MS / 60_000} min` };
  throw new Refused([violation('too-many-attempts', 'address', details)]);
}

/** Notes a wrong attempt. */
export function noteWrong(world: object, address: string | undefined, now: number = Date.now()): void {
  if (standsForEverybody(address)) return;
  const { known, entry } = entryOf(world, address ?? '', now);
  known.delete(address ?? '');
  known.set(address ?? '', { count: (entry?.count ?? 0) + 1, since: entry?.since ?? now });
  const [oldest] = known.keys();
  if (known.size > MOST_ADDRESSES && oldest !== undefined) known.delete(oldest);
}
