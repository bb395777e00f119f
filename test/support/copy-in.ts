// COPY … FROM STDIN through node-postgres, which knows the messages but has no method for it.
import type pg from 'pg';

interface Wire {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** Sends the lines and gives back the command tag, `COPY <n>`. Rejects with the error of the database. */
export function copyIn(client: pg.Client, sql: string, lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let tag = '';
    let failure: Error | undefined;
    const noop = () => {};
    // What node-postgres calls on a query object, see Client._pulseQueryQueue and its message handlers.
    const handlers = {
      submit: (wire: Wire) => wire.query(sql),
      handleCopyInResponse(wire: Wire) {
        for (const line of lines) wire.sendCopyFromChunk(Buffer.from(line));
        wire.endCopyFrom();
      },
      handleCommandComplete: ({ text }: { text: string }) => {
        tag = text;
      },
      handleError: (error: Error) => {
        failure = error;
        reject(error);
      },
      handleReadyForQuery: () => (failure ? undefined : resolve(tag)),
      handleRowDescription: noop,
      handleDataRow: noop,
      handlePortalSuspended: noop,
      handleEmptyQuery: noop,
    };
    client.query(handlers as unknown as pg.Submittable);
  });
}
