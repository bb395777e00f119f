// What a request says about itself: its id, its language, its bearer token.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** A request as the routes see it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** In every answer and log line. Always our own, so that nobody writes into the log. */
  readonly requestId: string;
  readonly language: 'zh' | 'en';
  /** The bearer token, if there is one. */
  readonly token: string | undefined;
  readonly address: string | undefined;
}

/** Reads a request; null when its address is none. */
export function readRequest(message: IncomingMessage): Asked | null {
  const url = URL.canParse(message.url ?? '', 'http://server') ? new URL(message.url ?? '', 'http://server') : null;
  if (!url || !message.url?.startsWith('/')) return null;
  const { headers } = message;
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers,
    requestId: randomUUID(),
    language: languageOf(headers['accept-language']),
    token: /^Bearer +([A-Za-z0-9_-]{20,200})$/i.exec(headers.authorization ?? '')?.[1],
    address: message.socket.remoteAddress,
  };
}

/** The preferred one of our two languages (RFC 9110, 12.5.4); Chinese unless English is preferred. */
export function languageOf(header: string | undefined): 'zh' | 'en' {
  let best: { language: 'zh' | 'en'; weight: number } = { language: 'zh', weight: 0 };
  for (const part of (header ?? '').slice(0, 400).split(',')) {
    const [, tag, weight] = /^\s*(zh|en)\b[^;]*(?:;\s*q=([\d.]+))?\s*$/i.exec(part) ?? [];
    if (tag === undefined) continue;
    const value = weight === undefined ? 1 : Number(weight) || 0;
    if (value > best.weight) best = { language: tag.toLowerCase() === 'en' ? 'en' : 'zh', weight: value };
  }
  return best.language;
}
