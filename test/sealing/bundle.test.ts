// R12.2: whoever trusts the root alone believes a bundle that is as it was made, and none that leaves something out or puts it in.
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyBundle } from '../../src/sealing/verify/bundle.ts';
import type { Bundle } from '../../src/sealing/verify/bundle-format.ts';
import { FIELDS, failed, type TestBundles, testBundles } from './bundles.ts';
import { namelessSeals, OFFICE, PROVINCE, type TestAuthority } from './seals.ts';

let authority: TestAuthority;
let other: TestAuthority;
let bundle: Bundle;
let makeBundle: TestBundles['makeBundle'];
let verify: TestBundles['verify'];
beforeAll(async () => {
  ({ authority, other, bundle, makeBundle, verify } = await testBundles());
});

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
