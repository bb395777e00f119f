import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { TRANSITIONS } from '../../src/regulation/lifecycle.ts';
import { batchLeaf, buildBundle } from '../../src/sealing/bundle.ts';
import { canonicalize, type JsonValue } from '../../src/sealing/canonical.ts';
import { checkpointText } from '../../src/sealing/checkpoint.ts';
import { sealDetached } from '../../src/sealing/cms.ts';
import { commitRecord, openFields } from '../../src/sealing/commitment.ts';
import { appendLeaves, emptyFrontier, inclusionProof, leafHash, merkleTree, rootOf } from '../../src/sealing/log.ts';
import type { SealSigner } from '../../src/sealing/signer.ts';
import { sealStatusList } from '../../src/sealing/status-list.ts';
import { verifyBundle } from '../../src/sealing/verify/bundle.ts';
import type { Bundle, Subject } from '../../src/sealing/verify/bundle-format.ts';
import { STEPS_AFTER_WITHDRAWAL } from '../../src/sealing/verify/ending.ts';
import type { StatusList } from '../../src/sealing/verify/status-list-format.ts';
import type { Verdict } from '../../src/sealing/verify/verdict.ts';
import { flipped, namelessSeals, OFFICE, PROVINCE, type TestAuthority, testAuthority } from './seals.ts';

const FIELDS = { name: '阿依古丽·买买提', conferralDate: '2026-06-20', certificateNumber: '1044742026000001' };
const SALT = Buffer.alloc(16, 3);

let authority: TestAuthority;
let other: TestAuthority;
let bundle: Bundle;
beforeAll(async () => {
  [authority, other] = await Promise.all([testAuthority(), testAuthority()]);
  bundle = await makeBundle();
});

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function statement(
  step: string,
  office: string,
  at: string,
  about: Record<string, JsonValue>,
  more: Record<string, JsonValue> = {},
): string {
  return canonicalize({
    step,
    article: '11.4',
    institution: '10447',
    office: { id: office, name: '办公室' },
    officer: { id: '7', name: '王立新' },
    at,
    salt: randomBytes(16).toString('hex'),
    ...about,
    ...more,
  });
}

/** A log of some other steps with two about one record: a batch of five, then the filing of it alone. */
async function makeBundle(
  change: {
    first?: Record<string, JsonValue>;
    second?: Record<string, JsonValue>;
    firstSigner?: SealSigner;
    secondSigner?: SealSigner;
    checkpointSigner?: SealSigner;
    origin?: string;
    kind?: string;
  } = {},
): Promise<Bundle> {
  const { commitments, digest } = commitRecord(FIELDS, SALT);
  const subject: Subject = { kind: change.kind ?? 'record', id: 'r-1', version: 2, digest };
  const batch = [0, 1, 2, 3, 4].map(
    (i): Subject => (i === 3 ? { ...subject, version: 1 } : { ...subject, id: `x-${i}`, version: 1 }),
  );
  const tree = merkleTree(batch.map(batchLeaf));
  const about = { batchRoot: hexOf(tree.root), batchSize: 5 };
  const first = statement('report', OFFICE, '2026-06-29T08:00:00.000Z', about, change.first);
  const previous = [hexOf(leafHash(Buffer.from(first)))];
  const second = statement(
    'file',
    PROVINCE,
    '2026-06-30T08:00:00.000Z',
    { subjects: [subject] },
    { previous, ...change.second },
  );
  const texts = ['a', 'b', first, 'c', second, 'd', 'e'];
  const { frontier, newNodes } = appendLeaves(
    emptyFrontier,
    texts.map((text) => leafHash(Buffer.from(text))),
  );
  const read = async (level: number, index: number) =>
    newNodes.find((node) => node.level === level && node.index === index)?.hash ?? new Uint8Array();
  const origin = change.origin ?? 'vermilion.example/10447';
  const text = checkpointText({ origin, size: texts.length, root: rootOf(frontier) });
  const { office, province } = authority;
  return buildBundle({
    subject: { ...subject, commitments, fields: openFields(FIELDS, SALT, ['name', 'conferralDate']) },
    steps: [
      {
        statementText: second,
        seal: await sealDetached(change.secondSigner ?? province, Buffer.from(second)),
        leafIndex: 4,
        inclusionProof: await inclusionProof(7, 4, read),
      },
      {
        statementText: first,
        seal: await sealDetached(change.firstSigner ?? office, Buffer.from(first)),
        leafIndex: 2,
        inclusionProof: await inclusionProof(7, 2, read),
        subject: { version: 1, digest: subject.digest },
        batch: { root: tree.root, size: 5, index: 3, proof: tree.proof(3) },
      },
    ],
    checkpoint: { text, seal: await sealDetached(change.checkpointSigner ?? office, Buffer.from(text)) },
    certificates: [office.certificate, ...office.chain, province.certificate, ...province.chain],
    crls: authority.crls,
  });
}

