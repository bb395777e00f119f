// Key files: ours and those of others open, what is none is refused in one clear sentence; the development authority makes them.
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeCertificate, makeDevelopmentAuthority, sealFileName } from '../../src/sealing/certificates.ts';
import { SealKeyProblem } from '../../src/sealing/problem.ts';
import { openPkcs12Signer } from '../../src/sealing/signer-pkcs12.ts';
import { judged, run } from '../support/outside.ts';
import {
  derOf,
  NOW,
  OFFICE,
  PASSPHRASE,
  PROVINCE,
  type TestAuthority,
  temporaryDirectory,
  testAuthority,
} from './seals.ts';

let authority: TestAuthority;
beforeAll(async () => {
  authority = await testAuthority();
});

async function problemOf(path: string, passphrase = PASSPHRASE): Promise<SealKeyProblem> {
  const error = await openPkcs12Signer({ id: OFFICE, path, passphrase }).then(
    () => new Error('it opened'),
    (problem: unknown) => problem,
  );
  if (!(error instanceof SealKeyProblem)) throw error;
  return error;
}

describe('a key file is refused with one clear sentence when', () => {
  it('it is not there', async () => {
    const problem = await problemOf(join(authority.directory, 'none.p12'));
    expect(problem.fault).toBe('missing');
    expect(problem.zh).toContain('找不到密钥文件');
    expect(problem.en).toContain('was not found');
  });

  it.skipIf(process.platform === 'win32').each([0o640, 0o604, 0o620, 0o601])(
    'others can reach it (mode %o)',
    async (mode) => {
      const path = join(await temporaryDirectory(), 'seal.p12');
      await writeFile(path, await readFile(join(authority.directory, sealFileName(OFFICE))));
      await chmod(path, mode);
      const problem = await problemOf(path);
      expect(problem.fault).toBe('permissions');
      expect(problem.zh).toContain('chmod 600');
      await chmod(path, 0o400);
      expect((await openPkcs12Signer({ id: OFFICE, path, passphrase: PASSPHRASE })).id).toBe(OFFICE);
    },
  );

  it('the passphrase is wrong, without showing either', async () => {
    const problem = await problemOf(join(authority.directory, sealFileName(OFFICE)), 'guess-4711');
    expect(problem.fault).toBe('passphrase');
    expect(JSON.stringify([problem.zh, problem.en, problem.message, problem.stack, problem.cause])).not.toMatch(
      /guess-4711|口令 passphrase/,
    );
  });

  it('it is something else, empty, cut off or altered', async () => {
    const path = join(await temporaryDirectory(), 'seal.p12');
    const whole = await readFile(join(authority.directory, sealFileName(OFFICE)));
    for (const content of [Buffer.from('not a key'), Buffer.alloc(0), whole.subarray(0, -9), Buffer.alloc(2 << 20)]) {
      await writeFile(path, content, { mode: 0o600 });
      expect((await problemOf(path)).fault).toBe('format');
    }
    const altered = Buffer.from(whole);
    altered[200] = (altered[200] ?? 0) ^ 1;
    await writeFile(path, altered, { mode: 0o600 });
    expect(['format', 'passphrase']).toContain((await problemOf(path)).fault);
  });
});

describe('key files of others', () => {
  judged('openssl', 'made by OpenSSL open, in the modern and the old encryption', async () => {
    const directory = await temporaryDirectory();
    const at = (name: string) => join(directory, name);
    const made = run('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:3072',
      '-nodes',
      '-subj',
      '/CN=Seal',
      '-keyout',
      at('k.pem'),
      '-out',
      at('c.pem'),
    ]);
    expect(made.status, made.stderr).toBe(0);
    for (const extra of [
      [],
      ['-legacy'],
      ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
      ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-256-CBC', '-macalg', 'sha512'],
    ]) {
      const path = at('s.p12');
      const args = [
        'pkcs12',
        '-export',
        '-inkey',
        at('k.pem'),
        '-in',
        at('c.pem'),
        '-out',
        path,
        '-passout',
        'pass:secret',
        ...extra,
      ];
      const exported = run('openssl', args);
      expect(exported.status, exported.stderr).toBe(0);
      await chmod(path, 0o600);
      const signer = await openPkcs12Signer({ id: 'x', path, passphrase: 'secret' });
      expect(signer.algorithm).toBe('rsa-3072-sha256');
      expect(signer.chain).toEqual([]);
    }
    const small = run('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:1024',
      '-nodes',
      '-subj',
      '/CN=Seal',
      '-keyout',
      at('k.pem'),
      '-out',
      at('c.pem'),
    ]);
    expect(small.status, small.stderr).toBe(0);
    run('openssl', [
      'pkcs12',
      '-export',
      '-inkey',
      at('k.pem'),
      '-in',
      at('c.pem'),
      '-out',
      at('w.p12'),
      '-passout',
      'pass:secret',
    ]);
    await chmod(at('w.p12'), 0o600);
    expect((await problemOf(at('w.p12'), 'secret')).fault).toBe('algorithm');
  });

  it('with indefinite lengths (BER, as some Java tools write them) open', async () => {
    const path = join(await temporaryDirectory(), 'seal.p12');
    const whole = await readFile(join(authority.directory, sealFileName(OFFICE)));
    expect([...whole.subarray(0, 2)]).toEqual([0x30, 0x82]);
    const indefinite = Buffer.concat([Buffer.of(0x30, 0x80), whole.subarray(4), Buffer.of(0, 0)]);
    await writeFile(path, indefinite, { mode: 0o600 });
    expect((await openPkcs12Signer({ id: OFFICE, path, passphrase: PASSPHRASE })).certificate).toEqual(
      authority.office.certificate,
    );
  });

  judged('openssl', 'ours open in OpenSSL', () => {
    const read = run('openssl', [
      'pkcs12',
      '-in',
      join(authority.directory, sealFileName(OFFICE)),
      '-passin',
      `pass:${PASSPHRASE}`,
      '-nodes',
    ]);
    expect(read.status, read.stderr).toBe(0);
    expect(read.stdout).toContain('BEGIN PRIVATE KEY');
  });
});

