// The roster as it was sealed (R9.1): its salted root, the leaf of a place, and whether what is kept now is still what the log says.
import { type Violation, violation } from '../../regulation/violations.ts';
import { leafHash, merkleTree } from '../../sealing/log.ts';
import { canonicalBytes, canonicalize, type JsonValue } from '../../sealing/verify/canonical.ts';
import type { BlindIndex } from '../../secrecy/blind-index.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { readWholeRoster } from '../../store/resolutions/roster-reads.ts';
import { type RosterStrike, readStrikes } from '../../store/resolutions/roster-strikes.ts';
import type { RosterEntry } from '../../store/resolutions/rosters.ts';
import { type StepOfSubject, stepsAbout } from '../../store/seals/step-history.ts';
import type { World } from '../call.ts';
import { nodeReader } from '../log.ts';
import { digestOf } from '../subjects.ts';

/** The salt of a place on a roster: keyed, so that who sees only the root cannot try out names. */
export function rosterSalt(
  entry: Pick<RosterEntry, 'institution' | 'resolutionId' | 'sequence'>,
  blindIndex: BlindIndex,
): string {
  return blindIndex(`${entry.institution}/${entry.resolutionId}/${entry.sequence}`, 'roster-salt');
}

/** What of a place goes into its leaf besides the salt. */
export function sealedEntry({ institution: _, resolutionId: __, ...entry }: RosterEntry): {
  [name: string]: string | number;
} {
  return entry;
}

/** The leaf of a place: leafHash(canonical({ …entry, salt })). */
export function rosterLeaf(entry: RosterEntry, blindIndex: BlindIndex): Uint8Array {
  return leafHash(canonicalBytes({ ...sealedEntry(entry), salt: rosterSalt(entry, blindIndex) }));
}

/** The Merkle tree over salted places: its root goes into the sealed statement of the resolution. */
export function rosterTree(entries: readonly RosterEntry[], blindIndex: BlindIndex): ReturnType<typeof merkleTree> {
  return merkleTree(entries.map((entry) => rosterLeaf(entry, blindIndex)));
}

/** The root of {@link rosterTree}, 64 hex digits. */
export function rootOfRoster(entries: readonly RosterEntry[], blindIndex: BlindIndex): string {
  return Buffer.from(rosterTree(entries, blindIndex).root).toString('hex');
}

/** What a correction says of the person, under the installation's key: reason and entry never enter the log in plain. */
export function correctionDigest(
  world: Pick<World, 'blindIndex'>,
  { resolutionId, sequence, replacedBy, reason, documentNumber, fileDigest }: Omit<RosterStrike, 'institution' | 'at'>,
  replacement: { [name: string]: JsonValue } | null,
): string {
  const keyed = world.blindIndex(canonicalize({ resolutionId, sequence, reason, replacement }), 'roster-correction');
  return digestOf({ resolutionId, sequence, replacedBy, documentNumber, fileDigest, correction: keyed });
}

/** A sealed step about a resolution, with what its statement says. */
export interface ResolutionStep extends StepOfSubject {
  readonly step: string;
  readonly facts: { readonly [name: string]: JsonValue };
}

/** The steps that made a roster what it is, oldest first: the loading of its resolution, then its corrections. */
export async function rosterSteps(
  db: Pick<Transaction, 'step' | 'stepSubject'>,
  institution: string,
  resolutionId: string,
): Promise<ResolutionStep[]> {
  const steps = await stepsAbout(db, institution, resolutionId);
  return steps.flatMap((each) => {
    const { step, facts } = JSON.parse(each.statement) as { step: string; facts: ResolutionStep['facts'] };
    return step === 'load-resolution' || step === 'correct-roster' ? [{ ...each, step, facts }] : [];
  });
}

const altered = (found: string, expected: string): Violation =>
  violation('roster-altered', 'roster', { found, expected });

/**
 * Whether the roster, its strikes and its added places are exactly those that were sealed (R9.1): whoever was slipped in, taken off
 * or renamed in the database is found. Each step it goes by must itself be in the log. Empty when all agree.
 */
export async function rosterSealViolations(
  tx: Transaction,
  world: Pick<World, 'blindIndex'>,
  institution: string,
  resolutionId: string,
): Promise<Violation[]> {
  const steps = await rosterSteps(tx, institution, resolutionId);
  const node = nodeReader(tx, institution);
  for (const { leafIndex, statement } of steps) {
    const logged = await node(0, leafIndex).catch(() => undefined);
    if (!logged || !Buffer.from(leafHash(Buffer.from(statement, 'utf8'))).equals(logged)) {
      return [altered(`log[${leafIndex}]`, 'load-resolution')];
    }
  }
  const [load, ...corrections] = steps;
  if (load?.step !== 'load-resolution' || corrections.some(({ step }) => step !== 'correct-roster')) {
    return [altered('–', 'load-resolution')];
  }
  const entries = await readWholeRoster(tx, institution, resolutionId);
  const size = Number(load.facts.rosterSize);
  const original = entries.filter(({ sequence }) => sequence <= size);
  const root = rootOfRoster(original, world.blindIndex);
  const violations = root === load.facts.rosterRoot ? [] : [altered(root, String(load.facts.rosterRoot))];
  const places = new Map(entries.map((entry) => [entry.sequence, entry]));
  const strikes = await readStrikes(tx, institution, resolutionId);
  const sealed = new Set(corrections.map(({ subject }) => subject?.digest));
  const made = new Set<string>();
  const added = new Set<number>();
  for (const strike of strikes) {
    const place = strike.replacedBy === null ? undefined : places.get(strike.replacedBy);
    const { sequence: _, ...replacement } = place ? sealedEntry(place) : {};
    const digest = correctionDigest(world, strike, place ? replacement : null);
    made.add(digest);
    if (place) added.add(place.sequence);
    if (!sealed.has(digest)) violations.push(altered(`#${strike.sequence}`, 'correct-roster'));
  }
  for (const { facts, subject } of corrections) {
    if (!made.has(subject?.digest ?? '')) violations.push(altered('–', `#${facts.sequence}`));
  }
  for (const { sequence } of entries) {
    if (sequence > size && !added.has(sequence)) violations.push(altered(`#${sequence}`, `≤ ${size}`));
  }
  return violations;
}
