// POST /certificate-layouts/preview.pdf: a layout comes, its page or everything that is wrong with it goes back. Nothing is kept.
import type { IncomingMessage } from 'node:http';
import { badVariable } from '../graphql/bad-input.ts';
import { whyNotSignedIn } from '../graphql/context.ts';
import type { World } from '../procedures/call.ts';
import { Forbidden, NotFound, Refused } from '../procedures/errors.ts';
import { type PreviewLayoutInput, previewLayout } from '../procedures/templates/preview-layout.ts';
import { SAMPLE_NAMES } from '../regulation/templates/certificate-samples.ts';
import { CATEGORIES, type Category, isKeyOf, keysOf } from '../regulation/vocabulary.ts';
import { type BodyLimits, BodyTooLarge, readBody } from './body.ts';
import { fileReply } from './file-reply.ts';
import type { Visitor } from './graphql-endpoint.ts';
import { type Reply, refusal } from './reply.ts';
import type { Asked } from './request.ts';

/** Where a layout is posted to. */
export const LAYOUT_PREVIEW = '/certificate-layouts/preview.pdf';

const TOO_LARGE = { zh: '请求内容超过上限。', en: 'The request body is too large.' };
const NOT_FOUND = { zh: '没有这个学位授予单位，或您无权预览。', en: 'There is no such institution for you.' };
const MALFORMED = {
  zh: '应为 JSON 对象：institution（五位代码）、categories（类别，至少一个）、layout（版式对象），可选 sample。',
  en: 'A JSON object was expected: institution (five digits), categories (at least one), layout (an object), and sample if wanted.',
};

/** Answers with the page; 422 with the violations; 400, 401, 403, 404, 413, 415 when there is nothing to judge. */
export async function layoutPreview(
  world: World,
  asked: Asked,
  message: IncomingMessage,
  visitor: Visitor,
  limits: BodyLimits,
): Promise<Reply> {
  const { actor } = visitor;
  if (!actor) {
    const { code, sentence } = whyNotSignedIn(visitor.expired);
    return refusal(asked, 401, code, sentence);
  }
  // Any other type could be sent by a page of another site without asking first.
  const type = asked.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') return refusal(asked, 415, 'CONTENT_TYPE', MALFORMED, { found: type ?? null });
  try {
    const input = readInput(await readBody(message, limits));
    if (!input) return refusal(asked, 400, 'BAD_REQUEST', MALFORMED, { expected: EXPECTED });
    return fileReply(asked, { ...(await previewLayout({ world, actor }, input)), mediaType: 'application/pdf' });
  } catch (error) {
    if (error instanceof BodyTooLarge) return refusal(asked, 413, 'BODY_LIMIT', TOO_LARGE, { expected: error.most });
    if (error instanceof NotFound) return refusal(asked, 404, 'NOT_FOUND', NOT_FOUND);
    if (!(error instanceof Refused || error instanceof Forbidden)) throw error;
    const [first] = error.violations;
    const sentence = { zh: first?.message ?? '', en: first?.messageEn ?? '' };
    const [status, code] = error instanceof Refused ? ([422, 'REFUSED'] as const) : ([403, 'FORBIDDEN'] as const);
    return refusal(asked, status, code, sentence, { violations: error.violations });
  }
}

const EXPECTED = { categories: keysOf(CATEGORIES), sample: keysOf(SAMPLE_NAMES) };

/** The input, or null when it is none. Categories are taken as the API writes them (REGULAR_BACHELOR), too. */
function readInput(body: Buffer): PreviewLayoutInput | null {
  const json = parsed(body);
  if (typeof json !== 'object' || json === null || badVariable(json)) return null;
  const { institution, categories, layout, sample = 'ordinary' } = json as Readonly<Record<string, unknown>>;
  if (typeof institution !== 'string' || !/^\d{5}$/.test(institution)) return null;
  if (typeof layout !== 'object' || layout === null || Array.isArray(layout)) return null;
  if (typeof sample !== 'string' || !isKeyOf(SAMPLE_NAMES, sample)) return null;
  const known = Array.isArray(categories) ? categories.map(categoryOf) : [];
  const [first, ...others] = known.filter((category) => category !== null);
  if (first === undefined || others.length + 1 !== known.length || known.length > EXPECTED.categories.length)
    return null;
  return { institution, categories: [first, ...others], layout, sample };
}

function categoryOf(given: unknown): Category | null {
  const key = typeof given === 'string' ? given.toLowerCase().replaceAll('_', '-') : '';
  return isKeyOf(CATEGORIES, key) ? key : null;
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
