// The report of unusual acts on paper (R23.1): a working paper, printed while it is sent; nothing is sealed and nothing kept.
import { type UnusualReport, unusualPaper } from '../../documents/wording/wording-unusual.ts';
import { printWorkingPaper } from '../../documents/working-paper.ts';
import { findInstitution } from '../../store/offices/institutions.ts';
import { MOST_OF_A_KIND } from '../../store/responsibility/unusual-acts.ts';
import type { World } from '../call.ts';
import { momentOf } from '../situation.ts';

/** What was asked, by whom, and what was found; see {@link UnusualReport}. */
export interface AskedReport extends Pick<UnusualReport, 'from' | 'until' | 'askedBy' | 'findings'> {
  readonly institution: string;
}

/** The PDF in pieces; null when there is no such institution. Who may have it is judged before. */
export async function printUnusualActs(
  world: World,
  { institution, ...asked }: AskedReport,
): Promise<AsyncIterable<Uint8Array> | null> {
  const of = await findInstitution(world.db.prisma, institution);
  if (!of) return null;
  const createdAt = world.now();
  const report = {
    ...{ ...asked, institutionCode: institution, institutionName: of.name },
    ...{ askedAt: momentOf(createdAt), mostOfAKind: MOST_OF_A_KIND },
  };
  return printWorkingPaper(unusualPaper(report), { fonts: await world.fonts(), createdAt });
}
