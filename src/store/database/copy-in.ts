// COPY … FROM STDIN over a connection of node-postgres, which reads the messages of a COPY but has no method for it.
import type pg from 'pg';

/** What node-postgres hands to a query whose turn it is. */
interface Wire {
  query(sql: string): void;
  endCopyFrom(): void;
  readonly stream: { write(bytes: Uint8Array): unknown; cork(): void; uncork(): void };
}

/** Length of a message header: type and length. */
const HEADER = 5;
/** Type of the message that carries data. */
const COPY_DATA = 0x64;

/**
 * Runs one COPY … FROM STDIN and feeds it these lines, which are in memory as a whole: a caller with many rows makes several.
 * The lines follow the statement at once: a database that refuses it passes over them (manual 55.2.6), and one that waits for
 * our answer would wait as long as this process is busy with other rows.
 * @returns the number of rows added
 * @throws the error of the database, as a statement's; without the line at which it came, because that holds the row
 */
export function copyIn(connection: pg.ClientBase, sql: string, lines: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    let added = 0;
    let failed = false;
    // What node-postgres calls on a query: see Client.query, its _pulseQueryQueue and its message handlers.
    const query = {
      submit(wire: Wire) {
        // Its turn may come while the driver still reads the answer before: the embedded database says at once that it is ready,
        // and the driver would read that answer a second time.
        process.nextTick(() => {
          const { stream } = wire;
          stream.cork();
          wire.query(sql);
          // Written here: the driver's own writer would keep a buffer of this size for every later message.
          stream.write(headerOf(lines));
          stream.write(lines);
          wire.endCopyFrom();
          stream.uncork();
        });
      },
      handleCopyInResponse: () => {},
      handleCommandComplete({ text }: { text: string }) {
        added = Number(text.slice('COPY '.length));
      },
      handleError(error: Error & { where?: string | undefined }) {
        failed = true;
        error.where = undefined;
        Error.captureStackTrace(error);
        reject(error);
      },
      handleReadyForQuery() {
        if (!failed) resolve(added);
      },
    };
    connection.query(query as unknown as pg.Submittable);
  });
}

/** What goes before lines to make one message of them. */
function headerOf(lines: Uint8Array): Uint8Array {
  const header = Buffer.allocUnsafe(HEADER);
  header[0] = COPY_DATA;
  header.writeUInt32BE(lines.length + 4, 1);
  return header;
}
