// `/institutions/{code}/status-list.json`: which records of an institution have ended, sealed; for anybody (R16.2). `.p7s` is its seal alone.
import { createHash } from 'node:crypto';
import type { World } from '../procedures/call.ts';
import { NotFound, Refused } from '../procedures/errors.ts';
import { statusList } from '../procedures/reporting/status-list.ts';
import { fileReply } from './file-reply.ts';
import { type Reply, refusal } from './reply.ts';
import type { Asked } from './request.ts';

const PLACE = /^\/institutions\/(\d{5})\/status-list\.(json|p7s)$/;
const NOT_FOUND = {
  zh: '没有这个单位，或清单没有这一部分。',
  en: 'There is no such institution, or no such part of its list.',
};
const NO_SEAL = {
  zh: '该单位目前没有可用的印章，无法出具状态清单。',
  en: 'The institution has no usable seal at present, so no status list can be issued.',
};

/**
 * The list as one JSON file (`?part=2` for the second part of a long one; a `Link` header names the next), or its detached CMS over the
 * canonical JSON (RFC 8785) of the member `list`. Null for another address.
 */
export async function statusListFile(world: World, asked: Asked): Promise<Reply | null> {
  const [, code, format] = PLACE.exec(asked.path) ?? [];
  if (code === undefined) return null;
  const part = asked.query.get('part') ?? '1';
  if (!/^[1-9]\d{0,4}$/.test(part)) return refusal(asked, 404, 'NOT_FOUND', NOT_FOUND);
  try {
    const sealed = await statusList(world, code, Number(part));
    const json = format === 'json';
    const bytes = json ? Buffer.from(JSON.stringify(sealed), 'utf8') : Buffer.from(sealed.seal, 'base64');
    const reply = fileReply(asked, {
      name: `${code}-status-list${part === '1' ? '' : `-${part}`}.${format}`,
      mediaType: json ? 'application/json' : 'application/pkcs7-signature',
      bytes,
      tag: createHash('sha256').update(bytes).digest('hex'),
      cacheControl: 'public, max-age=60',
    });
    const next = `</institutions/${code}/status-list.${format}?part=${Number(part) + 1}>; rel="next"`;
    return sealed.list.covers.to === null ? reply : { ...reply, headers: { ...reply.headers, link: next } };
  } catch (error) {
    if (error instanceof NotFound) return refusal(asked, 404, 'NOT_FOUND', NOT_FOUND);
    if (error instanceof Refused) return refusal(asked, 503, 'SEAL_MISSING', NO_SEAL);
    throw error;
  }
}
