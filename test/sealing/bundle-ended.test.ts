// R16.2: a bundle of something that has ended says so, by itself or by a status list beside it.
import { beforeAll, describe, expect, it } from 'vitest';
import { TRANSITIONS } from '../../src/regulation/lifecycle.ts';
import type { JsonValue } from '../../src/sealing/canonical.ts';
import type { SealSigner } from '../../src/sealing/signer.ts';
import { sealStatusList } from '../../src/sealing/status-list.ts';
import { verifyBundle } from '../../src/sealing/verify/bundle.ts';
import type { Bundle } from '../../src/sealing/verify/bundle-format.ts';
import { STEPS_AFTER_WITHDRAWAL } from '../../src/sealing/verify/ending.ts';
import type { StatusList } from '../../src/sealing/verify/status-list-format.ts';
import type { Verdict } from '../../src/sealing/verify/verdict.ts';
import { failed, type TestBundles, testBundles } from './bundles.ts';
import { flipped, namelessSeals, OFFICE, type TestAuthority } from './seals.ts';

let authority: TestAuthority;
let other: TestAuthority;
let bundle: Bundle;
let makeBundle: TestBundles['makeBundle'];
let verify: TestBundles['verify'];
beforeAll(async () => {
  ({ authority, other, bundle, makeBundle, verify } = await testBundles());
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