const verify = (value: unknown, roots = [authority.root]) => verifyBundle(value, { roots });
const failed = (verdict: Verdict) => verdict.checks.filter((one) => one.outcome === 'failed').map((one) => one.name);
const copyOf = () => structuredClone(bundle) as unknown as Record<string, never> & typeof bundle;

describe('R12.2: a bundle', () => {
  it('is believed by somebody who trusts the root only, with every check passed', async () => {
    const verdict = await verify(JSON.parse(JSON.stringify(bundle)));
    expect(verdict.verdict).toBe('valid');
    const others = verdict.checks.filter((one) => one.outcome !== 'passed').map((one) => one.name);
    // The first step has none before it, and no status list is at hand.
    expect(others).toEqual(['steps[0].previous', 'separation', 'roster-inclusion', 'roster-agrees', 'status']);
    expect(verdict.facts).toMatchObject({
      step: 'file',
      article: '11.4',
      when: '2026-06-30T08:00:00.000Z',
      who: { name: '王立新' },
      office: { id: PROVINCE },
      subject: { kind: 'record', id: 'r-1', version: 2 },
      fields: { name: '阿依古丽·买买提', conferralDate: '2026-06-20' },
      checkpoint: { origin: 'vermilion.example/10447', size: 7 },
    });
    expect(verdict.facts.sealedBy).toContain('山东省学位委员会办公室');
    expect(JSON.stringify(bundle)).not.toContain(FIELDS.certificateNumber);
    expect(JSON.stringify(bundle).length).toBeLessThan(16_000);
  });

  it('is believed without record, and with commitments only', async () => {
    const { subject, ...rest } = copyOf();
    const steps = rest.steps.map(({ batch, ...step }) => step);
    expect((await verify({ ...rest, steps })).verdict).toBe('valid');
    const { fields, ...closed } = subject as NonNullable<typeof subject>;
    expect((await verify({ ...copyOf(), subject: closed })).verdict).toBe('valid');
  });

  it('is not believed under another root, under none, or long after', async () => {
    expect(failed(await verify(bundle, [other.root]))).toEqual([
      'steps[0].chain',
      'steps[1].chain',
      'checkpoint.chain',
    ]);
    expect((await verify(bundle, [])).verdict).toBe('not-valid');
    expect((await verify(bundle, [authority.office.certificate, ...authority.office.chain].slice(0, 1))).verdict).toBe(
      'not-valid',
    );
    const later = await verifyBundle(bundle, { roots: [authority.root], at: new Date('2050-01-01T00:00:00Z') });
    expect(failed(later)).toContain('steps[0].chain');
    expect(later.facts).toEqual({});
  });

  it('without revocation lists says that this was not checked', async () => {
    const { crls, ...rest } = copyOf();
    const verdict = await verify(rest);
    expect(verdict.verdict).toBe('valid');
    for (const crls of [undefined, []]) {
      const { zh, en } = await verify({ ...rest, ...(crls ? { crls } : {}) });
      expect(zh).toMatch(/^就所示内容而言验证通过，但印章是否已被吊销未能检查/);
      expect(en).toMatch(/^Valid as far as shown; whether a seal was revoked could not be checked/);
    }
    const required = await verifyBundle(rest, { roots: [authority.root], revocation: 'required' });
    expect([required.verdict, ...failed(required)]).toEqual(['not-valid', 'revocation-demand']);
    expect(required.facts).toEqual({});
    expect(verdict.checks.filter((one) => one.name.endsWith('revocation')).map((one) => one.outcome)).toEqual(
      Array(3).fill('not-checked'),
    );
  });

  it('R11.2: in which the collector cross-checked, or the cross-check is missing, is not believed', async () => {
    const by = (id: string) => ({ officer: { id, name: '王立新' } });
    const collect = { step: 'collect', ...by('1') };
    expect(
      failed(await verify(await makeBundle({ first: collect, second: { step: 'cross-check', ...by('1') } }))),
    ).toEqual(['separation']);
    expect(failed(await verify(await makeBundle({ first: collect, second: { step: 'report', ...by('1') } })))).toEqual([
      'separation',
    ]);
    const kept = await verify(await makeBundle({ first: collect, second: { step: 'cross-check', ...by('2') } }));
    expect(kept.checks.find(({ name }) => name === 'separation')?.outcome).toBe('passed');
    expect(kept.verdict).toBe('valid');
  });

  it('sealed by another office than its statement names is not believed', async () => {
    expect(failed(await verify(await makeBundle({ secondSigner: authority.office })))).toEqual([
      'steps[1].seal-holder',
    ]);
    expect(failed(await verify(await makeBundle({ second: { seal: OFFICE } })))).toEqual(['steps[1].seal-holder']);
    expect((await verify(await makeBundle({ second: { seal: PROVINCE } }))).verdict).toBe('valid');
  });

  it('a seal named in the statement does not stand in for the office', async () => {
    // An insider seals in the name of the province, and says truly which seal it was.
    const forged = await makeBundle({ second: { seal: OFFICE }, secondSigner: authority.office });
    expect(failed(await verify(forged))).toEqual(['steps[1].seal-holder']);
    const above = { office: { id: '3', name: '办公室' } };
    expect(failed(await verify(await makeBundle({ second: above })))).toEqual(['steps[1].seal-holder']);
  });

  it('a certificate without id is that of the office only by its very name', async () => {
    const { root, issue } = await namelessSeals();
    const trust = [authority.root, root];
    const named = (id: string, name: string) => ({ office: { id, name } });
    const province = named(PROVINCE, '山东省学位委员会办公室');
    for (const subject of [{ O: '山东省学位委员会办公室' }, { O: '山东省', CN: '山东省学位委员会办公室' }]) {
      const bundle = await makeBundle({ second: province, secondSigner: await issue(subject) });
      expect((await verify(bundle, trust)).verdict).toBe('valid');
      const sealNamed = await makeBundle({
        second: { ...province, seal: PROVINCE },
        secondSigner: await issue(subject),
      });
      expect(failed(await verify(sealNamed, trust))).toEqual(['steps[1].seal-holder']);
    }
    for (const subject of [{ O: 'Mallory' }, { CN: '山东省学位委员会办公室（代）' }, {}]) {
      const bundle = await makeBundle({ second: province, secondSigner: await issue(subject) });
      expect(failed(await verify(bundle, trust))).toEqual(['steps[1].seal-holder']);
    }
    const unnamed = await makeBundle({ second: named(PROVINCE, ''), secondSigner: await issue({ O: '' }) });
    expect(failed(await verify(unnamed, trust))).toEqual(['steps[1].seal-holder']);

    const first = named(OFFICE, '聊城大学学位评定委员会办公室');
    const own = await issue({ CN: '聊城大学学位评定委员会办公室' });
    expect((await verify(await makeBundle({ first, firstSigner: own, checkpointSigner: own }), trust)).verdict).toBe(
      'valid',
    );
    // Nobody with that id has sealed here, and the province is no office of the institution.
    for (const checkpointSigner of [await issue({ O: 'Mallory' }), await issue({ O: '山东省学位委员会办公室' })]) {
      const bundle = await makeBundle({ first, second: province, checkpointSigner });
      expect(failed(await verify(bundle, trust))).toEqual(['checkpoint.holder']);
    }
  });

  it('is of one institution: in its statements, its log and the seal on the head', async () => {
    for (const institution of ['10999', '', '37/10447', 10447, null]) {
      expect(failed(await verify(await makeBundle({ second: { institution } })))).toEqual(['institution']);
    }
    for (const origin of ['vermilion/10999', '10447', '/10447', 'vermilion/110447', 'vermilion/10447/x']) {
      expect(failed(await verify(await makeBundle({ origin })))).toEqual(['institution']);
    }
    const both = { institution: '10999' };
    const moved = await makeBundle({ first: both, second: both, origin: 'vermilion/10999' });
    expect(failed(await verify(moved))).toEqual(['checkpoint.holder']);
    expect(failed(await verify(await makeBundle({ checkpointSigner: authority.province })))).toEqual([
      'checkpoint.holder',
    ]);
  });

  it('with a checkpoint of a stranger is not believed', async () => {
    expect(failed(await verify(await makeBundle({ checkpointSigner: other.office })))).toEqual(['checkpoint.chain']);
  });

  it('that leaves out a step in between is not believed where steps name the one before', async () => {
    expect(failed(await verify(await makeBundle({ second: { previous: ['00'.repeat(32)] } })))).toEqual([
      'steps[1].previous',
    ]);
  });

  it('whose first steps were cut off is not believed, and one that is whole says how far it reaches', async () => {
    const cut = copyOf();
    cut.steps.shift();
    expect(failed(await verify(cut))).toEqual(['steps[0].previous']);
    expect((await verify(cut)).zh).toContain('这一步之前的步骤未列入');
    // One step alone, about nothing in particular, makes no claim about what came before.
    const { subject, ...alone } = cut;
    expect((await verify(alone)).verdict).toBe('valid');

    const whole = await verify(await makeBundle({ first: { previous: [] } }));
    expect(whole.checks.filter((one) => one.outcome !== 'passed').map((one) => one.name)).toEqual([
      'separation',
      'roster-inclusion',
      'roster-agrees',
      'status',
    ]);
    expect(whole.zh).toContain('截至其最后一步和所附检查点');
    expect(whole.en).toContain('up to its last step and its checkpoint');
    const past = await verify(await makeBundle({ first: { previous: ['00'.repeat(32)] } }));
    expect(failed(past)).toEqual(['steps[0].previous']);
  });

  it('an application drafted over records with a past has none itself; a record cannot begin there', async () => {
    const first = { step: 'draft-application', previous: ['00'.repeat(32)] };
    expect((await verify(await makeBundle({ first, kind: 'application' }))).verdict).toBe('valid');
    expect(failed(await verify(await makeBundle({ first })))).toEqual(['steps[0].previous']);
    const later = { ...first, step: 'decide-application' };
    expect(failed(await verify(await makeBundle({ first: later, kind: 'application' })))).toEqual([
      'steps[0].previous',
    ]);
  });
});

