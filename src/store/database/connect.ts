// Opens the database: PostgreSQL by its URL, else the embedded one in a directory or in memory. Both through one driver.
import pg from 'pg';
import { keepCheckpoints } from '../embedded/checkpoints.ts';
import { openEmbedded } from '../embedded/open.ts';
import { type Client, createClient } from './client.ts';
import { DatabaseRefused } from './errors.ts';
import { tellConnections } from './own-connection.ts';

/** An open database. `pool` is for what Prisma cannot do (migrations, COPY, LISTEN); `close` ends everything. */
export interface Database {
  kind: 'embedded' | 'postgresql';
  prisma: Client;
  pool: pg.Pool;
  /** the whole embedded data directory as a tar; undefined on PostgreSQL, which has pg_dump */
  dump?: () => Promise<Blob>;
  close(): Promise<void>;
}

/** Where the database is. Exactly one of `url`, `dataDirectory` and `memory`. */
export interface DatabaseOptions {
  /** postgresql://… */
  url?: string;
  /** the embedded database is kept in `<dataDirectory>/postgres` */
  dataDirectory?: string;
  /** an embedded database that nobody keeps */
  memory?: boolean;
  /** with `memory`: start from what `Database.dump` gave */
  loadFrom?: Blob;
  /** how many bytes the disk of the data directory has left; asked of the system when not given */
  free?: (directory: string) => number;
  /** connections at most; 10 when not given */
  connections?: number;
}

const OLDEST = 150_000;

/**
 * Opens the database and makes sure that it answers.
 * @throws DatabaseRefused when it cannot be reached, is older than PostgreSQL 15, or its directory is in use
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const max = options.connections ?? 10;
  if (options.url !== undefined) return openPostgres(options.url, max);
  if (options.dataDirectory === undefined && !options.memory) throw new DatabaseRefused(NOWHERE);
  const { dataDirectory, loadFrom, free } = options;
  const given = { ...(loadFrom ? { loadFrom } : {}), ...(free ? { free } : {}) };
  const { bridge, dump, close } = await openEmbedded(dataDirectory, given);
  // Everything is named here so that PGHOST, PGSSLMODE and the like cannot change what the embedded database is.
  const fixed = { host: 'embedded', user: 'postgres', database: 'postgres', password: '', ssl: false };
  const pool = quietPool({ ...fixed, max, idleTimeoutMillis: 0, stream: () => bridge.connect() });
  const prisma = createClient(pool);
  const stopCheckpoints = options.dataDirectory === undefined ? async () => {} : keepCheckpoints(pool);
  const closeAll = once(async () => {
    await stopCheckpoints();
    await prisma.$disconnect();
    await pool.end();
    await close();
  });
  return { kind: 'embedded', prisma, pool, dump, close: closeAll };
}

async function openPostgres(url: string, max: number): Promise<Database> {
  const pool = quietPool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
    application_name: 'vermilion',
    // Prisma sends timestamps without a zone and means UTC. Compiling a statement takes the database a second or more, which none of ours
    // gives back: an unlikely branch alone makes it believe that a statement is long.
    onConnect: async (client) => void (await client.query("set time zone 'UTC'; set jit = off")),
  });
  try {
    const { rows } = await pool.query<{ version: number }>(
      "select current_setting('server_version_num')::int as version",
    );
    const version = rows[0]?.version ?? 0;
    if (version < OLDEST) throw new DatabaseRefused(tooOld(version));
  } catch (error) {
    await pool.end();
    throw error instanceof DatabaseRefused ? error : new DatabaseRefused(unreachable(url, error), error);
  }
  const prisma = createClient(pool);
  const close = once(async () => {
    await prisma.$disconnect();
    await pool.end();
  });
  return { kind: 'postgresql', prisma, pool, close };
}

/** An idle connection that breaks is replaced by the pool; without a listener its error would end the process. */
function quietPool(config: pg.PoolConfig): pg.Pool {
  const pool = tellConnections(new pg.Pool(config));
  pool.on('error', () => {});
  return pool;
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

const NOWHERE = {
  zh: '未指定数据库：请给出 PostgreSQL 的地址，或内置数据库的数据目录。',
  en: 'No database was named: give the URL of a PostgreSQL or the data directory of the embedded database.',
};

function tooOld(version: number): { zh: string; en: string } {
  const major = Math.floor(version / 10_000);
  return {
    zh: `数据库版本为 PostgreSQL ${major}，本系统需要 15 或更高版本。`,
    en: `The database is PostgreSQL ${major}; 15 or newer is needed.`,
  };
}

/** The URL without its password, and why it did not answer. */
function unreachable(url: string, error: unknown): { zh: string; en: string } {
  const shown = url.replace(/\/\/([^:/@]*):[^@]*@/, '//$1:***@').replace(/([?&]password=)[^&]*/gi, '$1***');
  const why = error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error);
  return { zh: `无法连接数据库 ${shown}（${why}）。`, en: `Cannot connect to the database ${shown} (${why}).` };
}
