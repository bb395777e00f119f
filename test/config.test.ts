// The configuration: every wrong setting told once, in Chinese and English, and no secret in any sentence.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigProblem, readConfig } from '../src/config.ts';
import { keptPassphrase } from '../src/trial/prepare.ts';

const directory = mkdtempSync(join(tmpdir(), 'vermilion-config-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const SECRET = 'heron over still water';
function secretFile(mode: number, content = SECRET): string {
  const file = join(directory, `passphrase-${mode.toString(8)}-${content.length}`);
  writeFileSync(file, content);
  chmodSync(file, mode);
  return file;
}

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigProblem) return error.problems;
    throw error;
  }
}

describe('the public address', () => {
  test.each(['abc', '-1', '65536', '80.5'])('is not complained about when PORT=%s is what is wrong', (PORT) => {
    const problems = problemsOf({ PORT });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('PORT');
  });

  test.each(['degrees.example', 'ftp://degrees.example', 'javascript:alert(1)', 'localhost:4000'])(
    'must be http or https: %s',
    (VERMILION_ORIGIN) => {
      const problems = problemsOf({ VERMILION_ORIGIN });
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain('VERMILION_ORIGIN');
    },
  );

  test.each([
    ['https://degrees.example/', 'https://degrees.example'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ])('%s is printed as %s', (VERMILION_ORIGIN, origin) => {
    expect(readConfig({ VERMILION_ORIGIN }).origin).toBe(origin);
  });
});

describe('the passphrase of the seals', () => {
  const production = {
    VERMILION_MODE: 'production',
    DATABASE_URL: 'postgresql://localhost/vermilion',
    VERMILION_ORIGIN: 'https://degrees.example',
  };

  test.skipIf(process.platform === 'win32').each([0o640, 0o604, 0o620, 0o666])(
    'in a file that others can open is refused: %o',
    (mode) => {
      const file = secretFile(mode);
      const problems = problemsOf({ ...production, VERMILION_SEAL_PASSPHRASE_FILE: file });
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain(file);
      expect(problems[0]).not.toContain(SECRET);
    },
  );

  test('in a private file is read', () => {
    const file = secretFile(0o600, `${SECRET}\n`);
    expect(readConfig({ ...production, VERMILION_SEAL_PASSPHRASE_FILE: file }).sealPassphrase).toBe(SECRET);
  });

  test.each([secretFile(0o600, '\n'), join(directory, 'nowhere')])('that is not there is told once: %s', (file) => {
    expect(problemsOf({ ...production, VERMILION_SEAL_PASSPHRASE_FILE: file })).toHaveLength(1);
  });

  test.skipIf(process.platform === 'win32')('of trial mode is refused when others can open its file', async () => {
    const file = join(directory, 'passphrase');
    const made = await keptPassphrase(file);
    expect(await keptPassphrase(file)).toBe(made);
    chmodSync(file, 0o644);
    const refused = await keptPassphrase(file).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'PassphraseProblem' });
    expect(String(refused)).toContain(file);
    expect(String(refused)).not.toContain(made);
  });
});