describe('R16.2: a bundle of something that has ended', () => {
  const ends = { kind: 'record', state: 'revoked', zh: '已撤销', en: 'revoked', since: '2026-06-30' };
  const ended = (fact: JsonValue) => makeBundle({ second: { facts: { ends: fact } } });

  it('is not valid, says since when, and that its proof is good', async () => {
    const verdict = await verify(await ended(ends));
    expect([verdict.verdict, failed(verdict)]).toEqual(['not-valid', ['stands']]);
    expect(verdict.zh).toBe(
      '已终止，请勿再作为有效证明采信：内容完整，签章有效，但所证明的事项自 2026-06-30 起已撤销，不再有效。',
    );
    expect(verdict.en).toContain('It no longer stands: revoked since 2026-06-30.');
    expect(verdict.facts).toMatchObject({ ended: { state: 'revoked', since: '2026-06-30' }, subject: { id: 'r-1' } });
    expect(failed(await verify(await makeBundle({ first: { facts: { ends } } })))).toEqual(['stands']);
  });

  it('says first what is wrong with its proof, if anything is', async () => {
    const verdict = await verify(await ended(ends), [other.root]);
    expect(verdict.zh).toMatch(/^验证不通过/);
    expect(verdict.en).not.toContain('no longer stands');
    expect(verdict.facts).toEqual({});
  });

  it.each<[string, JsonValue, string[]]>([
    ['whatever the step is about', true, ['stands']],
    ['a thing of another kind', { ...ends, kind: 'application' }, []],
    ['no kind', { state: 'revoked' }, []],
    ['a fact that is none', 'record', []],
    ['no more than that', { kind: 'record' }, ['stands']],
  ])('%s: %j', async (_, fact, names) => {
    expect(failed(await verify(await ended(fact)))).toEqual(names);
  });

  it('a record that was withdrawn at last does not stand, since its day in Shanghai', async () => {
    const at = '2026-06-30T17:00:00.000Z';
    const withdrawn = { step: 'withdraw-records', at };
    const verdict = await verify(await makeBundle({ second: withdrawn }));
    expect([verdict.verdict, failed(verdict)]).toEqual(['not-valid', ['stands']]);
    expect(verdict.en).toContain('It no longer stands: withdrawn since 2026-07-01.');
    expect(verdict.zh).toContain('自 2026-07-01 起已撤回，不再有效。');
    expect(verdict.facts).toMatchObject({ ended: { state: 'withdrawn', since: '2026-07-01' } });
    // Whatever else is said of it later, it stays withdrawn until it is taken up again.
    const first = { step: 'withdraw-records' };
    expect(failed(await verify(await makeBundle({ first, second: { step: 'reveal' } })))).toEqual(['stands']);
    for (const step of STEPS_AFTER_WITHDRAWAL) {
      expect((await verify(await makeBundle({ first, second: { step: String(step) } }))).verdict).toBe('valid');
    }
    // What happens to its batch with the same step is another matter.
    expect((await verify(await makeBundle({ kind: 'batch', second: withdrawn }))).verdict).toBe('valid');
  });

  it('the steps that take up a withdrawn record are those of the regulation', () => {
    const steps = Object.entries(TRANSITIONS).filter(([, { from }]) =>
      (from as readonly string[]).includes('withdrawn'),
    );
    expect(steps.map(([step]) => step).sort()).toEqual([...STEPS_AFTER_WITHDRAWAL].sort());
  });

  it('shows no words that a terminal would obey', async () => {
    const verdict = await verify(await ended({ kind: 'record', zh: '\u001b[2J有效', en: 'x'.repeat(200), since: 5 }));
    expect(verdict.zh).toContain('已终止，不再有效');
    expect(verdict.en).toContain('It no longer stands: ended.');
  });
});

