// Answers: status, headers, bytes, and the headers that every answer carries.
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Asked } from './request.ts';

/** An answer of a route. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string | AsyncIterable<Uint8Array> | null;
}

/** A sentence in both languages. */
export interface Sentence {
  readonly zh: string;
  readonly en: string;
}

/** What every answer carries; a route may set its own policy. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-site',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
};

/** A refusal in JSON with a stable code, in the shape of a GraphQL answer; both languages are in its extensions. */
export function refusal(
  asked: Pick<Asked, 'requestId' | 'language'>,
  status: number,
  code: string,
  sentence: Sentence,
  more: Readonly<Record<string, unknown>> = {},
): Reply {
  const both = { messageZh: sentence.zh, messageEn: sentence.en };
  const extensions = { code, ...both, requestId: asked.requestId, ...more };
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ errors: [{ message: sentence[asked.language], extensions }] }),
  };
}

/** Sends an answer; a HEAD request gets its headers only. */
export async function send(
  response: ServerResponse,
  asked: Pick<Asked, 'requestId' | 'method'>,
  reply: Reply,
  more: Readonly<Record<string, string>>,
): Promise<void> {
  const { status, headers = {}, body = null } = reply;
  for (const [name, value] of Object.entries({ ...SECURITY_HEADERS, ...more, ...headers })) {
    response.setHeader(name, value);
  }
  response.setHeader('x-request-id', asked.requestId);
  response.statusCode = status;
  if (typeof body === 'string' || body instanceof Uint8Array) {
    if (!response.hasHeader('content-length')) response.setHeader('content-length', Buffer.byteLength(body));
    response.end(asked.method === 'HEAD' ? undefined : body);
    return;
  }
  if (body === null || asked.method === 'HEAD') {
    response.end();
    return;
  }
  await pipeline(Readable.from(body), response);
}
