// The few messages of PostgreSQL's wire protocol 3.0 (manual, chapter 55) that the bridge must read or make. Bytes only.

/** One frontend message: its type (`''` for the first, untyped start-up message) and all its bytes, header included. */
export interface Message {
  type: string;
  bytes: Buffer;
}

/** A reader that is fed chunks and gives back every message completed so far; the first message has no type byte. */
export function messageReader(): (chunk: Buffer) => Message[] {
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const messages: Message[] = [];
    for (;;) {
      const header = started ? 5 : 4;
      if (rest.length < header) return messages;
      const length = rest.readUInt32BE(header - 4) + header - 4;
      if (rest.length < length) return messages;
      messages.push({ type: started ? String.fromCharCode(rest[0] ?? 0) : '', bytes: rest.subarray(0, length) });
      started = true;
      rest = rest.subarray(length);
    }
  };
}

/** A message of the given type with the given body. */
export function message(type: string, ...body: (string | Buffer)[]): Buffer {
  const content = Buffer.concat(body.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\0`) : part)));
  const header = Buffer.alloc(type.length + 4, type, 'latin1');
  header.writeUInt32BE(content.length + 4, type.length);
  return Buffer.concat([header, content]);
}

/** The start-up message for the one database and superuser that an embedded database has. */
export const STARTUP = message(
  '',
  Buffer.from([0, 3, 0, 0]),
  'user',
  'postgres',
  'database',
  'postgres',
  Buffer.from([0]),
);

/** Sync: ends an exchange of the extended protocol. */
export const SYNC = message('S');

/** Tells a client to send its COPY data as text. */
export const COPY_IN = message('G', Buffer.from([0, 0, 0]));

/** Ends a COPY that nobody feeds; outside of COPY the backend ignores it (manual 55.2.6). */
export const COPY_FAIL = message(
  'f',
  'COPY … FROM STDIN must be sent as a simple query of its own to the embedded database',
);

/** ErrorResponse. `code` is an SQLSTATE. */
function errorResponse(code: string, text: string): Buffer {
  return message('E', 'SERROR', 'VERROR', `C${code}`, `M${text}`, '');
}

/** ErrorResponse followed by ReadyForQuery outside of a transaction. `code` is an SQLSTATE. */
export function refusal(code: string, text: string): Buffer {
  return Buffer.concat([errorResponse(code, text), message('Z', Buffer.from('I'))]);
}

const FULL = errorResponse('53100', 'embedded database: the disk is full, so it only reads until there is room again');

/** An answer in which the refusal to write in a session that only reads (25006) has become that of a full disk (53100). */
export function sayFull(answer: Buffer): Buffer {
  if (!answer.includes('C25006\0')) return answer;
  const parts: Buffer[] = [];
  for (let at = 0; at < answer.length; ) {
    const end = at + 1 + answer.readUInt32BE(at + 1);
    const part = answer.subarray(at, end);
    parts.push(part[0] === 0x45 && part.includes('C25006\0') ? FULL : part);
    at = end;
  }
  return Buffer.concat(parts);
}

/** The statement name inside Parse, Bind, Describe or Close replaced by `rename(name)`; anything else comes back as it was. */
export function renameStatement({ type, bytes }: Message, rename: (name: string) => string): Buffer {
  let at = 5;
  if (type === 'B') at = bytes.indexOf(0, at) + 1;
  else if (type === 'D' || type === 'C') {
    if (bytes[at] !== 0x53) return bytes; // a portal: it lives in a transaction, which has one connection
    at += 1;
  } else if (type !== 'P') return bytes;
  const end = bytes.indexOf(0, at);
  if (end === at) return bytes;
  return message(type, bytes.subarray(5, at), rename(bytes.toString('utf8', at, end)), bytes.subarray(end + 1));
}

/** Whether a simple query is one COPY … FROM STDIN, whose data the client will only send when asked. */
export function isCopyIn(query: Buffer): boolean {
  return /^(?:\s|--.*\n|\/\*[\s\S]*?\*\/)*copy\b[\s\S]*?\bfrom\s+stdin\b/i.test(query.toString('utf8', 5, 4096));
}

/** What the backend answered, taken apart: bytes for the asker, notifications for all, and the last transaction status. */
export interface Answer {
  own: Buffer;
  notifications: Buffer;
  /** `I` idle, `T` in a transaction, `E` in a failed one, `''` when the exchange goes on */
  status: string;
}

/** Takes an answer of the backend apart; messages whose type is in `drop` are left out. */
export function takeApart(bytes: Buffer, drop = ''): Answer {
  const own: Buffer[] = [];
  const notifications: Buffer[] = [];
  let status = '';
  for (let at = 0; at < bytes.length; ) {
    const type = String.fromCharCode(bytes[at] ?? 0);
    const end = at + 1 + bytes.readUInt32BE(at + 1);
    if (type === 'A') notifications.push(bytes.subarray(at, end));
    else if (!drop.includes(type)) own.push(bytes.subarray(at, end));
    if (type === 'Z') status = String.fromCharCode(bytes[at + 5] ?? 0);
    else if (!'ANS'.includes(type)) status = ''; // these three may come at any time, after ReadyForQuery too
    at = end;
  }
  return { own: Buffer.concat(own), notifications: Buffer.concat(notifications), status };
}
