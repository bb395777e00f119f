// The command `verify`: what it says first, its exit codes, and that no list and no root that was named is passed over in silence.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { verifyFile } from '../../src/commands/verify.ts';
import { verifyFolder } from '../../src/commands/verify-folder.ts';
import { writeRevocationList } from '../../src/sealing/certificate-write.ts';
import { openKeyFile } from '../../src/sealing/key-file.ts';
import { sealPdf } from '../../src/sealing/pdf.ts';
import { NOW, PASSPHRASE, type TestAuthority, temporaryDirectory, testAuthority } from '../sealing/seals.ts';
import { tinyObjects, writePdf } from '../sealing/tiny-pdf.ts';

let own: TestAuthority;
let other: TestAuthority;
let folder: string;
let pdf: string;
let ended: string;
const of = (authority: TestAuthority, name: string) => join(authority.directory, name);
const file = async (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
beforeAll(async () => {
  [own, other, folder] = await Promise.all([testAuthority(), testAuthority(), temporaryDirectory()]);
  pdf = await file('ok.pdf', await sealPdf(writePdf(tinyObjects()), own.office, { at: NOW }));
  const { own: certificate, key } = await openKeyFile({
    ...{ id: 'authority', path: of(own, 'issuing-authority.p12'), passphrase: PASSPHRASE },
  });
  const list = await writeRevocationList({
    issuer: { subject: Buffer.from(certificate.subject.raw), key },
    thisUpdate: new Date('2026-05-01T00:00:00Z'),
    nextUpdate: new Date('2026-06-01T00:00:00Z'),
    number: 2,
    revoked: [],
  });
  ended = await file('ended.crl', list);
});
afterEach(() => vi.restoreAllMocks());

async function ran(command: (args: string[]) => Promise<number>, ...args: string[]) {
  const said: string[] = [];
  const told: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line) => void said.push(String(line)));
  vi.spyOn(console, 'error').mockImplementation((line) => void told.push(String(line)));
  const code = await command(args);
  return {
    code,
    out: said.join('\n'),
    err: told.join('\n'),
    first: said.join('\n').split('\n').slice(0, 2).join('\n'),
  };
}
const verify = (...args: string[]) => ran(verifyFile, '--root', of(own, 'root.pem'), ...args);
const SHOWN =
  /吊销未能检查.*--crl.*\n.*Valid as far as shown; whether a seal was revoked could not be checked: give --crl/;

describe('revocation', () => {
  test('with the list of the authority is checked', async () => {
    const { code, first } = await verify(pdf, '--crl', of(own, 'crl.pem'), '--require-revocation');
    expect(first).toMatch(/可以采信.*\n.*It can be relied on/);
    expect(code).toBe(0);
  });

  test('not checked is what the answer says first, and is an exit code when it is required', async () => {
    const { code, first } = await verify(pdf);
    expect(first).toMatch(SHOWN);
    expect(code).toBe(0);
    const { zh, en } = JSON.parse((await verify(pdf, '--json')).out);
    expect(`${zh}\n${en}`).toMatch(SHOWN);
    const required = await verify(pdf, '--require-revocation');
    expect(required.first).toMatch(/请勿采信.*\n.*Revocation had to be checked/);
    expect(required.code).toBe(1);
  });

  test('a list of another authority clears nothing', async () => {
    const { code, first, out } = await verify(pdf, '--crl', of(other, 'crl.pem'));
    expect(first).toMatch(/不适用.*\n.*speaks of none of these seals/);
    expect(out).toContain('✗ revocation-demand');
    expect(code).toBe(1);
    expect((await verify(pdf, '--crl', of(other, 'crl.pem'), '--crl', of(own, 'crl.pem'))).code).toBe(0);
  });

  test('a list that ended before the sealing clears nothing', async () => {
    const { code, out } = await verify(pdf, '--crl', ended);
    expect(out).toContain('✓ chain');
    expect(out).toContain('✗ revocation-demand');
    expect(code).toBe(1);
  });
});

describe('a file that is not what it was named as', () => {
  const named = async (content: string | Uint8Array) => file('named.pem', content);
  const KEY = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n';

  test('is no list, and says what it is', async () => {
    const some: [string, string][] = [
      [await readFile(of(own, 'root.pem'), 'utf8'), '其中是证书。'],
      [KEY, 'it holds a private key.'],
      ['', '其中是空文件。'],
      ['hello', 'no certificate and no list'],
      ['-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n', 'a revocation list that cannot be read'],
    ];
    for (const [content, said] of some) {
      const { code, err, out } = await verify(pdf, '--crl', await named(content));
      expect(err).toContain('Cannot read a revocation list from');
      expect(err).toContain(said);
      expect([code, out]).toEqual([2, '']);
    }
  });

  test('is no root, and says what it is', async () => {
    const some: [string, string][] = [
      [await readFile(of(own, 'crl.pem'), 'utf8'), '其中是吊销列表。'],
      [KEY, '其中是私钥。'],
    ];
    for (const [content, said] of some) {
      for (const [command, ...more] of [[verifyFile, pdf] as const, [verifyFolder] as const]) {
        const { code, err } = await ran(command, '--root', await named(content), ...more);
        expect(err).toContain('Cannot read a root certificate from');
        expect(err).toContain(said);
        expect(code).toBe(2);
      }
    }
  });

  test('in DER is read as well', async () => {
    const root = await file('root.der', own.root);
    const lists = await Promise.all(own.crls.map((der, at) => file(`list-${at}.crl`, der)));
    const { code } = await ran(verifyFile, '--root', root, ...lists.flatMap((list) => ['--crl', list]), pdf);
    expect(code).toBe(0);
  });
});

describe('--json', () => {
  test('gives one object for one file, also for one that cannot be read', async () => {
    expect(JSON.parse((await verify(pdf, '--json')).out)).toMatchObject({
      file: pdf,
      readable: true,
      verdict: 'valid',
    });
    const none = await verify(join(folder, 'none.pdf'), '--json');
    expect(JSON.parse(none.out)).toMatchObject({ readable: false, verdict: 'unreadable' });
    expect(none.code).toBe(2);
  });

  test('gives one array for several files, an entry for each in their order', async () => {
    const files = [join(folder, 'none.pdf'), pdf, await file('odd.json', '{}'), folder];
    const { code, out } = await verify('--json', ...files);
    const answers = JSON.parse(out) as { file: string; readable: boolean; zh: string; en: string }[];
    expect(answers.map((answer) => [answer.file, answer.readable])).toEqual(files.map((one) => [one, one === pdf]));
    expect(answers[0]?.en).toContain('Cannot read');
    expect(answers[2]?.zh).toContain('无法验证');
    expect(code).toBe(2);
    expect((await verify('--help')).out).toContain('one array with an entry for each');
  });
});
