// Many connections over the one session of an embedded database. A connection owns the session from its first message
// until the backend is idle again (ReadyForQuery 'I'), so that no answer and no transaction is ever mixed with another's.
import { createHash } from 'node:crypto';
import { Duplex } from 'node:stream';
import {
  COPY_FAIL,
  COPY_IN,
  isCopyIn,
  type Message,
  message,
  messageReader,
  refusal,
  renameStatement,
  STARTUP,
  SYNC,
  sayFull,
  takeApart,
} from './protocol.ts';

/** Runs wire-protocol bytes to the end and gives back what the backend answered. */
export type RunProtocol = (bytes: Uint8Array) => Promise<Buffer>;

/** The bridge: `connect` makes the `stream` of a node-postgres client, `close` ends all of them. */
export interface Bridge {
  connect(): Duplex;
  close(): void;
}

/** How a bridge behaves. */
export interface BridgeOptions {
  /** how long a connection waits for its turn, milliseconds */
  patience?: number;
  /** whether so many bytes may be sent to be kept; always when not given */
  room?: (bytes: number) => boolean;
}

interface Batch {
  bytes: Buffer;
  drop?: string;
}

interface Connection {
  id: number;
  stream: Duplex;
  /** messages of an exchange not yet complete */
  partial: Buffer[];
  /** a COPY … FROM STDIN whose data is being gathered */
  copy: Buffer[] | undefined;
  /** complete exchanges that wait for the session */
  batches: Batch[];
  statements: Set<string>;
  timer: NodeJS.Timeout | undefined;
  gone: boolean;
}

/** How long a connection waits for its turn, in milliseconds. */
const PATIENCE = 60_000;
/** After this many milliseconds of work other events of the process get their turn. */
const SLICE = 15;

/**
 * Builds the bridge over one session.
 * A connection that waits longer than `patience` milliseconds is answered with SQLSTATE 55P03; one that vanishes is rolled
 * back. Session settings (SET without LOCAL), temporary tables and LISTEN are shared by all: there is only one session.
 * While there is no `room` the session only reads, and what would change something is answered with SQLSTATE 53100.
 */
