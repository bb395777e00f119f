// Article 12: the original-record archive, exported as one sealed ZIP and verified by who trusts the root certificate only.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealDetached } from '../../../src/sealing/cms.ts';
import { verifyArchive } from '../../../src/sealing/verify/archive.ts';
import { AFTER_THE_INDEX, type ArchiveIndex } from '../../../src/sealing/verify/archive-format.ts';
import { checkYear } from '../../../src/sealing/verify/archive-year.ts';
import type { Verdict } from '../../../src/sealing/verify/verdict.ts';
import { type Members, makeArchive, sourceOf } from '../../support/archives.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { liveIn } from '../../support/house-life.ts';
import { HOUSES } from '../../support/houses.ts';
import { bringTo } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

const PASSPHRASE = '档案馆 2026 年的长口令 open sesame';

let test: TestWorld;
let batch: Collected;
let other: Collected;
let whole: Members;
let older: Members;
beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-23');
  batch = await collectedBatch(test, 5);
  other = await collectedBatch(test, 3);
  await bringTo(test, other, 'cross-checked');
  older = (await makeArchive(test, { batchId: batch.batchId })).members;
  await bringTo(test, batch, 'reported-upward');
  whole = (await makeArchive(test, { batchId: batch.batchId })).members;
});
afterAll(() => test.close());

const verify = (members: Members): Promise<Verdict> => verifyArchive(sourceOf(members), { roots: [test.root.der] });
const failed = ({ checks }: Verdict) => checks.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name);
const json = (members: Members, path: string) => JSON.parse(Buffer.from(members.get(path) ?? []).toString('utf8'));
const put = (members: Members, path: string, value: unknown) =>
  members.set(path, new Uint8Array(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value), 'utf8')));
const digest = (bytes: Uint8Array | undefined) =>
  createHash('sha256')
    .update(bytes ?? new Uint8Array())
    .digest('hex');

describe('Article 12: an archive', () => {
  it.each(['record', 'batch', 'year'] as const)('of a %s is believed by who trusts the root only', async (scope) => {
    const of = {
      record: { recordId: batch.recordIds[2] ?? '' },
      batch: { batchId: batch.batchId },
      year: { year: 2026 },
    }[scope];
    const { members } = await makeArchive(test, of);
    const verdict = await verify(members);
    expect(failed(verdict)).toEqual([]);
    expect(verdict.verdict).toBe('valid');
    expect(verdict.facts).toMatchObject({
      archive: { scope, institution: HERE },
      records: { record: 1, batch: 5, year: 8 }[scope],
      exported: { who: { name: '马国华' } },
      placesWithoutRecord: 0,
    });
    const unmade = verdict.checks.filter(({ outcome }) => outcome === 'not-checked').map(({ name }) => name);
    expect(unmade).toEqual(scope === 'record' ? ['secrets', 'log-run'] : ['secrets']);
  });

  it('holds no secret field without a passphrase, and opens none of a stranger’s category', async () => {
    const all = [...whole.values()].map((bytes) => Buffer.from(bytes).toString('utf8')).join('\n');
    for (const { identityNumber } of batch.fields) expect(all).not.toContain(identityNumber);
    for (const { name } of batch.fields) expect(all).toContain(name);
    const { records } = json(whole, 'index.json') as ArchiveIndex;
    expect(records.map(({ id }) => id).sort()).toEqual([...batch.recordIds].sort());
  });

  it('with a passphrase has them encrypted, each as it was sealed', async () => {
    const { members } = await makeArchive(test, { batchId: batch.batchId, passphrase: PASSPHRASE });
    const all = [...members.values()].map((bytes) => Buffer.from(bytes).toString('utf8')).join('\n');
    for (const { identityNumber } of batch.fields) expect(all).not.toContain(identityNumber);
    const { archiveOpener } = await import('../../../src/commands/archive-opener.ts');
    const source = sourceOf(members);
    const open = await archiveOpener(source, `${PASSPHRASE}\n`);
    const verdict = await verifyArchive({ ...source, ...(open ? { open } : {}) }, { roots: [test.root.der] });
    expect(verdict.checks.find(({ name }) => name === 'secrets')?.outcome).toBe('passed');
    const plain = await open?.(
      'secret/records-0001.jsonl.enc',
      members.get('secret/records-0001.jsonl.enc') as Uint8Array,
    );
    for (const { identityNumber } of batch.fields)
      expect(Buffer.from(plain ?? []).toString('utf8')).toContain(identityNumber);
    const wrong = await archiveOpener(source, `${PASSPHRASE}!`);
    const refused = await verifyArchive({ ...source, ...(wrong ? { open: wrong } : {}) }, { roots: [test.root.der] });
    expect(failed(refused)).toEqual(['secrets']);
    const row = await test.world.db.prisma.archiveExport.findFirstOrThrow({ where: { withSecrets: true } });
    expect(row.secretKeyBox).toBeNull();
  });

  it('of a life with changes, returns, disputes and an invalid certificate is whole, too', async () => {
    const own = await testWorld();
    try {
      await liveIn(own, HOUSES.here);
      const { members } = await makeArchive(own, { year: 2026, passphrase: PASSPHRASE }, 'xuewei.guan');
      const verdict = await verifyArchive(sourceOf(members), { roots: [own.root.der] });
      expect(failed(verdict).map((name) => verdict.checks.find((check) => check.name === name))).toEqual([]);
      const { records, files } = json(members, 'index.json') as ArchiveIndex;
      expect(records.some(({ version }) => version > 1)).toBe(true);
      expect(files.length).toBeGreaterThan(8);
      // The approval by which a thesis entered is there with its scan (art. 20); those of people without a record are not.
      const said = stepsOf(members)
        .map((path) => json(members, path))
        .filter(({ step }) => step === 'declassify');
      expect(said.map(({ facts }) => [facts.category, facts.withdrawn])).toEqual([['regular-bachelor', undefined]]);
      const scan = files.find((file) => file.digest === said[0].files[0]);
      expect(scan?.path).toBe(`secret/files/${scan?.digest}.enc`);
    } finally {
      await own.close();
    }
  });
});

