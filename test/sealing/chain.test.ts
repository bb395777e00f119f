// Certificate paths that must and must not be accepted (RFC 5280 section 6), made by hand with one thing wrong each.
import { createPublicKey, type KeyObject } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { ALGORITHMS } from '../../src/sealing/algorithms.ts';
import { spkiOf, writeName, writeRevocationList } from '../../src/sealing/certificate-write.ts';
import {
  bitString,
  boolean,
  explicit,
  integer,
  octetString,
  oid,
  sequence,
  time,
} from '../../src/sealing/der-write.ts';
import { buildChain } from '../../src/sealing/verify/chain.ts';
import { OID } from '../../src/sealing/verify/oids.ts';
import { readRevocationList, revocationOf } from '../../src/sealing/verify/revocation.ts';
import { verifySignature } from '../../src/sealing/verify/signature.ts';
import { type Certificate, readCertificate } from '../../src/sealing/verify/x509.ts';
import { flipped } from './seals.ts';

const ECDSA = ALGORITHMS['ecdsa-p256-sha256'];
const AT = new Date('2026-06-30T00:00:00Z');
const FROM = new Date('2026-01-01T00:00:00Z');
const UNTIL = new Date('2026-12-31T00:00:00Z');

type Extension = [oid: string, critical: boolean, value: Buffer];
const authority = (pathLength?: number): Extension => [
  OID.basicConstraints,
  true,
  sequence(boolean(true), ...(pathLength === undefined ? [] : [integer(pathLength)])),
];
const certSign: Extension = [OID.keyUsage, true, bitString(Uint8Array.of(0x06), 1)];
const sealing: Extension = [OID.keyUsage, true, bitString(Uint8Array.of(0xc0), 6)];

const name = (text: string) => writeName([[OID.commonName, text]]);
let serial = 1;

async function issue(parts: {
  subject: string;
  key: KeyObject;
  issuer: string;
  issuerKey: KeyObject;
  extensions: Extension[];
  from?: Date;
  until?: Date;
}): Promise<Certificate> {
  const { subject, key, issuer, issuerKey, extensions, from = FROM, until = UNTIL } = parts;
  const list = extensions.map(([type, critical, value]) =>
    sequence(oid(type), ...(critical ? [boolean(true)] : []), octetString(value)),
  );
  serial += 1;
  const body = sequence(
    explicit(0, integer(2)),
    integer(serial),
    ECDSA.signatureIdentifier,
    name(issuer),
    sequence(time(from), time(until)),
    name(subject),
    spkiOf(key),
    explicit(3, sequence(...list)),
  );
  return readCertificate(sequence(body, ECDSA.signatureIdentifier, bitString(await ECDSA.sign(issuerKey, body))));
}

let rootKey: KeyObject;
let middleKey: KeyObject;
let leafKey: KeyObject;
let root: Certificate;
let middle: Certificate;
let leaf: Certificate;

const makeMiddle = (extensions: Extension[], more: { from?: Date; until?: Date } = {}) =>
  issue({ subject: 'middle', key: middleKey, issuer: 'root', issuerKey: rootKey, extensions, ...more });
const makeLeaf = (extensions: Extension[], more: { from?: Date; until?: Date } = {}) =>
  issue({ subject: 'leaf', key: leafKey, issuer: 'middle', issuerKey: middleKey, extensions, ...more });

beforeAll(async () => {
  [rootKey, middleKey, leafKey] = (await Promise.all([1, 2, 3].map(() => ECDSA.generate()))) as [
    KeyObject,
    KeyObject,
    KeyObject,
  ];
  root = await issue({
    subject: 'root',
    key: rootKey,
    issuer: 'root',
    issuerKey: rootKey,
    extensions: [authority(), certSign],
  });
  middle = await makeMiddle([authority(0), certSign]);
  leaf = await makeLeaf([sealing]);
});

async function verdict(
  one: Certificate,
  others: Certificate[],
  roots: Certificate[] = [root],
  at = AT,
): Promise<string> {
  const result = await buildChain(one, others, roots, at);
  return 'path' in result ? `path of ${result.path.length}` : result.fault;
}

