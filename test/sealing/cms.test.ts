// A detached seal: made by the book, believed by openssl, and not believed where anything differs.
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { sealDetached } from '../../src/sealing/cms.ts';
import type { SealSigner } from '../../src/sealing/signer.ts';
import { checkSeal, readTrust } from '../../src/sealing/verify/seal-checks.ts';
import { judged, run } from '../support/outside.ts';
import { flipped, NOW, type TestAuthority, temporaryDirectory, testAuthority } from './seals.ts';

const CONTENT = Buffer.from('学位授予信息 statement');

let ecdsa: TestAuthority;
let rsa: TestAuthority;
beforeAll(async () => {
  [ecdsa, rsa] = await Promise.all([testAuthority(), testAuthority('rsa-3072-sha256')]);
});

async function outcomes(
  authority: TestAuthority,
  seal: Uint8Array,
  content: Uint8Array = CONTENT,
  at = NOW,
): Promise<Record<string, string>> {
  const trust = readTrust({ roots: [authority.root], crls: authority.crls });
  const { checks } = await checkSeal('', seal, content, trust, at);
  return Object.fromEntries(checks.map((one) => [one.name, one.outcome]));
}

const GOOD = {
  intact: 'passed',
  signature: 'passed',
  'signing-certificate': 'passed',
  chain: 'passed',
  revocation: 'passed',
};

describe.each(['ecdsa-p256-sha256', 'rsa-3072-sha256'])('a detached seal (%s)', (name) => {
  const authority = () => (name === 'rsa-3072-sha256' ? rsa : ecdsa);
  const signer = (): SealSigner => authority().office;

  it('is good to our verifier', async () => {
    expect(await outcomes(authority(), await sealDetached(signer(), CONTENT))).toEqual(GOOD);
  });

  it('is the same over content and over its digest', async () => {
    const digest = createHash('sha256').update(CONTENT).digest();
    expect(await outcomes(authority(), await sealDetached(signer(), digest, { contentIsDigest: true }))).toEqual(GOOD);
    await expect(sealDetached(signer(), CONTENT, { contentIsDigest: true })).rejects.toThrow(RangeError);
  });

  it('fits in the room that a PDF reserves', async () => {
    expect((await sealDetached(signer(), CONTENT)).length).toBeLessThan(8192);
  });

  judged('openssl', 'is accepted by openssl cms -verify -cades', async () => {
    const directory = await temporaryDirectory();
    const [seal, content, other] = ['seal.der', 'content', 'other'].map((file) => join(directory, file)) as [
      string,
      string,
      string,
    ];
    await writeFile(seal, await sealDetached(signer(), CONTENT));
    await writeFile(content, CONTENT);
    await writeFile(other, flipped(CONTENT, 3));
    const verify = (file: string) =>
      run('openssl', [
        'cms',
        '-verify',
        '-cades',
        '-binary',
        '-x509_strict',
        '-inform',
        'DER',
        '-in',
        seal,
        '-content',
        file,
        '-CAfile',
        join(authority().directory, 'root.pem'),
      ]);
    expect(verify(content).stderr).toContain('CAdES Verification successful');
    expect(verify(content).status).toBe(0);
    expect(verify(other).status).not.toBe(0);
  });
});

describe('a seal', () => {
  it('is refused outside the validity of its certificate', async () => {
    const { office } = ecdsa;
    await expect(sealDetached(office, CONTENT, { at: new Date('2037-01-01T00:00:00Z') })).rejects.toMatchObject({
      fault: 'validity',
    });
    await expect(sealDetached(office, CONTENT, { at: new Date('2023-06-30T07:59:59Z') })).rejects.toMatchObject({
      fault: 'validity',
    });
    expect((await sealDetached(office, CONTENT, { at: NOW })).length).toBeGreaterThan(500);
  });

  it('is made many at once without mixing them up', async () => {
    const seals = await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        const content = Buffer.from(`statement ${i}`);
        return outcomes(ecdsa, await sealDetached(i % 2 ? ecdsa.office : ecdsa.province, content), content);
      }),
    );
    for (const seal of seals) expect(seal).toEqual(GOOD);
  });

  it('fails over other content, and only its "intact"', async () => {
    const seal = await sealDetached(ecdsa.office, CONTENT);
    expect(await outcomes(ecdsa, seal, flipped(CONTENT, 0))).toEqual({ ...GOOD, intact: 'failed' });
  });

  it('fails at another time and under another root', async () => {
    const seal = await sealDetached(ecdsa.office, CONTENT);
    expect(await outcomes(ecdsa, seal, CONTENT, new Date('2040-01-01T00:00:00Z'))).toMatchObject({
      chain: 'failed',
      revocation: 'not-checked',
    });
    expect(await outcomes(rsa, seal)).toMatchObject({ signature: 'passed', chain: 'failed' });
  });

  it('never passes with any one byte changed, and never throws', async () => {
    const seal = await sealDetached(ecdsa.office, CONTENT);
    const survivors: number[] = [];
    for (let at = 0; at < seal.length; at += 1) {
      const found = await outcomes(ecdsa, flipped(seal, at));
      if (['intact', 'signature', 'signing-certificate', 'chain'].every((name) => found[name] === 'passed'))
        survivors.push(at);
    }
    expect(survivors).toEqual([]);
  });

  it('is no seal when it is garbage', async () => {
    for (const bytes of [
      new Uint8Array(),
      Buffer.from('30', 'hex'),
      Buffer.from('3080', 'hex'),
      Buffer.alloc(4000, 0x30),
    ]) {
      expect(await outcomes(ecdsa, bytes)).toMatchObject({
        intact: 'failed',
        signature: 'failed',
        chain: 'not-checked',
      });
    }
  });
});