/** Index, sums and digests of members made to agree again, as a forger would do who has no seal. */
function agree(members: Members): Members {
  const index = json(members, 'index.json') as ArchiveIndex;
  index.members = [...members.keys()]
    .filter((path) => path !== 'index.json' && !AFTER_THE_INDEX.includes(path))
    .map((path) => ({ path, sha256: digest(members.get(path)), size: members.get(path)?.length ?? 0 }));
  put(members, 'index.json', index);
  return sums(members);
}

function sums(members: Members): Members {
  members.delete('SHA256SUMS');
  const lines = [...members].map(([path, bytes]) => `${digest(bytes)}  ${path}\n`);
  put(members, 'SHA256SUMS', lines.join(''));
  return members;
}

const stepsOf = (members: Members): string[] => [...members.keys()].filter((path) => /^steps\/\d+\.json$/.test(path));
const without = (members: Members, step: string): Members => {
  const stem = step.replace(/\.json$/, '');
  for (const path of [...members.keys()]) if (path.startsWith(`${stem}.`)) members.delete(path);
  return members;
};

type Forgery = (members: Members) => void | Promise<void>;
/** What was planted, and the checks that must find it. The forger has made index and sums agree where he could. */
const FORGERIES: readonly (readonly [what: string, found: readonly string[], plant: Forgery])[] = [
  ['a step left out', ['members'], (all) => void without(all, stepsOf(all)[2] ?? '')],
  [
    'a step left out, and index and sums made to agree',
    ['manifest', 'previous'],
    (all) => {
      const [, , step = ''] = stepsOf(all);
      without(all, step);
      const index = json(all, 'index.json') as ArchiveIndex;
      index.steps = index.steps.filter(({ index: at }) => at !== Number(/\d+/.exec(step)?.[0]));
      put(all, 'index.json', index);
      agree(all);
    },
  ],
  [
    'the last step about the records cut off, and index and sums made to agree',
    ['manifest', 'up-to-the-export'],
    (all) => {
      const step = stepsOf(all).findLast((path) => json(all, path).step === 'report-upward') ?? '';
      without(all, step);
      const index = json(all, 'index.json') as ArchiveIndex;
      index.steps = index.steps.filter(({ index: at }) => at !== Number(/\d+/.exec(step)?.[0]));
      put(all, 'index.json', index);
      agree(all);
    },
  ],
  [
    'a leaf left out of the run',
    ['log-run', 'log'],
    (all) => {
      const log = json(all, 'proofs/log.json');
      log.leaves.splice(2, 1);
      put(all, 'proofs/log.json', log);
      sums(all);
    },
  ],
  [
    'two leaves of the run exchanged',
    ['log-run'],
    (all) => {
      const log = json(all, 'proofs/log.json');
      [log.leaves[1], log.leaves[2]] = [log.leaves[2], log.leaves[1]];
      put(all, 'proofs/log.json', log);
      sums(all);
    },
  ],
  [
    'a step put in',
    ['leaves', 'seals-intact', 'manifest', 'log'],
    (all) => {
      const [first = ''] = stepsOf(all);
      const said = json(all, first);
      put(all, 'steps/00000099.json', JSON.stringify({ ...said, article: '99' }));
      all.set('steps/00000099.p7s', all.get(first.replace('.json', '.p7s')) ?? new Uint8Array());
      const index = json(all, 'index.json') as ArchiveIndex;
      index.steps.push({ index: 99, leaf: digest(all.get('steps/00000099.json')) });
      put(all, 'index.json', index);
      agree(all);
    },
  ],
  [
    'two steps exchanged',
    ['leaves', 'members'],
    (all) => {
      const [one = '', two = ''] = stepsOf(all);
      const [first, second] = [all.get(one), all.get(two)];
      all.set(one, second as Uint8Array).set(two, first as Uint8Array);
      sums(all);
    },
  ],
  [
    'a statement changed',
    ['seals-intact', 'leaves', 'members'],
    (all) => {
      const [one = ''] = stepsOf(all);
      put(all, one, JSON.stringify({ ...json(all, one), at: '2020-01-01T00:00:00.000Z' }));
      sums(all);
    },
  ],
  [
    'a seal replaced by that of another step',
    ['seals-intact', 'members'],
    (all) => {
      const [one = '', two = ''] = stepsOf(all).map((path) => path.replace('.json', '.p7s'));
      all.set(one, all.get(two) as Uint8Array);
      sums(all);
    },
  ],
  ['a record left out', ['records', 'members'], (all) => records(all, (lines) => lines.slice(1))],
  [
    'a record left out, and the index made to agree',
    ['manifest', 'roster-people'],
    (all) => {
      records(all, (lines) => lines.slice(1));
      const index = json(all, 'index.json') as ArchiveIndex;
      index.records.shift();
      put(all, 'index.json', index);
      agree(all);
    },
  ],
  [
    'a name changed',
    ['fields', 'members'],
    (all) =>
      records(all, ([first, ...rest]) => [
        first?.replace(/"name":\{"value":"[^"]+"/, '"name":{"value":"王冒名"') ?? '',
        ...rest,
      ]),
  ],
  [
    'two records exchanged',
    ['versions', 'members'],
    (all) =>
      records(all, (lines) => {
        const [one, two, ...rest] = lines.map((line) => JSON.parse(line));
        return [{ ...one, id: two.id }, { ...two, id: one.id }, ...rest].map((each) => JSON.stringify(each));
      }),
  ],
  [
    'a field left unopened',
    ['fields', 'members'],
    (all) =>
      records(all, ([first = '', ...rest]) => {
        const record = JSON.parse(first);
        delete record.versions[0].fields.conferralDate;
        return [JSON.stringify(record), ...rest];
      }),
  ],
  [
    'the subjects of a step changed',
    ['subjects', 'members'],
    (all) => {
      const path = [...all.keys()].find((each) => each.endsWith('.subjects.jsonl')) ?? '';
      put(
        all,
        path,
        Buffer.from(all.get(path) ?? [])
          .toString('utf8')
          .split('\n')
          .slice(1)
          .join('\n'),
      );
      sums(all);
    },
  ],
  [
    'a file replaced',
    ['files', 'members'],
    (all) => {
      const path = [...all.keys()].find((each) => each.startsWith('files/')) ?? '';
      put(all, path, 'another scan');
      sums(all);
    },
  ],
  [
    'a file left out and called withheld',
    ['manifest'],
    (all) => {
      const index = json(all, 'index.json') as ArchiveIndex;
      const file = index.files.find(({ path }) => path?.startsWith('files/'));
      all.delete(file?.path ?? '');
      index.files = index.files.map((each) =>
        each === file ? { digest: each.digest, size: 0, reason: 'secret' } : each,
      );
      put(all, 'index.json', index);
      agree(all);
    },
  ],
  [
    'somebody taken off the roster',
    ['rosters', 'members'],
    (all) => {
      const path = [...all.keys()].find((each) => each.startsWith('rosters/')) ?? '';
      put(
        all,
        path,
        Buffer.from(all.get(path) ?? [])
          .toString('utf8')
          .split('\n')
          .slice(1)
          .join('\n'),
      );
      sums(all);
    },
  ],
  ['something put in', ['nothing-more'], (all) => void sums(put(all, 'files/note.txt', 'x'))],
  [
    'the index forged',
    ['manifest'],
    (all) => {
      const index = json(all, 'index.json') as ArchiveIndex;
      put(all, 'index.json', { ...index, archive: { ...index.archive, at: '2030-01-01T00:00:00.000Z' } });
      sums(all);
    },
  ],
  ['the table for people forged', ['members'], (all) => void sums(put(all, 'index.csv', 'x'))],
  ['the sums forged', ['sums'], (all) => void put(all, 'SHA256SUMS', `${'0'.repeat(64)}  index.json\n`)],
  [
    'an old checkpoint',
    ['log'],
    (all) => {
      for (const path of ['proofs/checkpoint.txt', 'proofs/checkpoint.p7s'])
        all.set(path, older.get(path) as Uint8Array);
      sums(all);
    },
  ],
  [
    'the whole of an older archive’s proofs',
    ['manifest', 'log'],
    (all) => {
      for (const path of AFTER_THE_INDEX) all.set(path, older.get(path) as Uint8Array);
      sums(all);
    },
  ],
  [
    'a checkpoint of one’s own, sealed by an office of the house for another root',
    ['log'],
    async (all) => {
      const text = Buffer.from(all.get('proofs/checkpoint.txt') ?? [])
        .toString('utf8')
        .replace(/\n[A-Za-z0-9+/]{43}=\n$/, `\n${Buffer.alloc(32).toString('base64')}\n`);
      const seal = test.world.sealOf(`${HERE}/degree-office`);
      put(all, 'proofs/checkpoint.txt', text);
      if (seal) all.set('proofs/checkpoint.p7s', new Uint8Array(await sealDetached(seal.signer, Buffer.from(text))));
      sums(all);
    },
  ],
  [
    'the export sealed by an office that the statement does not name',
    ['seal-holders'],
    async (all) => {
      const seal = test.world.sealOf(`${HERE}/graduate-office`);
      const text = all.get('proofs/export.json') as Uint8Array;
      if (seal) all.set('proofs/export.p7s', new Uint8Array(await sealDetached(seal.signer, text)));
      sums(all);
    },
  ],
];

function records(all: Members, change: (lines: string[]) => string[]): void {
  const lines = Buffer.from(all.get('records/0001.jsonl') ?? [])
    .toString('utf8')
    .split('\n')
    .slice(0, -1);
  put(
    all,
    'records/0001.jsonl',
    change(lines)
      .map((line) => `${line}\n`)
      .join(''),
  );
  sums(all);
}

describe('Article 12: nothing is left out, put in or changed unseen', () => {
  it.each(FORGERIES)('%s is found by %j', async (_, found, plant) => {
    const members: Members = new Map(whole);
    await plant(members);
    const verdict = await verify(members);
    expect(verdict.verdict).toBe('not-valid');
    expect(verdict.facts).toEqual({});
    expect(failed(verdict)).toEqual(expect.arrayContaining([...found]));
  });

  it('any byte that is changed anywhere is found', async () => {
    for (const [path, bytes] of whole) {
      const members: Members = new Map(whole);
      const changed = Uint8Array.from(bytes);
      const at = Math.floor(bytes.length / 2);
      changed[at] = (changed[at] ?? 0) ^ 1;
      members.set(path, changed);
      expect((await verify(members)).verdict, path).not.toBe('valid');
    }
  });

  it('every member that is missing is found', async () => {
    for (const path of whole.keys()) {
      const members: Members = new Map(whole);
      members.delete(path);
      expect((await verify(members)).verdict, path).not.toBe('valid');
    }
  });

  it('names what it found', async () => {
    const members: Members = new Map(whole);
    const [, step = ''] = stepsOf(members);
    put(members, step, JSON.stringify({ ...json(members, step), article: '1' }));
    const verdict = await verify(members);
    expect(verdict.checks.find(({ name }) => name === 'seals-intact')?.zh).toContain(step.replace('.json', ''));
  });

  it('another root, none, or an empty folder are not believed', async () => {
    expect((await verifyArchive(sourceOf(whole), { roots: [] })).verdict).toBe('not-valid');
    expect((await verifyArchive(sourceOf(new Map()), { roots: [test.root.der] })).verdict).toBe('unreadable');
    const later = await verifyArchive(sourceOf(whole), {
      roots: [test.root.der],
      at: new Date('2050-01-01T00:00:00Z'),
    });
    expect(failed(later)).toContain('chains');
  });
});

describe('Article 12: an archive of a batch from which a record was taken by SQL', () => {
  it('is not believed: the step that collected it is about more than is here', async () => {
    await test.world.db.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      const [moved, into] = [batch.recordIds[0], other.batchId];
      await tx.$executeRaw`UPDATE "DegreeRecord" SET "batchId" = ${into}::uuid WHERE "id" = ${moved}::uuid`;
    });
    const { members } = await makeArchive(test, { batchId: batch.batchId });
    const verdict = await verify(members);
    expect(verdict.verdict).toBe('not-valid');
    expect(failed(verdict)).toEqual(['records']);
  });
});

