// Article 12: what others say of an archive who know nothing of us: unzip, sha256sum, openssl, python3, and Node with the verifier that lies in it.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run as runCommand } from '../../commands/child.ts';
import { makeArchive } from '../../support/archives.ts';
import { collectedBatch } from '../../support/collected.ts';
import { judged, run } from '../../support/outside.ts';
import { bringTo } from '../../support/stages.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

const PASSPHRASE = 'a passphrase for the archive 档案';

let test: TestWorld;
let place: string;
let zip: string;
let root: string;
let identityNumber: string;
const unpacked = () => join(place, 'unpacked');

beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-23');
  const batch = await collectedBatch(test, 4);
  identityNumber = batch.fields[0]?.identityNumber ?? '';
  await bringTo(test, batch, 'reported');
  const made = await makeArchive(test, { batchId: batch.batchId, passphrase: PASSPHRASE });
  place = mkdtempSync(join(tmpdir(), 'vermilion-archive-'));
  zip = join(place, 'archive.zip');
  root = join(place, 'root.pem');
  writeFileSync(zip, made.zip);
  writeFileSync(root, test.root.pem);
  writeFileSync(join(place, 'passphrase'), `${PASSPHRASE}\n`);
});
afterAll(async () => {
  rmSync(place, { recursive: true, force: true });
  await test.close();
});

const sh = (command: string, ...args: string[]) => run('sh', ['-c', command, 'sh', ...args]);
const unpack = () => run('unzip', ['-qo', zip, '-d', unpacked()]);