describe('the development authority', () => {
  it('says DEMO, names the seal, and covers three years back and ten ahead', () => {
    const described = describeCertificate(authority.office.certificate);
    expect(described.demo).toBe(true);
    expect(described.subject).toBe(`CN=聊城大学学位评定委员会办公室,UID=${OFFICE},OU=DEMO,O=聊城大学,C=CN`);
    expect(described.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(described.notBefore).toEqual(new Date('2023-06-30T08:00:00Z'));
    expect(described.notAfter).toEqual(new Date('2036-06-30T08:00:00Z'));
    expect(authority.office.chain).toHaveLength(1);
  });

  it.skipIf(process.platform === 'win32')('writes keys for the owner only and leaves nothing half done', async () => {
    const names = await readdir(authority.directory);
    expect(names.sort()).toEqual(
      [
        sealFileName(OFFICE),
        sealFileName(PROVINCE),
        'crl.pem',
        'issuing-authority.p12',
        'issuing.pem',
        'root.pem',
      ].sort(),
    );
    for (const name of names.filter((one) => one.endsWith('.p12'))) {
      expect((await stat(join(authority.directory, name))).mode & 0o777).toBe(0o600);
    }
  });

  it('adds what is missing and replaces nothing, even when started twice at once', async () => {
    const directory = await temporaryDirectory();
    const seal = (id: string) => ({ id, commonName: id, organization: 'O' });
    const make = (ids: string[]) =>
      makeDevelopmentAuthority({
        directory,
        seals: ids.map(seal),
        passphrase: PASSPHRASE,
        now: NOW,
        algorithm: 'ecdsa-p256-sha256',
      });
    await Promise.all([make(['a/1']), make(['a/1'])]);
    const before = new Map(
      await Promise.all(
        (await readdir(directory)).map(async (name) => [name, await readFile(join(directory, name))] as const),
      ),
    );
    await make(['a/1', 'b/2']);
    for (const [name, content] of before) expect(await readFile(join(directory, name))).toEqual(content);
    const [root] = derOf(await readFile(join(directory, 'root.pem'), 'latin1'));
    const added = await openPkcs12Signer({ id: 'b/2', path: join(directory, 'b-2.p12'), passphrase: PASSPHRASE });
    expect(describeCertificate(added.chain[0] ?? new Uint8Array()).issuer).toBe(
      describeCertificate(root ?? new Uint8Array()).subject,
    );
    await expect(make(['a/1', 'a-1'])).rejects.toThrow(RangeError);
  });

  it('refuses to go on under another passphrase', async () => {
    const { directory } = authority;
    await expect(
      makeDevelopmentAuthority({ directory, seals: [], passphrase: 'other', now: NOW }),
    ).rejects.toMatchObject({ fault: 'passphrase' });
  });

  judged('openssl', 'is accepted by openssl verify with its revocation lists', async () => {
    const path = join(authority.directory, 'seal.der');
    await writeFile(path, authority.office.certificate);
    const at = (name: string) => join(authority.directory, name);
    const verified = run('openssl', [
      'verify',
      '-x509_strict',
      '-crl_check_all',
      '-CRLfile',
      at('crl.pem'),
      '-CAfile',
      at('root.pem'),
      '-untrusted',
      at('issuing.pem'),
      path,
    ]);
    expect(verified.stderr + verified.stdout).toContain('OK');
    expect(verified.status).toBe(0);
  });
});
