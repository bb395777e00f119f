// Requests that break off or are none before a route could see them: answered like every other bad request, with a code and a request id.
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { refusal, SECURITY_HEADERS, type Sentence } from './reply.ts';

const BROKEN: Sentence = {
  zh: '请求不完整或不符合 HTTP 格式，未作任何处理。',
  en: 'The request is not complete or is no HTTP, and nothing was done.',
};
const TOO_SLOW: Sentence = {
  zh: '请求未在限定时间内发送完毕，未作任何处理。',
  en: 'The request did not arrive in time, and nothing was done.',
};
const HEADERS_TOO_LARGE: Sentence = {
  zh: '请求头超过上限，未作任何处理。',
  en: 'The headers of the request are too large, and nothing was done.',
};
const KINDS: Readonly<Record<string, readonly [status: number, code: string, sentence: Sentence]>> = {
  HPE_HEADER_OVERFLOW: [431, 'HEADER_LIMIT', HEADERS_TOO_LARGE],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'BODY_LIMIT', BROKEN],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'REQUEST_TIMEOUT', TOO_SLOW],
};

/** The refusal of a request that names no address of this server, or is none. */
export function brokenRequest(code?: string) {
  const [status, name, sentence] = KINDS[code ?? ''] ?? ([400, 'BAD_REQUEST', BROKEN] as const);
  const requestId = randomUUID();
  return { requestId, reply: refusal({ requestId, language: 'zh' }, status, name, sentence) };
}

/**
 * Answers on the bare connection and ends it.
 * @param answering whether an answer is under way on it: then nothing may be mixed into that
 */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket, answering: boolean): void {
  if (answering || error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const { requestId, reply } = brokenRequest(error.code);
  const body = String(reply.body);
  const headers = {
    ...SECURITY_HEADERS,
    ...reply.headers,
    'x-request-id': requestId,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status]}`, ...lines, '', body].join('\r\n'));
}
