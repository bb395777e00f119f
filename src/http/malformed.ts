// Requests that are none: what the GraphQL server says of them only in English gets a stable code, both languages and the request id.
import { type Reply, refusal } from './reply.ts';
import type { Asked } from './request.ts';

const MALFORMED = {
  zh: '请求的格式不正确，未作任何处理：内容应为完整的 JSON 对象，或按 GraphQL multipart 约定上传的文件。',
  en: 'The request is malformed and nothing was done: send a whole JSON object, or a file by the GraphQL multipart convention.',
};
/** What the library says of it besides, where that is a sentence of its own and repeats nothing of the request. */
const DETAIL =
  /^(?:POST body sent invalid JSON\.|POST body is expected to be object but received [a-z]+|Must provide query string\.)$/;
/** Longer answers are not taken apart: those without a request id may repeat the whole request. */
const MOST = 4096;

/** The refusal in place of an answer that carries no request id, because nothing of it was parsed; null for every other answer. */
export function malformedReply(asked: Asked, status: number, body: Uint8Array): Reply | null {
  if (status !== 200 && status !== 400) return null;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  if (!bytes.subarray(0, 10).equals(Buffer.from('{"errors":'))) return null;
  // Within a text every quotation mark is escaped, so that nothing in the request can stand in for this.
  if (bytes.includes(`"requestId":${JSON.stringify(asked.requestId)}`)) return null;
  return refusal(asked, 400, 'BAD_REQUEST', MALFORMED, detailOf(bytes));
}

function detailOf(bytes: Buffer): { readonly detail?: string } {
  if (bytes.length > MOST) return {};
  const { errors } = JSON.parse(bytes.toString('utf8')) as { errors?: { message?: unknown }[] };
  const message = String(errors?.[0]?.message ?? '');
  return DETAIL.test(message) ? { detail: message } : {};
}