describe('Article 12: an archive of a year from which records were taken by SQL', () => {
  /** The archive that is made after some SQL past every trigger, which is taken back then. */
  async function madeAfter(ids: readonly string[]): Promise<Verdict> {
    const { prisma } = test.world.db;
    const date = (day: string) =>
      prisma.$transaction(async (tx) => {
        await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
        await tx.$executeRaw`UPDATE "DegreeRecord" SET "conferralDate" = ${day} WHERE "id" = ANY(${[...ids]}::uuid[])`;
      });
    const { conferralDate } = await prisma.degreeRecord.findFirstOrThrow({ where: { id: { in: [...ids] } } });
    await date('2025-06-20');
    const { members } = await makeArchive(test, { year: 2026 });
    await date(conferralDate);
    return verify(members);
  }
  const of = (verdict: Verdict) => verdict.checks.find(({ name }) => name === 'year-whole');

  it('is not believed where one is gone: the steps of its batch are about more than is here', async () => {
    const verdict = await madeAfter([batch.recordIds[3] ?? '']);
    expect(verdict.verdict).toBe('not-valid');
    expect(failed(verdict)).toEqual(['year-whole']);
    expect(of(verdict)?.en).toMatch(/steps\/\d{8} \+1/);
    // The report counted nobody as missing.
    expect(of(verdict)?.en).toMatch(/regular-bachelor 1 > 0/);
  });

  it('is not believed where a whole batch is gone, which no record here leads to any more', async () => {
    const verdict = await madeAfter(other.recordIds);
    expect(failed(verdict)).toEqual(['year-whole']);
    expect(of(verdict)?.en).toMatch(/\+3/);
  });

  it('is believed as it is, and says how much was counted', async () => {
    const verdict = await verify((await makeArchive(test, { year: 2026 })).members);
    expect(verdict.verdict).toBe('valid');
    expect(of(verdict)?.en).toMatch(/^By \d+ counts/);
  });
});

