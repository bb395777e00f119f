// Mistakes of ours: masked towards the caller, one JSON line in the log, without personal data.
import { GraphQLError } from 'graphql';
import { WrongKey } from '../secrecy/secret-problems.ts';
import { DatabaseUnavailable } from '../store/database/errors.ts';
import { isTransient } from '../store/database/transient.ts';
import type { Sentence } from './reply.ts';

/** What a caller learns of a mistake of ours. */
export interface Mistake {
  readonly code: string;
  readonly status: number;
  readonly sentence: Sentence;
}

const INTERNAL: Mistake = {
  code: 'INTERNAL',
  status: 500,
  sentence: {
    zh: '服务器内部错误，未能完成。请把请求编号告诉管理员。',
    en: 'Something went wrong on the server. Tell the administrator the request id.',
  },
};

/** A box of a key that this server's ring has not got: another server has a newer ring. Nothing is lost, and nothing was done. */
const KEY_UNKNOWN_HERE: Mistake = {
  code: 'KEY_UNKNOWN_HERE',
  status: 503,
  sentence: {
    zh: '这台服务器的密钥环尚未更新，暂时无法读取部分敏感信息；未作任何改动，请稍后重试。',
    en: 'The key ring of this server is not up to date, so it cannot read some secret fields yet; nothing was changed, try again later.',
  },
};

const OUTCOME = { connection: 'nothing-kept', busy: 'nothing-kept', full: 'disk-full' } as const;

/**
 * How a mistake looks from outside: a database that is unavailable, busy past its patience or without room says so, and so does a server whose key
 * ring is old; everything else is only internal.
 */
export function mistakeOf(error: unknown): Mistake {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; depth++) {
    // What is asked outside of a transaction comes as Prisma throws it: questions, and counts that may be kept or not.
    const transient = at instanceof DatabaseUnavailable ? undefined : isTransient(at);
    const unavailable = transient ? new DatabaseUnavailable(OUTCOME[transient], at) : at;
    if (unavailable instanceof DatabaseUnavailable) {
      const code = unavailable.outcome === 'disk-full' ? 'DISK_FULL' : 'DATABASE_UNAVAILABLE';
      return { code, status: 503, sentence: unavailable };
    }
    if (at instanceof WrongKey) return KEY_UNKNOWN_HERE;
    at = at instanceof GraphQLError ? at.originalError : at.cause;
  }
  return INTERNAL;
}

/**
 * One log line. Messages are left out, because those of drivers quote values; what remains is the kind of error, its
 * code and where in our own code it came from.
 */
export function mistakeLine(error: unknown, facts: Readonly<Record<string, string>>): string {
  const chain: { name: string; code?: string; at: string[] }[] = [];
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; depth++) {
    const code = (at as { code?: unknown }).code;
    const shown = typeof code === 'string' && /^[\w-]{1,40}$/.test(code) ? { code } : {};
    chain.push({ name: at.name, ...shown, at: framesOf(at) });
    at = at instanceof GraphQLError ? at.originalError : at.cause;
  }
  return JSON.stringify({ level: 'error', time: new Date().toISOString(), ...facts, chain });
}

/** A frame as V8 writes it: a function's name, and a file with line and column, or one of Node's own. */
const FRAME = /^\s+at (?:[\w$.<>#[\] ]+ \()?(?:file:\/\/|node:|\/|[A-Za-z]:[\\/])[^\s()]+:\d+:\d+\)?$/;

/** The message comes before the frames, and what somebody sent may stand in it on a line that begins like one. */
function framesOf(error: Error): string[] {
  const stack = error.stack ?? '';
  const at = stack.indexOf(error.message);
  const frames = (at < 0 ? stack : stack.slice(at + error.message.length))
    .split('\n')
    .filter((line) => FRAME.test(line));
  return frames
    .slice(0, 8)
    .map((line) => line.trim().replace(/^at (.*?)\(?(?:file:\/\/)?[^\s()]*?\/(src|node_modules)\//, 'at $1$2/'));
}
