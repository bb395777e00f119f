// The only reader of process.env: a typed, frozen Config, or one clear list of what is wrong.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isOpenToOthers } from './secrecy/key-file.ts';

/** How the server runs. `trial`: sample officers, DEMO seals, a clock that can be moved. `production`: none of these. */
export type Mode = 'trial' | 'production';

export interface Config {
  readonly mode: Mode;
  readonly host: string;
  readonly port: number;
  /** Public address printed into documents, without trailing slash. */
  readonly origin: string;
  /** PostgreSQL address; undefined means the embedded database. */
  readonly databaseUrl: string | undefined;
  readonly dataDirectory: string;
  readonly sealDirectory: string;
  /** Passphrase of the seal files; undefined only in trial mode, where one is made on first start. */
  readonly sealPassphrase: string | undefined;
  readonly keyRingFile: string;
  /** Passphrase that wraps the key ring file, by itself or in the file of VERMILION_KEY_RING_PASSPHRASE_FILE; undefined when it is not wrapped. */
  readonly keyRingPassphrase: string | undefined;
  readonly corsOrigins: readonly string[];
  readonly graphiql: boolean;
  readonly fonts: { readonly fangsong?: string; readonly kaiti?: string; readonly rare?: string[] };
}

/** What is wrong with the configuration: every problem, in Chinese and English. */
export class ConfigProblem extends Error {
  override readonly name = 'ConfigProblem';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration from environment variables (all documented in `.env.example`).
 * @throws {ConfigProblem} naming every wrong or missing setting at once.
 */
export function readConfig(environment: Environment = process.env): Config {
  const problems: string[] = [];
  const get = (name: string) => environment[name]?.trim() || undefined;

  const asked = get('VERMILION_MODE') ?? (get('NODE_ENV') === 'production' ? 'production' : 'trial');
  const mode: Mode = asked === 'production' ? 'production' : 'trial';
  if (asked !== 'trial' && asked !== 'production') {
    problems.push(
      `VERMILION_MODE 应为 trial 或 production，现为 ${asked}。VERMILION_MODE must be trial or production, found ${asked}.`,
    );
  }
  if (mode === 'trial' && get('NODE_ENV') === 'production') {
    problems.push('NODE_ENV=production 时不能使用试用模式。Trial mode is refused when NODE_ENV=production.');
  }

  const host = get('HOST') ?? '127.0.0.1';
  const port = Number(get('PORT') ?? '4000');
  const portIsGood = Number.isInteger(port) && port >= 0 && port <= 65535;
  if (!portIsGood) {
    problems.push(`PORT 应为 0–65535 的整数。PORT must be an integer from 0 to 65535, found ${get('PORT')}.`);
  }
  const given = get('VERMILION_ORIGIN');
  // Made of a bad PORT it would only be complained about a second time.
  const own = `http://${host === '0.0.0.0' ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${portIsGood ? port : 0}`;
  const origin = (given ?? own).replace(/\/+$/, '');
  if (given !== undefined && !isWebAddress(origin)) {
    problems.push(
      `VERMILION_ORIGIN 应为 http 或 https 网址，现为 ${origin}。VERMILION_ORIGIN must be an http or https address, found ${origin}.`,
    );
  }

  const databaseUrl = get('DATABASE_URL');
  if (databaseUrl !== undefined && !/^postgres(ql)?:/.test(databaseUrl)) {
    problems.push('DATABASE_URL 应以 postgresql:// 开头。DATABASE_URL must begin with postgresql://.');
  }
  const before = problems.length;
  const sealPassphrase = secret(environment, 'VERMILION_SEAL_PASSPHRASE', problems);
  const unusable = problems.length > before;
  const keyRingPassphrase = secret(environment, 'VERMILION_KEY_RING_PASSPHRASE', problems);
  if (mode === 'production') {
    if (!databaseUrl)
      problems.push(
        '正式模式须设置 DATABASE_URL（内嵌数据库仅供试用）。Production needs DATABASE_URL (the embedded database is for trying out).',
      );
    if (!sealPassphrase && !unusable)
      problems.push(
        '正式模式须设置 VERMILION_SEAL_PASSPHRASE 或 VERMILION_SEAL_PASSPHRASE_FILE。Production needs VERMILION_SEAL_PASSPHRASE or VERMILION_SEAL_PASSPHRASE_FILE.',
      );
    if (given === undefined)
      problems.push(
        '正式模式须设置 VERMILION_ORIGIN（印在文书上的核验网址）。Production needs VERMILION_ORIGIN, the address printed into documents.',
      );
  }
  const dataDirectory = resolve(get('VERMILION_DATA') ?? 'data');
  const fangsong = get('VERMILION_FONT_FANGSONG');
  const kaiti = get('VERMILION_FONT_KAITI');
  const rare = list(get('VERMILION_FONT_RARE'));
  if (problems.length > 0) throw new ConfigProblem(problems);

  return Object.freeze({
    mode,
    host,
    port,
    origin,
    databaseUrl,
    dataDirectory,
    sealDirectory: resolve(get('VERMILION_SEALS') ?? 'certs'),
    sealPassphrase,
    keyRingFile: resolve(get('VERMILION_KEY_RING') ?? `${dataDirectory}/key-ring.json`),
    keyRingPassphrase,
    corsOrigins: list(get('VERMILION_CORS_ORIGINS')),
    graphiql: mode === 'trial' || get('VERMILION_GRAPHIQL') === 'on',
    fonts: { ...(fangsong ? { fangsong } : {}), ...(kaiti ? { kaiti } : {}), ...(rare.length > 0 ? { rare } : {}) },
  });
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}

/** A secret comes from the variable itself or from the file named by `<name>_FILE`, which others must not be able to read. */
function secret(environment: Environment, name: string, problems: string[]): string | undefined {
  const file = environment[`${name}_FILE`]?.trim();
  if (!file) return environment[name] || undefined;
  try {
    if (isOpenToOthers(file)) {
      problems.push(
        `${name}_FILE 所指文件可被其他用户读取，已拒绝使用，请将权限改为 0600：${file}。Other users can read the file named by ${name}_FILE, so it was refused; set its permissions to 0600: ${file}.`,
      );
      return undefined;
    }
    return readFileSync(file, 'utf8').trimEnd() || undefined;
  } catch {
    problems.push(`${name}_FILE 所指文件无法读取：${file}。The file named by ${name}_FILE cannot be read: ${file}.`);
    return undefined;
  }
}

function list(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}