describe('a path is accepted', () => {
  it('from the seal through the issuing authority to the root', async () => {
    expect(await verdict(leaf, [middle])).toBe('path of 3');
  });

  it('with misleading material beside it', async () => {
    const namesake = await issue({
      subject: 'middle',
      key: leafKey,
      issuer: 'root',
      issuerKey: rootKey,
      extensions: [authority(0), certSign],
    });
    expect(await verdict(leaf, [namesake, leaf, root, middle])).toBe('path of 3');
  });

  it('with an extended key usage for documents, and on the first and last moment', async () => {
    const use: Extension = [OID.extendedKeyUsage, true, sequence(oid('1.3.6.1.5.5.7.3.36'))];
    expect(await verdict(await makeLeaf([sealing, use]), [middle])).toBe('path of 3');
    expect(await verdict(leaf, [middle], [root], FROM)).toBe('path of 3');
    expect(await verdict(leaf, [middle], [root], UNTIL)).toBe('path of 3');
  });
});

describe('a path is refused when', () => {
  it('no root is given, or another, or the issuing certificate is missing', async () => {
    const other = await issue({
      subject: 'root',
      key: leafKey,
      issuer: 'root',
      issuerKey: leafKey,
      extensions: [authority(), certSign],
    });
    expect(await verdict(leaf, [middle, root], [])).toBe('no-path');
    expect(await verdict(leaf, [middle, root], [other])).toBe('signature');
    expect(await verdict(leaf, [])).toBe('no-path');
  });

  it('the issuing certificate is given as the only anchor but the seal itself is', async () => {
    expect(await verdict(leaf, [middle], [leaf])).toBe('no-path');
    expect(await verdict(leaf, [], [middle])).toBe('path of 2');
  });

  it('any of its certificates is not in force', async () => {
    const late = { until: new Date('2026-06-29T23:59:59Z') };
    expect(await verdict(await makeLeaf([sealing], late), [middle])).toBe('validity');
    expect(await verdict(leaf, [await makeMiddle([authority(0), certSign], late)])).toBe('validity');
    expect(await verdict(leaf, [middle], [root], new Date('2025-12-31T23:59:59Z'))).toBe('validity');
  });

  it('an issuer is no authority', async () => {
    expect(await verdict(leaf, [await makeMiddle([certSign])])).toBe('not-an-authority');
    expect(await verdict(leaf, [await makeMiddle([[OID.basicConstraints, true, sequence()], certSign])])).toBe(
      'not-an-authority',
    );
  });

  it('an issuer may not sign certificates', async () => {
    expect(await verdict(leaf, [await makeMiddle([authority(0), sealing])])).toBe('key-usage');
  });

  it('it is longer than an authority allows', async () => {
    const below = await issue({
      subject: 'below',
      key: leafKey,
      issuer: 'middle',
      issuerKey: middleKey,
      extensions: [authority(), certSign],
    });
    const deep = await issue({
      subject: 'deep',
      key: leafKey,
      issuer: 'below',
      issuerKey: leafKey,
      extensions: [sealing],
    });
    expect(await verdict(deep, [below, middle])).toBe('path-length');
    expect(await verdict(deep, [below, await makeMiddle([authority(1), certSign])])).toBe('path of 4');
  });

  it('a critical extension is not understood, or names are constrained', async () => {
    const unknown: Extension = ['1.2.3.4', true, sequence()];
    expect(await verdict(await makeLeaf([sealing, unknown]), [middle])).toBe('extension');
    expect(await verdict(leaf, [await makeMiddle([authority(0), certSign, unknown])])).toBe('extension');
    expect(
      await verdict(leaf, [await makeMiddle([authority(0), certSign, [OID.nameConstraints, false, sequence()]])]),
    ).toBe('extension');
    expect(await verdict(await makeLeaf([sealing, ['1.2.3.4', false, sequence()]]), [middle])).toBe('path of 3');
  });

  it('the certificate is not for sealing', async () => {
    const server: Extension = [OID.extendedKeyUsage, false, sequence(oid('1.3.6.1.5.5.7.3.1'))];
    expect(await verdict(await makeLeaf([sealing, server]), [middle])).toBe('not-for-seals');
    expect(await verdict(await makeLeaf([certSign]), [middle])).toBe('not-for-seals');
    expect(await verdict(await makeLeaf([authority(), sealing]), [middle])).toBe('not-for-seals');
  });

  it('a signature in it is altered', async () => {
    const altered = { ...leaf, signature: flipped(leaf.signature, 12) };
    expect(await verdict(altered, [middle])).toBe('signature');
  });

  it('an extension comes twice', async () => {
    await expect(makeLeaf([sealing, sealing])).rejects.toThrow('repeated extension');
  });

  it('certificates issue each other in a circle', async () => {
    const a = await issue({
      subject: 'a',
      key: middleKey,
      issuer: 'b',
      issuerKey: leafKey,
      extensions: [authority(), certSign],
    });
    const b = await issue({
      subject: 'b',
      key: leafKey,
      issuer: 'a',
      issuerKey: middleKey,
      extensions: [authority(), certSign],
    });
    const end = await issue({ subject: 'end', key: rootKey, issuer: 'a', issuerKey: middleKey, extensions: [sealing] });
    expect(await verdict(end, [a, b])).toBe('no-path');
  });
});

