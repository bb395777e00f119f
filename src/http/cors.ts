// Which pages of other origins may call: only those on the list, never with cookies (there are none).
import type { Asked } from './request.ts';

const ALLOWED = 'authorization, content-type, accept, accept-language, graphql-require-preflight, range, if-none-match';
const EXPOSED = 'x-request-id, etag, content-disposition, content-range, accept-ranges';

/** The CORS headers of an answer (Fetch Standard, 3.2): none for an origin that is not on the list. */
export function corsHeaders(asked: Asked, origins: readonly string[]): Record<string, string> {
  const { origin } = asked.headers;
  if (origin === undefined || origins.length === 0) return {};
  if (!origins.includes(origin)) return { vary: 'Origin' };
  const shared = { 'access-control-allow-origin': origin, vary: 'Origin', 'access-control-expose-headers': EXPOSED };
  if (asked.method !== 'OPTIONS') return shared;
  return {
    ...shared,
    'access-control-allow-methods': 'GET, HEAD, POST, OPTIONS',
    'access-control-allow-headers': ALLOWED,
    'access-control-max-age': '600',
  };
}