describe('R16.2: a status list beside a bundle', () => {
  const NAME = '聊城大学学位评定委员会办公室';
  const listOf = (change: Partial<StatusList> = {}): StatusList => ({
    format: 'vermilion-status-list/1',
    institution: '10447',
    office: { id: OFFICE, name: NAME },
    at: '2026-07-01T08:00:00.000Z',
    checkpoint: bundle.checkpoint.text,
    kind: 'record',
    covers: { from: null, to: null },
    states: {},
    subjects: [],
    ...change,
  });
  const sealed = (change: Partial<StatusList> = {}, signer: SealSigner = authority.office) =>
    sealStatusList(listOf(change), signer, authority.crls);
  const beside = (list: unknown, roots = [authority.root]) => verifyBundle(bundle, { roots }, list);
  const ofStatus = (verdict: Verdict) => verdict.checks.find((one) => one.name === 'status')?.outcome;

  it('clears it, with every check of the list passed', async () => {
    const verdict = await beside(await sealed());
    expect([verdict.verdict, ofStatus(verdict)]).toEqual(['valid', 'passed']);
    const own = verdict.checks.filter((one) => one.name.startsWith('status-list.'));
    expect(own.map((one) => one.outcome)).toEqual(Array(7).fill('passed'));
  });

  it('ends it with a state that has no words of its own, too', async () => {
    const verdict = await beside(await sealed({ subjects: [{ id: 'r-1', state: 'void', since: '', leafIndex: 6 }] }));
    expect(failed(verdict)).toEqual(['status']);
    expect(verdict.facts).toMatchObject({ ended: { state: 'void', since: null } });
  });

  it('that names a leaf outside its log, or too many subjects, is none', async () => {
    const entry = { id: 'r-2', state: 'void', since: '2026-07-01', leafIndex: 7 };
    expect((await beside(await sealed({ subjects: [entry] }))).verdict).toBe('unreadable');
    const many = Array.from({ length: 4_001 }, (_, at) => ({ ...entry, id: `x${at}`, leafIndex: 0 }));
    expect((await beside(await sealed({ subjects: many }))).verdict).toBe('unreadable');
  });

  it('sealed before its certificate, at no time, or under a root that nobody trusts, concludes nothing', async () => {
    for (const at of ['2000-01-01T00:00:00.000Z', 'yesterday']) {
      const verdict = await beside(await sealed({ at }));
      expect(failed(verdict)).toContain('status-list.chain');
      expect(ofStatus(verdict)).toBe('not-checked');
    }
    const verdict = await beside(await sealed({}, other.office));
    expect(failed(verdict)).toEqual(['status-list.chain']);
    expect(ofStatus(verdict)).toBe('not-checked');
  });

  it('under a certificate without id is that of the office by its very name', async () => {
    const { root, issue } = await namelessSeals();
    const roots = [authority.root, root];
    const own = await beside(await sealed({}, await issue({ CN: NAME })), roots);
    expect([own.verdict, ofStatus(own)]).toEqual(['valid', 'passed']);
    const strange = await beside(await sealed({}, await issue({ CN: 'Mallory' })), roots);
    expect(failed(strange)).toEqual(['status-list.holder']);
  });

  it('changed anywhere in what is sealed, one byte at a time, never clears', async () => {
    const text = Buffer.from(JSON.stringify(await sealed({ covers: { from: 'a', to: null } })));
    // Behind it come certificates, which are material: a damaged one is made up for by another copy.
    const end = text.indexOf('"seal"');
    for (let at = 1; at < end; at += 5) {
      let value: unknown;
      try {
        value = JSON.parse(Buffer.from(flipped(text, at)).toString('utf8'));
      } catch {
        continue;
      }
      expect(
        ofStatus(await beside(value)),
        `byte ${at}: …${text.subarray(at - 30, at + 30).toString('latin1')}…`,
      ).not.toBe('passed');
    }
  });
});

