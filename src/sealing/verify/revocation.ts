// Certificate revocation lists (RFC 5280 section 5): was this certificate revoked when it sealed?
import { equalBytes, toHex } from './bytes.ts';
import { bitStringBytes, children, expectTag, integerBytes, readDer, smallInteger, TAG, timeValue } from './der.ts';
import { OID } from './oids.ts';
import { verifySignature } from './signature.ts';
import { type AlgorithmIdentifier, type Certificate, readAlgorithm, readExtensions } from './x509.ts';

/** One revocation list as read; not yet verified. `revoked`: serial in hex → when and why (reason code). */
export interface RevocationList {
  issuer: Uint8Array;
  tbs: Uint8Array;
  algorithm: AlgorithmIdentifier;
  signature: Uint8Array;
  thisUpdate: Date;
  nextUpdate: Date;
  revoked: ReadonlyMap<string, { at: Date; reason: number }>;
}

/** What the lists say about a path: revoked (since when), clear, or not covered by any list. */
export type RevocationResult = { state: 'revoked'; at: Date } | { state: 'clear' } | { state: 'unchecked' };

const KEY_COMPROMISE = 1;
const CA_COMPROMISE = 2;
const REMOVED = 8;

function reasonOf(extensions: ReadonlyMap<string, { value: Uint8Array }>): number {
  const reason = extensions.get(OID.crlReason);
  return reason ? (readDer(reason.value, TAG.enumerated).content[0] ?? 0) : 0;
}

/** Reads a version 2 list. Critical extensions (delta, partial scopes) are refused. @throws {DerProblem} */
export function readRevocationList(der: Uint8Array): RevocationList | undefined {
  const [tbs, outer, signature] = children(readDer(der, TAG.sequence));
  const body = expectTag(tbs, TAG.sequence);
  const parts = children(body);
  if (smallInteger(parts[0]) !== 1) return undefined;
  const algorithm = readAlgorithm(outer);
  if (!equalBytes(readAlgorithm(parts[1]).raw, algorithm.raw)) return undefined;
  const last = parts[parts.length - 1];
  const extensionList = last?.tag === 0xa0 ? children(last)[0] : undefined;
  const extensions = extensionList ? readExtensions(extensionList) : new Map<string, { critical: boolean }>();
  if ([...extensions.values()].some((extension) => extension.critical)) return undefined;
  const revoked = new Map<string, { at: Date; reason: number }>();
  const entries = parts[5]?.tag === TAG.sequence ? children(parts[5]) : [];
  for (const entry of entries) {
    const [serial, at, more] = children(expectTag(entry, TAG.sequence));
    const entryExtensions = more ? readExtensions(more) : new Map();
    // A critical entry extension (certificate issuer) would change whose serial number this is.
    if ([...entryExtensions.values()].some((extension) => extension.critical)) return undefined;
    revoked.set(toHex(integerBytes(serial)), { at: timeValue(at), reason: reasonOf(entryExtensions) });
  }
  return {
    issuer: expectTag(parts[2], TAG.sequence).raw,
    tbs: body.raw,
    algorithm,
    signature: bitStringBytes(signature),
    thisUpdate: timeValue(parts[3]),
    nextUpdate: timeValue(parts[4]),
    revoked,
  };
}

async function stateOf(
  certificate: Certificate,
  issuer: Certificate,
  lists: readonly RevocationList[],
  at: Date,
  used: (list: RevocationList) => void,
): Promise<RevocationResult> {
  let state: RevocationResult = { state: 'unchecked' };
  for (const list of lists) {
    // A list that ended before the sealing says nothing about it.
    if (!equalBytes(list.issuer, issuer.subject.raw) || list.nextUpdate < at) continue;
    const { algorithm, tbs: data, signature: value } = list;
    if (!(await verifySignature({ algorithm, spki: issuer.spki, data, value }))) continue;
    used(list);
    const entry = list.revoked.get(certificate.serial);
    if (!entry || entry.reason === REMOVED) {
      state = { state: 'clear' };
      continue;
    }
    // Without a time-stamp the holder of a stolen key can name any time, so such a revocation reaches back.
    const reachesBack = entry.reason === KEY_COMPROMISE || entry.reason === CA_COMPROMISE;
    if (reachesBack || entry.at <= at) return { state: 'revoked', at: entry.at };
    state = { state: 'clear' };
  }
  return state;
}

/**
 * Judges a verified path (seal first, root last) at `at`: revoked as soon as one is; clear only when every one but the root is covered.
 * @param used told of every list that speaks of one of them: of its issuer, properly signed, and not ended before `at`
 */
export async function revocationOf(
  path: readonly Certificate[],
  lists: readonly RevocationList[],
  at: Date,
  used: (list: RevocationList) => void = () => {},
): Promise<RevocationResult> {
  let all: RevocationResult = { state: 'clear' };
  for (const [i, certificate] of path.entries()) {
    const issuer = path[i + 1];
    if (!issuer) break;
    const one = await stateOf(certificate, issuer, lists, at, used);
    if (one.state === 'revoked') return one;
    if (one.state === 'unchecked') all = one;
  }
  return all;
}