describe('Article 12: an archive before other judges', () => {
  judged('unzip', 'unzip finds it whole', () => {
    expect(run('unzip', ['-tqq', zip]).status).toBe(0);
  });

  judged('sha256sum', 'sha256sum finds every file as its sums say', () => {
    unpack();
    const told = sh('cd "$1" && sha256sum -c --quiet SHA256SUMS', unpacked());
    expect(told.stderr + told.stdout).toBe('');
    expect(told.status).toBe(0);
  });

  judged('openssl', 'openssl believes every seal of a step, the export and the checkpoint', () => {
    unpack();
    const steps = readdirSync(join(unpacked(), 'steps')).filter((name) => name.endsWith('.json'));
    const sealed = [
      ...steps.map((name) => [`steps/${name}`, `steps/${name.replace('.json', '.p7s')}`]),
      ['proofs/export.json', 'proofs/export.p7s'],
      ['proofs/checkpoint.txt', 'proofs/checkpoint.p7s'],
    ];
    expect(sealed.length).toBeGreaterThan(6);
    for (const [content = '', seal = ''] of sealed) {
      const args = ['-in', join(unpacked(), seal), '-content', join(unpacked(), content), '-CAfile', root];
      const told = run('openssl', [
        ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-purpose', 'any', '-out', '/dev/null'],
        ...args,
      ]);
      expect(told.status, `${content}: ${told.stderr}`).toBe(0);
    }
  });

  judged('python3', 'python3 reads the ZIP, finds the sums right, and makes up the root of the log by itself', () => {
    const script = `
import sys, zipfile, json, hashlib, base64
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
h = lambda *p: hashlib.sha256(b''.join(p)).digest()
for line in z.read('SHA256SUMS').decode().splitlines():
    d, path = line.split('  ', 1)
    assert hashlib.sha256(z.read(path)).hexdigest() == d, path
log = json.loads(z.read('proofs/log.json'))
index = json.loads(z.read('index.json'))
leaves = [bytes.fromhex(x) for x in log['leaves']]
for s in index['steps']:
    text = z.read('steps/%08d.json' % s['index'])
    assert h(b'\\0', text) == leaves[s['index'] - log['first']]
assert log['first'] == 0 and not log['before'] and not log['after'] and len(leaves) == log['size']
def mth(d):
    if len(d) == 1: return d[0]
    k = 1
    while k * 2 < len(d): k *= 2
    return h(b'\\1', mth(d[:k]), mth(d[k:]))
root = z.read('proofs/checkpoint.txt').decode().split('\\n')[2]
assert base64.b64encode(mth(leaves)).decode() == root
export = json.loads(z.read('proofs/export.json'))
assert export['facts']['manifestDigest'] == hashlib.sha256(z.read('index.json')).hexdigest()
print('whole', len(index['records']))
`;
    const told = run('python3', ['-c', script, zip]);
    expect(told.stderr).toBe('');
    expect(told.stdout.trim()).toBe('whole 4');
  });

  judged('unzip', 'its own verifier finds it valid under plain Node, without packages, environment or network', () => {
    unpack();
    const verifier = readFileSync(join(unpacked(), 'verifier/verify.mjs'), 'utf8');
    expect(
      [...verifier.matchAll(/from "([^"]+)"/g)].map(([, from]) => from).every((from) => from?.startsWith('node:')),
    ).toBe(true);
    // Of others' work there is one package in it, with its licence.
    expect(verifier).toMatch(/^\/\/ @noble\/hashes \d+\.\d+\.\d+\n\/\/\n\/\/ The MIT License \(MIT\)\n/m);
    expect(verifier).toContain('// The above copyright notice and this permission notice shall be included in');
    expect(
      new Set([...verifier.matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)/gm)].map(([, name]) => name)),
    ).toEqual(new Set(['@noble/hashes']));
    const started = `cd "$1" && env -i ${process.execPath} verifier/verify.mjs --root ../root.pem --passphrase-file ../passphrase .`;
    const told = sh(started, unpacked());
    expect(told.stdout).toContain('Valid:');
    expect(told.stdout).toContain('✓ secrets');
    expect(told.status).toBe(0);
    const name = readdirSync(join(unpacked(), 'steps'))[3] ?? '';
    writeFileSync(join(unpacked(), 'steps', name), 'x');
    const changed = sh(started, unpacked());
    expect(changed.status).toBe(1);
    expect(changed.stdout).toContain(name);
    rmSync(join(unpacked(), 'index.json'));
    expect(sh(started, unpacked()).status).toBe(2);
    expect(sh(`cd "$1" && env -i ${process.execPath} verifier/verify.mjs .`, unpacked()).status).toBe(2);
  });

  judged('unzip', 'the encrypted part opens by what the README says', () => {
    unpack();
    const readme = readFileSync(join(unpacked(), 'README.txt'), 'utf8');
    const code = /( {2}const \{ createDecipheriv[\s\S]+?d\.final\(\)\]\)\);)/.exec(readme)?.[1] ?? '';
    writeFileSync(join(place, 'open.cjs'), code);
    const command = `cd "$1" && env -i ${process.execPath} ../open.cjs secret/records-0001.jsonl.enc "$2"`;
    expect(sh(command, unpacked(), '../passphrase').stdout).toContain(identityNumber);
    expect(sh(command, unpacked(), 'README.txt').status).not.toBe(0);
  });

  it('`verify archive.zip` ends with 0, 1 or 2 as it does for bundles', async () => {
    const verify = (file: string, ...more: string[]) => runCommand(['verify', file, '--root', root, ...more], {});
    const good = await verify(zip, '--json', '--passphrase-file', join(place, 'passphrase'));
    expect(good.err).toBe('');
    expect(good.code).toBe(0);
    expect(JSON.parse(good.out)).toMatchObject({ verdict: 'valid', facts: { records: 4 } });
    const bytes = readFileSync(zip);
    const at = bytes.indexOf('"article":"11(2)"');
    const bad = join(place, 'bad.zip');
    // Somewhere in a seal, which is stored as it is: its checksum says so before any seal is looked at.
    const changed = Buffer.from(bytes);
    changed[at > 0 ? at : Math.floor(bytes.length / 2)] = 0;
    writeFileSync(bad, changed);
    const told = await verify(bad);
    expect([1, 2]).toContain(told.code);
    writeFileSync(bad, bytes.subarray(0, bytes.length - 40));
    expect((await verify(bad)).code).toBe(2);
    writeFileSync(bad, 'PK');
    expect((await verify(bad)).code).toBe(2);
  });
});