describe('a bundle in which something was changed', () => {
  const change = async (what: (copy: ReturnType<typeof copyOf>) => void) => {
    const copy = copyOf();
    what(copy);
    return verify(copy);
  };
  const step = (copy: ReturnType<typeof copyOf>, i: number) => copy.steps[i] as (typeof copy.steps)[number];

  it.each<[string, string[], (copy: ReturnType<typeof copyOf>) => void]>([
    [
      'the statement shown',
      ['steps[1].statement'],
      (copy) => Object.assign(step(copy, 1).statement, { article: '16' }),
    ],
    [
      'statement and text alike',
      ['steps[1].intact', 'steps[1].inclusion'],
      (copy) => {
        const changed = { ...step(copy, 1).statement, article: '16' };
        Object.assign(step(copy, 1), { statement: changed, statementText: canonicalize(changed) });
      },
    ],
    [
      'the seals exchanged',
      ['steps[0].intact', 'steps[1].intact'],
      (copy) => {
        const [a, b] = [step(copy, 0).seal, step(copy, 1).seal];
        step(copy, 0).seal = b;
        step(copy, 1).seal = a;
      },
    ],
    ['the place in the log', ['steps[1].inclusion'], (copy) => Object.assign(step(copy, 1), { leafIndex: 5 })],
    ['the order', ['steps[0].previous', 'order', 'latest-version'], (copy) => void copy.steps.reverse()],
    ['a revealed value', ['fields'], (copy) => Object.assign(copy.subject?.fields?.name ?? {}, { value: '李四' })],
    [
      'a field that was never committed',
      ['fields'],
      (copy) => Object.assign(copy.subject?.fields ?? {}, { grade: { value: 1, salt: '00'.repeat(32) } }),
    ],
    [
      'a commitment',
      ['record-digest'],
      (copy) => Object.assign(copy.subject?.commitments ?? {}, { certificateNumber: '00'.repeat(32) }),
    ],
    ['the version', ['steps[1].subject'], (copy) => Object.assign(copy.subject ?? {}, { version: 3 })],
    [
      'the record',
      ['steps[0].batch-inclusion', 'steps[1].subject'],
      (copy) => Object.assign(copy.subject ?? {}, { id: 'r-2' }),
    ],
    [
      'the place in the batch',
      ['steps[0].batch-inclusion'],
      (copy) => Object.assign(step(copy, 0).batch ?? {}, { index: 2 }),
    ],
    [
      'the size of the batch',
      ['steps[0].batch-inclusion'],
      (copy) => Object.assign(step(copy, 0).batch ?? {}, { size: 6 }),
    ],
    [
      'the batch proof left out',
      ['steps[0].batch-inclusion'],
      (copy) => void delete (step(copy, 0) as { batch?: unknown }).batch,
    ],
    [
      'the checkpoint',
      ['checkpoint.intact', 'institution'],
      (copy) => Object.assign(copy.checkpoint, { text: copy.checkpoint.text.replace('10447', '10446') }),
    ],
    [
      'the size of the log',
      ['steps[1].inclusion', 'checkpoint.intact'],
      (copy) => Object.assign(copy.checkpoint, { text: copy.checkpoint.text.replace('\n7\n', '\n5\n') }),
    ],
    ['the newest step hidden', ['latest-version'], (copy) => void copy.steps.pop()],
  ])('%s: names %j', async (_, names, what) => {
    const verdict = await change(what);
    expect(verdict.verdict).toBe('not-valid');
    expect(failed(verdict)).toEqual(names);
    expect(verdict.zh).toMatch(/^验证不通过/);
  });

  it.each<[string, (copy: ReturnType<typeof copyOf>) => void]>([
    ['a member that nobody checks', (copy) => Object.assign(copy, { note: 'genuine' })],
    ['a member inside a step', (copy) => Object.assign(step(copy, 0), { note: 'genuine' })],
    ['another format', (copy) => Object.assign(copy, { format: 'vermilion-bundle/2' })],
    ['no steps', (copy) => Object.assign(copy, { steps: [] })],
    ['malformed base64', (copy) => Object.assign(copy, { certificates: ['='] })],
  ])('%s: is no bundle', async (_, what) => {
    expect((await change(what)).verdict).toBe('unreadable');
  });

  it('anywhere in its text, one byte at a time, is never believed unless nothing that matters changed', async () => {
    const text = Buffer.from(JSON.stringify(bundle));
    const start = text.indexOf('"certificates"');
    const step = 37;
    for (let at = step; at < start; at += step) {
      let value: unknown;
      try {
        value = JSON.parse(flipped(text, at).reduce((out, byte) => out + String.fromCharCode(byte), '')) as unknown;
      } catch {
        continue;
      }
      const verdict = await verify(value);
      expect(verdict.verdict, `byte ${at}: …${text.subarray(at - 20, at + 20).toString('latin1')}…`).not.toBe('valid');
    }
  });
});

