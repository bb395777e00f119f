// Requests that are none: what the GraphQL server says of them only in English gets a stable code, both languages and the request id.
import { type Reply, refusal } from './reply.ts';
import type { Asked } from './request.ts';

const MALFORMED = {
  zh: '请求的格式不正确，未作任何处理：内容应为完整的 JSON 对象，或按 GraphQL multipart 约定上传的文件。',
  en: 'The request is malformed and nothing was done: send a whole JSON object, or a file by the GraphQL multipart convention.',
};
/** Answers to malformed requests are short; longer ones are not looked into. */
const MOST = 4096;

/** The refusal in place of an answer that carries no request id, because nothing of it was parsed; null for every other answer. */
export function malformedReply(asked: Asked, status: number, body: Uint8Array): Reply | null {
  if ((status !== 200 && status !== 400) || body.length > MOST) return null;
  const text = Buffer.from(body).toString('utf8');
  if (!text.startsWith('{"errors":')) return null;
  const answer = JSON.parse(text) as { data?: unknown; errors?: { message: string; extensions?: object }[] };
  const [error] = answer.errors ?? [];
  if (!error || answer.data || (error.extensions && 'requestId' in error.extensions)) return null;
  return refusal(asked, 400, 'BAD_REQUEST', MALFORMED, { detail: error.message });
}
