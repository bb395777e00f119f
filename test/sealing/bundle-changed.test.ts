// R12.2: a bundle that was changed anywhere is not believed, and whatever the verifier is given, it answers.
import { beforeAll, describe, expect, it } from 'vitest';
import { canonicalize } from '../../src/sealing/canonical.ts';
import type { Bundle } from '../../src/sealing/verify/bundle-format.ts';
import { failed, type TestBundles, testBundles } from './bundles.ts';
import { flipped, type TestAuthority } from './seals.ts';

let other: TestAuthority;
let bundle: Bundle;
let verify: TestBundles['verify'];
beforeAll(async () => {
  ({ other, bundle, verify } = await testBundles());
});

const copyOf = () => structuredClone(bundle) as unknown as Record<string, never> & typeof bundle;

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
