// `serve` when its address cannot be had: one sentence, exit code 1, nothing left open.
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { listen } from '../../src/commands/serve.ts';
import { laySeals } from '../support/seal-directory.ts';
import { run } from './child.ts';

const directory = mkdtempSync(join(tmpdir(), 'vermilion-serve-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('a port in use is told in one sentence, and the process ends and gives the database back', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address ? String(address.port) : '';
  try {
    await laySeals(join(directory, 'seals'));
    const { code, err } = await run(['serve'], {
      PORT: port,
      VERMILION_DATA: join(directory, 'data'),
      VERMILION_SEALS: join(directory, 'seals'),
    });
    expect(err).toContain(`端口 ${port}（127.0.0.1）已被其他程序占用`);
    expect(err).toContain(`Port ${port} on 127.0.0.1 is in use`);
    expect(err).not.toMatch(/^ {4}at /m);
    expect(code).toBe(1);
    expect(existsSync(join(directory, 'data', 'postgres.lock'))).toBe(false);
  } finally {
    other.close();
  }
});

test('an address that is not of this machine is told with HOST', async () => {
  // 192.0.2.0/24 is for documentation (RFC 5737): no machine has it.
  await expect(listen(createServer(), 0, '192.0.2.1')).rejects.toThrow(/HOST/);
});