describe('Article 12: the counts of a year', () => {
  const index = { archive: { scope: 'year', of: '2026', categories: ['regular-bachelor'] } } as unknown as ArchiveIndex;
  const RESOLUTION = '学位〔2026〕1号';
  const judge = (hidden: number, missing: number, places: { elsewhere: number; added: number; without: number }) => {
    const step = { path: 'steps/00000007', step: 'filing', batch: 'b', category: 'regular-bachelor', records: [] };
    const said = {
      ofBatches: [{ ...step, resolution: RESOLUTION, hidden }],
      missing: new Map([[RESOLUTION, new Map([['regular-bachelor', missing]])]]),
    } as unknown as Parameters<typeof checkYear>[1];
    return checkYear(index, said, new Map([[RESOLUTION, new Map([['regular-bachelor', places]])]]))[0]?.outcome;
  };

  it.each([
    ['everybody is here', 0, 0, { elsewhere: 0, added: 0, without: 0 }, 'passed'],
    ['people of another year are in another archive', 2, 0, { elsewhere: 2, added: 0, without: 2 }, 'passed'],
    ['more are hidden than are of another year', 3, 0, { elsewhere: 2, added: 0, without: 2 }, 'failed'],
    ['those without a record were missing at the report', 0, 2, { elsewhere: 0, added: 0, without: 2 }, 'passed'],
    ['more are without a record than were missing', 0, 2, { elsewhere: 0, added: 0, without: 3 }, 'failed'],
    ['a place was added since', 0, 2, { elsewhere: 0, added: 1, without: 3 }, 'passed'],
  ] as const)('%s', (_, hidden, missing, places, outcome) => {
    expect(judge(hidden, missing, places)).toBe(outcome);
  });

  it('are asked of a year alone', () => {
    const batchIndex = { archive: { ...index.archive, scope: 'batch' } } as ArchiveIndex;
    expect(checkYear(batchIndex, { ofBatches: [], missing: new Map() } as never, new Map())).toEqual([]);
  });
});
