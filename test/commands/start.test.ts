// A start that cannot go on says why in one Chinese and one English sentence, and never works around it.
import { chmodSync, cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Config, readConfig } from '../../src/config.ts';
import { trustFile } from '../../src/http/trust.ts';
import { setUp } from '../../src/procedures/offices/set-up.ts';
import { sealFileName } from '../../src/sealing/certificates.ts';
import { loadKeyRing } from '../../src/secrecy/key-ring.ts';
import { openDatabase } from '../../src/store/database/connect.ts';
import { migrate } from '../../src/store/database/migrate.ts';
import { SAMPLE } from '../../src/trial/sample-institutions.ts';
import { checkHolders, openWorld } from '../../src/world.ts';
import { namelessSeals, OFFICE, PASSPHRASE, testAuthority } from '../sealing/seals.ts';
import { MIGRATIONS } from '../support/database.ts';
import { ownDatabase } from '../support/own-postgres.ts';

const directory = mkdtempSync(join(tmpdir(), 'vermilion-start-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const aFile = join(directory, 'a-file');
writeFileSync(aFile, '');

async function told(work: Promise<unknown>): Promise<{ name: string; text: string }> {
  const error = await work.then(
    () => null,
    (problem: unknown) => problem,
  );
  if (!(error instanceof Error)) throw new Error('nothing was refused');
  const { zh = '', en = '' } = error as { zh?: string; en?: string };
  return { name: error.name, text: `${zh} ${en} ${error.message}` };
}

describe('the root certificate that others check our seals with', () => {
  test.each(['', 'no certificate'])('must be there in production: %j', async (content) => {
    const seals = mkdtempSync(join(directory, 'seals-'));
    if (content) writeFileSync(join(seals, 'root.pem'), content);
    const config = readConfig({
      VERMILION_MODE: 'production',
      DATABASE_URL: 'postgresql://127.0.0.1:1/none',
      VERMILION_ORIGIN: 'https://degrees.example',
      VERMILION_SEAL_PASSPHRASE: 'heron over still water',
      VERMILION_SEALS: seals,
    });
    const { name, text } = await told(openWorld(config));
    expect(name).toBe('StartProblem');
    expect(text).toContain(`缺少根证书文件 ${join(seals, 'root.pem')}`);
    expect(text).toContain('root certificate');
  });

  test('is never answered with nothing', () => {
    const world = { trust: { rootPem: '', crlPem: '' } };
    expect(trustFile(world, '/trust/root.pem')).toBeNull();
    expect(trustFile(world, '/trust/crl.pem')).toBeNull();
  });
});

describe('the certificate of a seal', () => {
  const id = '10447/degree-office';
  const name = '聊城大学学位评定委员会办公室';

  test('names its office by UID, or by O or CN when it has no UID', async () => {
    const { office } = await testAuthority();
    const { issue } = await namelessSeals();
    const seals = [office, await issue({ O: name }), await issue({ O: '聊城大学', CN: name })];
    for (const { certificate } of seals) checkHolders([{ id, name, path: 'a.p12', certificate }]);
  });

  test('of somebody else is refused, also when only the UID is wrong', async () => {
    const { province } = await testAuthority();
    const { issue } = await namelessSeals();
    for (const { certificate } of [province, await issue({ O: '聊城大学' })]) {
      expect(() => checkHolders([{ id, name, path: 'a.p12', certificate }])).toThrow(/a\.p12.*不属于.*is not that of/s);
    }
  });

  test('serves one office only', async () => {
    const { certificate } = await (await namelessSeals()).issue({ O: name, CN: '聊城大学研究生处' });
    const other = { id: '10447/graduate-office', name: '聊城大学研究生处', path: 'b.p12', certificate };
    expect(() => checkHolders([{ id, name, path: 'a.p12', certificate }, other])).toThrow(/同一张.*same certificate/s);
  });
});

describe('directories that cannot be used', () => {
  test.each([aFile, join(aFile, 'below')])('the data directory is told: %s', async (dataDirectory) => {
    const { name, text } = await told(openDatabase({ dataDirectory }));
    expect(name).toBe('DatabaseRefused');
    expect(text).toContain(`数据目录 ${dataDirectory}`);
    expect(text).toContain(`data directory ${dataDirectory}`);
  });

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'also one without permission to write',
    async () => {
      const dataDirectory = join(directory, 'locked');
      mkdirSync(dataDirectory);
      chmodSync(dataDirectory, 0o500);
      expect((await told(openDatabase({ dataDirectory }))).name).toBe('DatabaseRefused');
    },
  );
});

/** Configuration of a server in production, over the embedded database where no address is given. */
function production(directory: string, more: Partial<Config> = {}): Config {
  const config = readConfig({
    VERMILION_MODE: 'production',
    DATABASE_URL: 'postgresql://127.0.0.1:1/none',
    VERMILION_ORIGIN: 'https://degrees.example',
    VERMILION_SEAL_PASSPHRASE: PASSPHRASE,
    VERMILION_SEALS: directory,
    VERMILION_KEY_RING: join(directory, 'ring.json'),
  });
  return { ...config, ...more };
}

describe('keys and seals that cannot be used in production', () => {
  type Spoil = readonly [what: string, spoil: (place: string) => Partial<Config> | undefined, told: RegExp];
  const office = 'office.p12';
  const SPOILT: readonly Spoil[] = [
    [
      'a key ring that others can read',
      (at) => void chmodSync(join(at, 'ring.json'), 0o644),
      /密钥环文件可被其他用户读取.*Other users can read the key ring/,
    ],
    ['no key ring', (at) => void rmSync(join(at, 'ring.json')), /找不到密钥环文件.*The key ring is missing/],
    [
      'a key ring without keys',
      (at) => void writeFileSync(join(at, 'ring.json'), '{}'),
      /密钥环文件的内容不完整.*incomplete or malformed/,
    ],
    [
      'a seal that others can read',
      (at) => void chmodSync(join(at, office), 0o644),
      /权限为 0644，其他用户可以读取.*run chmod 600/,
    ],
    [
      'another passphrase',
      () => ({ sealPassphrase: 'another one' }),
      /口令不正确.*passphrase of the key file .* is wrong/,
    ],
    ['no root certificate', (at) => void rmSync(join(at, 'root.pem')), /缺少根证书文件.*root certificate/],
  ];
  let whole: string;
  beforeAll(async () => {
    const authority = await testAuthority();
    whole = authority.directory;
    renameSync(join(whole, sealFileName(OFFICE)), join(whole, office));
    loadKeyRing(join(whole, 'ring.json'), { create: true });
  });
  const place = () => {
    const copy = mkdtempSync(join(directory, 'spoilt-'));
    // Permissions are copied, too.
    cpSync(whole, copy, { recursive: true });
    return copy;
  };

  test.each(SPOILT)('are told beside a database that cannot be reached: %s', async (_, spoil, told_) => {
    const at = place();
    const { text } = await told(openWorld(production(at, spoil(at) ?? {})));
    expect(text).toMatch(told_);
    expect(text).toMatch(/无法连接数据库.*Cannot connect to the database/);
  });

  test('are told all at once', async () => {
    const at = place();
    const wrong = Object.assign(
      {},
      ...SPOILT.filter(([what]) => !/no key ring|without/.test(what)).map(([, spoil]) => spoil(at)),
    );
    const { name, text } = await told(openWorld(production(at, wrong)));
    expect(name).toBe('StartProblem');
    for (const [what, , told_] of SPOILT) if (!/no key ring|without/.test(what)) expect(text).toMatch(told_);
    expect(text).not.toContain(PASSPHRASE);
  });

  test('are refused beside a database that answers, and nothing is migrated in it', async () => {
    const { url, drop } = await ownDatabase();
    const data = join(directory, 'answers');
    const answering = { databaseUrl: url, dataDirectory: data };
    try {
      for (const [what, spoil, told_] of SPOILT) {
        if (what === 'another passphrase') continue; // Whose seal it is the database says.
        const at = place();
        const { text } = await told(openWorld(production(at, { ...answering, ...spoil(at) })));
        expect(text).toMatch(told_);
        expect(text).not.toContain('Cannot connect');
      }
      const db = await openDatabase(url === undefined ? { dataDirectory: data } : { url });
      const { rows } = await db.pool.query("select to_regclass('_prisma_migrations') as there");
      await db.close();
      expect(rows).toEqual([{ there: null }]);
    } finally {
      await drop();
    }
  });
});

test('a lost key ring is not replaced beside sealed data, and a seal directory that is a file is told', async () => {
  const data = join(directory, 'data');
  const db = await openDatabase({ dataDirectory: data });
  await migrate(db, MIGRATIONS);
  await setUp(db, { ...SAMPLE, officers: [] }, () => '');
  const file = {
    institution: '10447',
    digest: 'a'.repeat(64),
    kind: 'file',
    createdAt: new Date(),
  };
  await db.prisma.storedFile.create({ data: { ...file, size: 0, bytes: new Uint8Array() } });
  await db.close();

  const config = readConfig({ VERMILION_DATA: data, VERMILION_SEALS: aFile });
  const lost = await told(openWorld(config));
  expect(lost.name).toBe('KeyFileProblem');
  expect(lost.text).toContain('The key ring is missing');
  expect(lost.text).toContain(config.keyRingFile);
  expect(lost.text).toContain('npm run command -- new-key-ring');

  loadKeyRing(config.keyRingFile, { create: true });
  const { name, text } = await told(openWorld(config));
  expect(name).toBe('StartProblem');
  expect(text).toContain(`印章目录 ${aFile}`);
  expect(text).toContain(`directory of the seals ${aFile}`);
});
