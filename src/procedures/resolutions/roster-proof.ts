// That the person of a record was on the resolution's roster (R9.1): for a bundle, opening that person's place and nobody else's.
import type { RosterParts } from '../../sealing/bundle.ts';
import { readWholeRoster } from '../../store/resolutions/roster-reads.ts';
import type { World } from '../call.ts';
import { type ResolutionStep, rosterSalt, rosterSteps, rosterTree, sealedEntry } from './roster-seal.ts';

/** The proof of a place, and the steps that it goes by: the loading of the resolution and, for an added place, its correction. */
export interface RosterProofParts {
  readonly steps: readonly ResolutionStep[];
  readonly parts: Omit<RosterParts, 'steps'>;
}

/** The proof of one place; undefined where none was sealed so that it can be shown (corrections of before it was). */
export async function rosterProof(
  world: Pick<World, 'db' | 'blindIndex'>,
  institution: string,
  resolutionId: string,
  sequence: number,
): Promise<RosterProofParts | undefined> {
  const db = world.db.prisma;
  const [load, ...corrections] = await rosterSteps(db, institution, resolutionId);
  const entries = await readWholeRoster(db, institution, resolutionId);
  const entry = entries.find((each) => each.sequence === sequence);
  if (load?.step !== 'load-resolution' || !entry) return undefined;
  const opened = { entry: sealedEntry(entry), salt: rosterSalt(entry, world.blindIndex) };
  const size = Number(load.facts.rosterSize);
  if (sequence > size) {
    const correction = corrections.find(({ facts }) => facts.replacedBy === sequence);
    if (typeof correction?.facts.replacementLeaf !== 'string') return undefined;
    return { steps: [load, correction], parts: opened };
  }
  const index = sequence - 1;
  const { proof } = rosterTree(
    entries.filter((each) => each.sequence <= size),
    world.blindIndex,
  );
  return { steps: [load], parts: { ...opened, inclusion: { size, index, proof: proof(index) } } };
}
