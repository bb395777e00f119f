// Short-lived links for browsers: whoever holds one may download that one thing for five minutes (a bearer link).
import { timingSafeEqual } from 'node:crypto';
import type { World } from '../procedures/call.ts';
import type { SeenKind } from '../procedures/files/visible-files.ts';

/** How long a link holds. */
export const LINK_MS = 5 * 60_000;

function signatureOf(world: Pick<World, 'blindIndex'>, path: string, expires: string): string {
  return world.blindIndex(`${expires} ${path}`, 'download-link');
}

/** The address of a path with its signature. Links live by the machine's clock, as sessions do. */
export function signedUrl(world: Pick<World, 'blindIndex' | 'origin'>, path: string, now: number = Date.now()): string {
  const expires = String(Math.ceil((now + LINK_MS) / 1000));
  return `${world.origin}${path}?expires=${expires}&signature=${signatureOf(world, path, expires)}`;
}

/** The address of a file as what it is used as: the same bytes may be several things. */
export function fileUrl(
  world: Pick<World, 'blindIndex' | 'origin'>,
  { institution, digest, kind }: { readonly institution: string; readonly digest: string; readonly kind: SeenKind },
): string {
  return signedUrl(world, `/files/${institution}/${kind}/${digest}`);
}

/** What a link says about itself: no link, one that holds, or one that does not (any more). */
export function checkLink(
  world: Pick<World, 'blindIndex'>,
  path: string,
  query: URLSearchParams,
  now: number = Date.now(),
): 'none' | 'holds' | 'over' {
  const expires = query.get('expires');
  const signature = query.get('signature');
  if (expires === null && signature === null) return 'none';
  if (!/^\d{1,12}$/.test(expires ?? '') || signature === null || Number(expires) * 1000 < now) return 'over';
  const expected = Buffer.from(signatureOf(world, path, expires ?? ''));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected) ? 'holds' : 'over';
}
