// The key file: made once, never readable by others, and every way in which it can be wrong stops the start.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createKeyFile } from '../../src/secrecy/key-file.ts';
import { loadKeyRing, newKeyRingContent } from '../../src/secrecy/key-ring.ts';
import { KEY_FILE_PROBLEMS, KeyFileProblem, type KeyFileProblemCode } from '../../src/secrecy/secret-problems.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'));
  path = join(folder, 'inner', 'keys.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

function expectProblem(code: KeyFileProblemCode, work: () => unknown): void {
  let caught: unknown;
  try {
    work();
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(KeyFileProblem);
  const { zh, en } = KEY_FILE_PROBLEMS[code];
  expect(caught).toMatchObject({ code, path, zh: `${zh}：${path}`, en: `${en}: ${path}` });
  const text = existsSync(path) && statSync(path).isFile() ? readFileSync(path, 'utf8') : '';
  for (const secret of text.match(/[\w-]{43}/g) ?? []) expect(inspect(caught)).not.toContain(secret);
}

const bytesOfRing = (ring: ReturnType<typeof loadKeyRing>): string[] => [
  ...ring.keyIds.map((id) => ring.fieldKey(id)?.export().toString('hex') ?? ''),
  ring.blindIndexKey.export().toString('hex'),
];

describe('R21.1 the key file', () => {
  test('is made on a first start with random keys, and the same keys are read on the second', () => {
    const first = loadKeyRing(path, { create: true });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'inner'))).toEqual(['keys.json']);
    const second = loadKeyRing(path, { create: false });
    expect(bytesOfRing(second)).toEqual(bytesOfRing(first));
    expect(new Set(bytesOfRing(first)).size).toBe(2);
  });

  test('that somebody else made in the meantime stays as it is', () => {
    const first = bytesOfRing(loadKeyRing(path, { create: true }));
    createKeyFile(path, newKeyRingContent());
    expect(bytesOfRing(loadKeyRing(path, { create: true }))).toEqual(first);
    expect(readdirSync(join(folder, 'inner'))).toEqual(['keys.json']);
  });

  test('that is missing is not made unasked', () => {
    expectProblem('missing', () => loadKeyRing(path, { create: false }));
    expect(existsSync(path)).toBe(false);
  });

  test.each([0o640, 0o604, 0o666, 0o620])('that others can open is refused: %o', (mode) => {
    loadKeyRing(path, { create: true });
    chmodSync(path, mode);
    expectProblem('open-to-others', () => loadKeyRing(path, { create: true }));
    chmodSync(path, 0o400);
    loadKeyRing(path, { create: true });
  });

  test('that is damaged is refused and never replaced', () => {
    loadKeyRing(path, { create: true });
    const text = readFileSync(path, 'utf8');
    const good = JSON.parse(text) as { format: string; content: ReturnType<typeof newKeyRingContent> };
    const { content } = good;
    const [key] = content.keys;
    const bad = [
      '',
      '{',
      'null',
      '[]',
      text.slice(0, -20),
      JSON.stringify({ ...good, format: 'other' }),
      JSON.stringify({ format: good.format }),
      ...[
        { ...content, current: 'none' },
        { ...content, keys: [] },
        { ...content, keys: [key, key] },
        { ...content, keys: [{ id: content.current, key: 'A'.repeat(43) }] },
        { ...content, keys: [{ id: content.current, key: 'short' }] },
        { ...content, keys: [{ id: 'a.b', key: key?.key }], current: 'a.b' },
        { ...content, keys: [null] },
        { ...content, blindIndexKey: key?.key },
        { current: content.current, keys: content.keys },
      ].map((changed) => JSON.stringify({ ...good, content: changed })),
    ];
    for (const written of bad) {
      writeFileSync(path, written);
      expectProblem('malformed', () => loadKeyRing(path, { create: true }));
      expect(readFileSync(path, 'utf8')).toBe(written);
    }
  });

  test('cannot be a directory, nor be made where a file is in the way', () => {
    mkdirSync(path, { recursive: true });
    expectProblem('unreadable', () => loadKeyRing(path, { create: true }));
    writeFileSync(join(folder, 'file'), '');
    path = join(folder, 'file', 'keys.json');
    expect(() => loadKeyRing(path, { create: true })).toThrow(KeyFileProblem);
  });
});

describe('F14 the passphrase of the key file', () => {
  test('wraps the keys; a wrong one, none, or one too many stops the start', () => {
    const ring = loadKeyRing(path, { create: true, passphrase: '学位 2026 春' });
    const text = readFileSync(path, 'utf8');
    for (const key of bytesOfRing(ring)) expect(text).not.toContain(Buffer.from(key, 'hex').toString('base64url'));
    expect(bytesOfRing(loadKeyRing(path, { create: false, passphrase: '学位 2026 春' }))).toEqual(bytesOfRing(ring));
    expectProblem('passphrase-wrong', () => loadKeyRing(path, { create: true, passphrase: '学位 2026 秋' }));
    expectProblem('passphrase-needed', () => loadKeyRing(path, { create: true }));
    writeFileSync(path, text.replace(/"box": "./, '"box": "_'));
    expectProblem('passphrase-wrong', () => loadKeyRing(path, { create: true, passphrase: '学位 2026 春' }));
    rmSync(path);
    loadKeyRing(path, { create: true });
    expectProblem('passphrase-unused', () => loadKeyRing(path, { create: true, passphrase: 'x' }));
  });
});
