// The only reader of process.env: a typed, frozen Config, or one clear list of what is wrong.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

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
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    problems.push(`PORT 应为 0–65535 的整数。PORT must be an integer from 0 to 65535, found ${get('PORT')}.`);
  }
  const origin = (get('VERMILION_ORIGIN') ?? `http://${host === '0.0.0.0' ? 'localhost' : host}:${port}`).replace(
    /\/+$/,
    '',
  );
  if (!URL.canParse(origin)) problems.push(`VERMILION_ORIGIN 不是网址。VERMILION_ORIGIN is not a URL: ${origin}.`);

  const databaseUrl = get('DATABASE_URL');
  if (databaseUrl !== undefined && !/^postgres(ql)?:/.test(databaseUrl)) {
    problems.push('DATABASE_URL 应以 postgresql:// 开头。DATABASE_URL must begin with postgresql://.');
  }
  const sealPassphrase = secret(environment, 'VERMILION_SEAL_PASSPHRASE', problems);
  if (mode === 'production') {
    if (!databaseUrl)
      problems.push(
        '正式模式须设置 DATABASE_URL（内嵌数据库仅供试用）。Production needs DATABASE_URL (the embedded database is for trying out).',
      );
    if (!sealPassphrase)
      problems.push(
        '正式模式须设置 VERMILION_SEAL_PASSPHRASE 或 VERMILION_SEAL_PASSPHRASE_FILE。Production needs VERMILION_SEAL_PASSPHRASE or VERMILION_SEAL_PASSPHRASE_FILE.',
      );
    if (!get('VERMILION_ORIGIN'))
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
    corsOrigins: list(get('VERMILION_CORS_ORIGINS')),
    graphiql: mode === 'trial' || get('VERMILION_GRAPHIQL') === 'on',
    fonts: { ...(fangsong ? { fangsong } : {}), ...(kaiti ? { kaiti } : {}), ...(rare.length > 0 ? { rare } : {}) },
  });
}

/** A secret comes from the variable itself or from the file named by `<name>_FILE`. */
function secret(environment: Environment, name: string, problems: string[]): string | undefined {
  const file = environment[`${name}_FILE`]?.trim();
  if (!file) return environment[name] || undefined;
  try {
    return readFileSync(file, 'utf8').trimEnd();
  } catch {
    problems.push(`${name}_FILE 所指文件无法读取。The file named by ${name}_FILE cannot be read: ${file}.`);
    return undefined;
  }
}

function list(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}