describe('whatever it is given', () => {
  it('the verifier answers and does not throw', async () => {
    const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown;
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
        ownKeys: () => {
          throw new Error('no');
        },
      },
    );
    const odd = [
      undefined,
      null,
      0,
      '',
      'x',
      [],
      {},
      { format: 'vermilion-bundle/1' },
      deep,
      { ...bundle, steps: deep },
      hostile,
      () => 1,
      Symbol('x'),
    ];
    for (const value of odd) {
      const verdict = await verify(value);
      expect(verdict.verdict).toBe('unreadable');
      expect(verdict.zh).not.toBe('');
      expect(verdict.en).not.toBe('');
    }
    const inside = {
      ...bundle,
      subject: { ...bundle.subject, fields: { name: { value: deep, salt: '00'.repeat(32) } } },
    };
    expect((await verify(inside)).verdict).not.toBe('valid');
    expect((await verify(bundle, [new Uint8Array(), Buffer.from('x')])).verdict).toBe('not-valid');
  });

  it('keeps languages apart and says something in each', async () => {
    for (const verdict of [await verify(bundle), await verify(bundle, [other.root]), await verify(1)]) {
      for (const one of [verdict, ...verdict.checks]) {
        expect(one.en).toMatch(/^[\x20-\x7e’]+$/);
        expect(one.zh).toMatch(/\p{Script=Han}/u);
      }
    }
  });
});