export async function createBridge(
  run: RunProtocol,
  { patience = PATIENCE, room = () => true }: BridgeOptions = {},
): Promise<Bridge> {
  const greeting = await run(STARTUP);
  const open = new Set<Connection>();
  const queue: Connection[] = [];
  let owner: Connection | undefined;
  let working = false;
  let ended: Error | undefined;
  let count = 0;
  /** Of the whole session, after its last answer. */
  let status = 'I';
  let onlyReads = false;

  function ask(connection: Connection, batch: Batch): void {
    connection.batches.push(batch);
    if (connection !== owner && !queue.includes(connection)) enqueue(connection);
    void work();
  }

  function enqueue(connection: Connection): void {
    queue.push(connection);
    if (!connection.gone) connection.timer = setTimeout(giveUp, patience, connection).unref();
  }

  function giveUp(connection: Connection): void {
    if (!queue.includes(connection)) return;
    queue.splice(queue.indexOf(connection), 1);
    connection.batches = [];
    const text = `embedded database: another transaction has held the only session for ${patience} ms; inside a transaction use its own client only`;
    connection.stream.push(refusal('55P03', text));
  }

  async function work(): Promise<void> {
    if (working || ended) return;
    working = true;
    let since = performance.now();
    try {
      for (;;) {
        owner ??= queue.shift();
        clearTimeout(owner?.timer);
        const batch = owner?.batches.shift();
        if (!owner || !batch) break;
        const narrow = await narrowed(batch.bytes.length);
        const answered = takeApart(await run(batch.bytes), batch.drop);
        status = answered.status;
        answer(owner, narrow ? { ...answered, own: sayFull(answered.own) } : answered);
        if (performance.now() - since > SLICE) {
          await new Promise(setImmediate);
          since = performance.now();
        }
      }
    } catch (error) {
      end(new Error('the embedded database has stopped', { cause: error }));
    }
    working = false;
  }

  /** Lets the session only read while there is no room: a new transaction by the default, the one under way by its own setting. */
  async function narrowed(bytes: number): Promise<boolean> {
    const full = !room(bytes);
    if (status === 'I' && full !== onlyReads) {
      await run(message('Q', `SET default_transaction_read_only = ${full ? 'on' : 'off'}`));
      onlyReads = full;
    } else if (status === 'T' && full) await run(message('Q', 'SET transaction_read_only = on'));
    return full || onlyReads;
  }

  function answer(connection: Connection, { own, notifications, status }: ReturnType<typeof takeApart>): void {
    if (!connection.gone) connection.stream.push(own);
    if (notifications.length > 0) for (const each of open) each.stream.push(notifications);
    if (status !== 'I') return;
    owner = undefined;
    if (connection.batches.length > 0) enqueue(connection);
  }

  function take(connection: Connection, received: Message): void {
    const { type } = received;
    if (type === '') connection.stream.push(greeting);
    else if (connection.copy) {
      if ('dcf'.includes(type)) connection.copy.push(received.bytes);
      if (!'cf'.includes(type)) return;
      // The client was told to go on before the backend was asked, so the backend's own CopyInResponse is dropped.
      ask(connection, { bytes: Buffer.concat(connection.copy), drop: 'G' });
      connection.copy = undefined;
    } else if (type === 'Q') {
      if (isCopyIn(received.bytes)) {
        connection.copy = [received.bytes];
        connection.stream.push(COPY_IN);
      } else ask(connection, { bytes: Buffer.concat([...connection.partial.splice(0), received.bytes, COPY_FAIL]) });
    } else if (type === 'S' || type === 'H') {
      // An unfed COPY would end the whole session: the backend reads on where there is nothing more to read.
      ask(connection, { bytes: Buffer.concat([...connection.partial.splice(0), COPY_FAIL, received.bytes]) });
    } else if (!'Xdcf'.includes(type))
      connection.partial.push(renameStatement(received, (name) => own(connection, type, name)));
  }

  function own(connection: Connection, type: string, name: string): string {
    const long = `c${connection.id}_${name}`;
    // The backend tells statement names apart by 63 bytes only.
    const renamed =
      Buffer.byteLength(long) < 64
        ? long
        : `c${connection.id}_${createHash('sha256').update(name).digest('base64url')}`;
    if (type === 'P') connection.statements.add(renamed);
    if (type === 'C') connection.statements.delete(renamed);
    return renamed;
  }

  function leave(connection: Connection): void {
    if (connection.gone) return;
    connection.gone = true;
    open.delete(connection);
    clearTimeout(connection.timer);
    const waiting = queue.indexOf(connection);
    if (waiting >= 0) queue.splice(waiting, 1);
    const closing = [...connection.statements].map((name) => message('C', Buffer.from('S'), name));
    const rollback = connection === owner ? [SYNC, message('Q', 'ROLLBACK')] : [];
    connection.batches = [];
    if (closing.length + rollback.length > 0)
      ask(connection, { bytes: Buffer.concat([...rollback, ...closing, SYNC]) });
  }

  function end(error: Error): void {
    ended ??= error;
    for (const connection of open) connection.stream.destroy(error);
  }

  function connect(): Duplex {
    const read = messageReader();
    const stream: Duplex = new Duplex({
      read: () => {},
      write(chunk: Buffer, _encoding, done) {
        for (const each of read(chunk)) take(connection, each);
        done(ended);
      },
      final(done) {
        done();
        stream.destroy();
      },
      destroy(error, done) {
        leave(connection);
        done(error);
      },
    });
    const connection: Connection = {
      id: ++count,
      stream,
      partial: [],
      copy: undefined,
      batches: [],
      statements: new Set(),
      timer: undefined,
      gone: false,
    };
    open.add(connection);
    // The parts of net.Socket that node-postgres calls.
    const connecting = () => process.nextTick(() => (ended ? stream.destroy(ended) : stream.emit('connect')));
    return Object.assign(stream, {
      connect: connecting,
      setNoDelay: () => {},
      setKeepAlive: () => {},
      ref: () => {},
      unref: () => {},
    });
  }

  return { connect, close: () => end(new Error('the embedded database is closed')) };
}
