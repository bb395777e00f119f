// CMS seals per second on one core, beside what `openssl speed` signs on the same machine in the same run.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AlgorithmName } from '../src/sealing/algorithms.ts';
import { makeDevelopmentAuthority } from '../src/sealing/certificates.ts';
import { sealDetached } from '../src/sealing/cms.ts';
import { openPkcs12Signer } from '../src/sealing/signer-pkcs12.ts';
import { type Figure, seconds } from './table.ts';

const PEERS = { 'rsa-3072-sha256': 'rsa3072', 'ecdsa-p256-sha256': 'ecdsap256' } as const satisfies Record<
  AlgorithmName,
  string
>;
const COUNTS = { 'rsa-3072-sha256': 1_000, 'ecdsa-p256-sha256': 20_000 } as const;

/** One seal at a time, as a step makes it: one signature in flight, so the figure is of one core. */
export async function benchSeals(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const algorithm of ['rsa-3072-sha256', 'ecdsa-p256-sha256'] as const) {
    const directory = await mkdtemp(join(tmpdir(), 'bench-seals-'));
    const seals = [{ id: 'bench', commonName: 'bench', organization: 'bench' }];
    await makeDevelopmentAuthority({ directory, seals, passphrase: 'bench', now: new Date(), algorithm });
    const signer = await openPkcs12Signer({ id: 'bench', path: join(directory, 'bench.p12'), passphrase: 'bench' });
    const statement = Buffer.from('x'.repeat(700));
    for (let i = 0; i < 50; i++) await sealDetached(signer, statement);
    const count = COUNTS[algorithm];
    const took = await seconds(async () => {
      for (let i = 0; i < count; i++) await sealDetached(signer, statement);
    });
    const limit = opensslSignsPerSecond(PEERS[algorithm]);
    figures.push({
      what: `CMS seals (${algorithm})`,
      value: count / took,
      unit: '/s',
      limit: limit === null ? undefined : { what: 'openssl speed', value: limit },
    });
    await rm(directory, { recursive: true });
  }
  return figures;
}

/** Signatures per second of `openssl speed -seconds 3 <name>`; null where openssl is missing. */
function opensslSignsPerSecond(name: string): number | null {
  const { stdout, status } = spawnSync('openssl', ['speed', '-seconds', '3', '-mr', name], { encoding: 'utf8' });
  if (status !== 0) return null;
  // Rows are +F2:<index>:<bits>:<signing>:<verifying> (RSA) or +F4 (ECDSA): OpenSSL 3 gives operations per second, older ones seconds per operation.
  const row = stdout.split('\n').find((line) => /^\+F[24]:/.test(line));
  const figure = Number(row?.split(':')[3]);
  if (!Number.isFinite(figure) || figure <= 0) return null;
  return figure < 1 ? 1 / figure : figure;
}
