// What a forger may do to an original-record archive, and which checks must find it.
import { createHash } from 'node:crypto';
import { sealDetached } from '../../src/sealing/cms.ts';
import { AFTER_THE_INDEX, type ArchiveIndex } from '../../src/sealing/verify/archive-format.ts';
import type { Members } from './archives.ts';
import { HERE, type TestWorld } from './world.ts';

/** A member as JSON. */
export const json = (members: Members, path: string) =>
  JSON.parse(Buffer.from(members.get(path) ?? []).toString('utf8'));
/** Puts a member in, in the place of another of the name. */
export const put = (members: Members, path: string, value: unknown) =>
  members.set(path, new Uint8Array(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value), 'utf8')));
/** SHA-256, hex. */
export const digest = (bytes: Uint8Array | undefined) =>
  createHash('sha256')
    .update(bytes ?? new Uint8Array())
    .digest('hex');

/** Index, sums and digests of members made to agree again, as a forger would do who has no seal. */
export function agree(members: Members): Members {
  const index = json(members, 'index.json') as ArchiveIndex;
  index.members = [...members.keys()]
    .filter((path) => path !== 'index.json' && !AFTER_THE_INDEX.includes(path))
    .map((path) => ({ path, sha256: digest(members.get(path)), size: members.get(path)?.length ?? 0 }));
  put(members, 'index.json', index);
  return sums(members);
}

/** The sums made to agree. */
export function sums(members: Members): Members {
  members.delete('SHA256SUMS');
  const lines = [...members].map(([path, bytes]) => `${digest(bytes)}  ${path}\n`);
  put(members, 'SHA256SUMS', lines.join(''));
  return members;
}

/** The statements of its steps. */
export const stepsOf = (members: Members): string[] =>
  [...members.keys()].filter((path) => /^steps\/\d+\.json$/.test(path));
const without = (members: Members, step: string): Members => {
  const stem = step.replace(/\.json$/, '');
  for (const path of [...members.keys()]) if (path.startsWith(`${stem}.`)) members.delete(path);
  return members;
};

/** What a forger has beside the archive: an older one, and with `test` every seal of the house. */
export interface Means {
  readonly older: Members;
  readonly test: TestWorld;
}

type Forgery = (members: Members, means: Means) => void | Promise<void>;
/** What was planted, and the checks that must find it. The forger has made index and sums agree where he could. */
export const FORGERIES: readonly (readonly [what: string, found: readonly string[], plant: Forgery])[] = [
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
    (all, { older }) => {
      for (const path of ['proofs/checkpoint.txt', 'proofs/checkpoint.p7s'])
        all.set(path, older.get(path) as Uint8Array);
      sums(all);
    },
  ],
  [
    'the whole of an older archive’s proofs',
    ['manifest', 'log'],
    (all, { older }) => {
      for (const path of AFTER_THE_INDEX) all.set(path, older.get(path) as Uint8Array);
      sums(all);
    },
  ],
  [
    'a checkpoint of one’s own, sealed by an office of the house for another root',
    ['log'],
    async (all, { test }) => {
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
    async (all, { test }) => {
      const seal = test.world.sealOf(`${HERE}/graduate-office`);
      const text = all.get('proofs/export.json') as Uint8Array;
      if (seal) all.set('proofs/export.p7s', new Uint8Array(await sealDetached(seal.signer, text)));
      sums(all);
    },
  ],
];

/** Lines of the first file of records changed, and the sums made to agree. */
export function records(all: Members, change: (lines: string[]) => string[]): void {
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