describe('revocation', () => {
  const list = async (
    revoked: { serial: string; at: Date; reason?: number }[],
    more: { by?: KeyObject; nextUpdate?: Date } = {},
  ) => {
    const issuer = { subject: name('middle'), key: more.by ?? middleKey };
    const der = await writeRevocationList({
      issuer,
      thisUpdate: FROM,
      nextUpdate: more.nextUpdate ?? UNTIL,
      number: 1,
      revoked,
    });
    const read = readRevocationList(der);
    if (!read) throw new Error('unreadable list');
    return read;
  };
  const state = async (lists: Awaited<ReturnType<typeof list>>[]) =>
    (await revocationOf([leaf, middle], lists, AT)).state;
  const before = new Date('2026-06-01T00:00:00Z');
  const after = new Date('2026-07-01T00:00:00Z');

  it('is clear, revoked or unchecked', async () => {
    expect(await state([])).toBe('unchecked');
    expect(await state([await list([])])).toBe('clear');
    expect(await state([await list([{ serial: 'ff', at: before }])])).toBe('clear');
    expect(await state([await list([{ serial: leaf.serial, at: before }])])).toBe('revoked');
  });

  it('after the sealing does not reach back, unless the key was stolen', async () => {
    expect(await state([await list([{ serial: leaf.serial, at: after, reason: 4 }])])).toBe('clear');
    expect(await state([await list([{ serial: leaf.serial, at: after, reason: 1 }])])).toBe('revoked');
    expect(await state([await list([{ serial: leaf.serial, at: before, reason: 8 }])])).toBe('clear');
  });

  it('is told only by a list of the issuer that was still good', async () => {
    expect(await state([await list([{ serial: leaf.serial, at: before }], { by: leafKey })])).toBe('unchecked');
    expect(await state([await list([], { nextUpdate: before })])).toBe('unchecked');
    expect(await state([await list([]), await list([{ serial: leaf.serial, at: before }])])).toBe('revoked');
  });
});

describe('a signature', () => {
  const data = Buffer.from('data');
  const algorithm = { oid: OID.ecdsaWithSha256, raw: new Uint8Array() };

  it('of another encoding, algorithm or key is none', async () => {
    const value = await ECDSA.sign(leafKey, data);
    const spki = spkiOf(leafKey);
    expect(await verifySignature({ algorithm, spki, data, value })).toBe(true);
    const bad = [
      { algorithm, spki, data, value: new Uint8Array() },
      { algorithm, spki, data, value: Buffer.concat([value, Buffer.of(0)]) },
      // r = s = 0 fits every message in careless verifiers.
      { algorithm, spki, data, value: sequence(integer(0), integer(0)) },
      { algorithm: { ...algorithm, oid: OID.sha256WithRsa }, spki, data, value },
      { algorithm: { ...algorithm, oid: '1.2.840.10045.4.1' }, spki, data, value },
      { algorithm, spki: spkiOf(middleKey), data, value },
      { algorithm, spki: new Uint8Array(), data, value },
    ];
    for (const one of bad) expect(await verifySignature(one)).toBe(false);
  });

  it('by a short RSA key is none', async () => {
    const { generateKeyPairSync, sign } = await import('node:crypto');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
    const rsa = { oid: OID.sha256WithRsa, raw: new Uint8Array() };
    expect(await verifySignature({ algorithm: rsa, spki, data, value: sign('sha256', data, privateKey) })).toBe(false);
  });
});
