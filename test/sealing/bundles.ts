// Bundles of one little log – a batch of five reported, then one of them filed –, as the tests of bundles make, change and judge them.
import { randomBytes } from 'node:crypto';
import { batchLeaf, buildBundle } from '../../src/sealing/bundle.ts';
import { canonicalize, type JsonValue } from '../../src/sealing/canonical.ts';
import { checkpointText } from '../../src/sealing/checkpoint.ts';
import { sealDetached } from '../../src/sealing/cms.ts';
import { commitRecord, openFields } from '../../src/sealing/commitment.ts';
import { appendLeaves, emptyFrontier, inclusionProof, leafHash, merkleTree, rootOf } from '../../src/sealing/log.ts';
import type { SealSigner } from '../../src/sealing/signer.ts';
import { verifyBundle } from '../../src/sealing/verify/bundle.ts';
import type { Bundle, Subject } from '../../src/sealing/verify/bundle-format.ts';
import type { Verdict } from '../../src/sealing/verify/verdict.ts';
import { OFFICE, PROVINCE, type TestAuthority, testAuthority } from './seals.ts';

/** What the record says. */
export const FIELDS = { name: '阿依古丽·买买提', conferralDate: '2026-06-20', certificateNumber: '1044742026000001' };
const SALT = Buffer.alloc(16, 3);

/** A good bundle, whose seals those who believe it and those who do not, and ways to make others. */
export interface TestBundles {
  readonly authority: TestAuthority;
  /** Whom nobody believes here. */
  readonly other: TestAuthority;
  readonly bundle: Bundle;
  /** Another one, about the same record, with something else in it. */
  makeBundle(change?: Change): Promise<Bundle>;
  verify(value: unknown, roots?: Uint8Array[]): Promise<Verdict>;
}

/** What may be other than in the good one. */
export interface Change {
  readonly first?: Record<string, JsonValue>;
  readonly second?: Record<string, JsonValue>;
  readonly firstSigner?: SealSigner;
  readonly secondSigner?: SealSigner;
  readonly checkpointSigner?: SealSigner;
  readonly origin?: string;
  readonly kind?: string;
}

/** Makes the authorities and the good bundle. */
export async function testBundles(): Promise<TestBundles> {
  const [authority, other] = await Promise.all([testAuthority(), testAuthority()]);
  const makeBundle = (change: Change = {}) => bundleOf(authority, change);
  return {
    ...{ authority, other, makeBundle, bundle: await makeBundle() },
    verify: (value, roots = [authority.root]) => verifyBundle(value, { roots }),
  };
}

/** The checks that a verdict says failed. */
export const failed = (verdict: Verdict): string[] =>
  verdict.checks.filter((one) => one.outcome === 'failed').map((one) => one.name);

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

async function bundleOf(authority: TestAuthority, change: Change): Promise<Bundle> {
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
