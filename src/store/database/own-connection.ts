// The connection under a Prisma transaction, for bulk rows: Prisma would copy every statement's values several times and keep the last hundred.
import { AsyncLocalStorage } from 'node:async_hooks';
import type pg from 'pg';

interface Waiting {
  connection?: pg.PoolClient;
}

const waiting = new AsyncLocalStorage<Waiting>();
const connections = new WeakMap<object, pg.PoolClient>();

/** Makes a pool tell which connection it handed to a transaction that begins under {@link withOwnConnection}. */
export function tellConnections(pool: pg.Pool): pg.Pool {
  const connect = pool.connect.bind(pool) as (...args: unknown[]) => unknown;
  const telling = (...args: unknown[]): unknown => {
    const place = waiting.getStore();
    const given = connect(...args);
    if (!place || args.length > 0) return given;
    return (given as Promise<pg.PoolClient>).then((connection) => {
      place.connection ??= connection;
      return connection;
    });
  };
  pool.connect = telling as typeof pool.connect;
  return pool;
}

/** Runs what begins a transaction; `began` ties the transaction's client to its connection once it is there. */
export function withOwnConnection<T>(begin: (began: (tx: object) => void) => Promise<T>): Promise<T> {
  const place: Waiting = {};
  return waiting.run(place, () =>
    begin((tx) => {
      if (place.connection) connections.set(tx, place.connection);
    }),
  );
}

/** The connection of a transaction; undefined where it is not known (a savepoint). */
export function connectionOf(tx: object): pg.PoolClient | undefined {
  return connections.get(tx);
}

const turns = new WeakMap<pg.PoolClient, Promise<unknown>>();

/** Does one piece of work on a connection after the others that were asked for before: the rows of a file are read while records are written. */
export function inTurn<T>(connection: pg.PoolClient, work: () => Promise<T>): Promise<T> {
  const mine = (turns.get(connection) ?? Promise.resolve()).then(work);
  turns.set(
    connection,
    mine.catch(() => {}),
  );
  return mine;
}

/**
 * Executes one statement of a transaction on its own connection; by way of Prisma where that is not known.
 * @returns the number of rows it touched
 */
export async function executeOn(
  tx: { $executeRawUnsafe(sql: string, ...values: unknown[]): Promise<number> },
  sql: string,
  values: unknown[],
): Promise<number> {
  const connection = connections.get(tx);
  if (!connection) return tx.$executeRawUnsafe(sql, ...values);
  return (await inTurn(connection, () => connection.query(sql, values))).rowCount ?? 0;
}

/**
 * Asks one question of a transaction on its own connection; by way of Prisma where that is not known. It is planned each time it is
 * asked: a plan that was made while a table was empty and is kept while a load fills it reads the whole table for each key.
 * Columns are read as node-postgres reads them: what Prisma reads otherwise (a moment, a number beyond 2^53) does not belong here.
 */
export async function queryOn<Row extends object>(
  tx: { $queryRawUnsafe<T>(sql: string, ...values: unknown[]): Promise<T> },
  sql: string,
  values: unknown[],
): Promise<Row[]> {
  const connection = connections.get(tx);
  if (!connection) return tx.$queryRawUnsafe<Row[]>(sql, ...values);
  return (await inTurn(connection, () => connection.query<Row>(sql, values))).rows;
}

/**
 * {@link queryOn} for many rows of many texts: they come as one JSON text, which costs half of taking them apart cell by cell.
 * For texts, numbers below 2^53 and booleans; anything else comes as its text.
 */
export async function queryMany<Row extends object>(
  tx: Parameters<typeof queryOn>[0],
  sql: string,
  values: unknown[],
): Promise<Row[]> {
  const found = await queryOn<{ rows: Row[] | null }>(tx, `SELECT json_agg(q) AS "rows" FROM (${sql}) q`, values);
  return found[0]?.rows ?? [];
}
