// A server of its own, as a child process with its own data, for the demo and for tests that end it without warning.
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ownCommand } from './own-command.ts';

/** A running server. */
export interface ChildServer {
  readonly endpoint: string;
  /** Ends it in good order and waits for that. */
  stop(): Promise<void>;
  /** Ends it at once (SIGKILL) and waits until it is gone. */
  kill(): Promise<void>;
}

/** Where it lives. The directory holds data, seals and the server's log; the same directory started again is the same register. */
export interface ChildOptions {
  readonly directory: string;
  /** PostgreSQL address; the embedded database when not given. */
  readonly databaseUrl?: string;
}

const START_MS = 120_000;
/** A port that was free may be somebody else's a moment later. */
const PORTS_TRIED = 5;

/** Those of `npm run serve`: by itself Node lets a heap grow to gigabytes before it looks what of it is still needed. */
const LIMITS = ['--max-semi-space-size=4', '--heap-growing-percent=40'];

/** The server ended because its port was taken. */
class PortTaken extends Error {}

/** A port that is free now. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Starts a server in trial mode and waits until it answers. @throws {Error} it ended, or did not answer in two minutes; its log says why */
export async function startChildServer(options: ChildOptions): Promise<ChildServer> {
  await mkdir(options.directory, { recursive: true });
  for (let tried = 1; ; tried++) {
    try {
      return await startOnce(options);
    } catch (error) {
      if (!(error instanceof PortTaken) || tried === PORTS_TRIED) throw error;
    }
  }
}

async function startOnce({ directory, databaseUrl }: ChildOptions): Promise<ChildServer> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const log = join(directory, 'server.log');
  const child = spawn(process.execPath, [...LIMITS, ...ownCommand('serve')], {
    env: {
      ...{ PATH: process.env.PATH, HOME: process.env.HOME, SystemRoot: process.env.SystemRoot },
      ...{ VERMILION_MODE: 'trial', HOST: '127.0.0.1', PORT: String(port) },
      ...{ VERMILION_DATA: join(directory, 'data'), VERMILION_SEALS: join(directory, 'seals') },
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stream = createWriteStream(log, { flags: 'a' });
  child.stdout.pipe(stream, { end: false });
  child.stderr.pipe(stream, { end: false });
  let said = '';
  const hear = (bytes: Buffer) => {
    said = `${said}${bytes}`.slice(-10_000);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  // Not 'exit': what it said last may still be on its way.
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  // The server dies with its parent, also when the parent is interrupted.
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  const ended = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await gone;
    process.off('exit', end);
    stream.end();
  };
  // Whoever else has the port would answer as well: it must have said that it listens.
  const listens = () => said.includes(`${endpoint}/graphql`);
  await answering(child, listens, endpoint, log).catch(async (error: Error) => {
    await ended('SIGKILL');
    throw said.includes(`Port ${port} on `) ? new PortTaken(error.message) : error;
  });
  return { endpoint, stop: () => ended('SIGTERM'), kill: () => ended('SIGKILL') };
}

async function answering(child: ChildProcess, listens: () => boolean, endpoint: string, log: string): Promise<void> {
  const until = Date.now() + START_MS;
  while (Date.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the server ended; see ${log}`);
    const healthy = await fetch(`${endpoint}/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy && listens()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`the server does not answer; see ${log}`);
}
