// A whole identity number never travels in an address, which browsers, proxies and logs keep: look-ups by it go by POST (article 21).
import { type Reply, refusal } from './reply.ts';
import type { Asked } from './request.ts';

const SENTENCE = {
  zh: '按证件号码查询须使用 POST：网址会留在浏览器和日志中。',
  en: 'A look-up by identity number goes by POST: addresses stay in browsers and logs.',
};

/** The refusal of a GET that looks up by identity number, in its document or in its variables; null for every other request. */
export function secretInAddress(asked: Asked): Reply | null {
  if (asked.method === 'POST') return null;
  const document = asked.query.get('query') ?? '';
  const variables = asked.query.get('variables') ?? '';
  if (!/\bidentityNumber\s*:/.test(document) && !/identityNumber/i.test(variables)) return null;
  return refusal(asked, 400, 'SECRET_IN_ADDRESS', SENTENCE, { path: 'identityNumber' });
}
