// What an officer can do with the figures of a year, and why not: from the same rules as the procedure.
import { mayAct } from '../../regulation/duties.ts';
import { findInstitution } from '../../store/offices/institutions.ts';
import type { Action, Asker } from '../actions.ts';
import type { Figures } from './statistics-figures.ts';

export type { Action };

/** Publishing, and everything that stands in its way. */
export async function statisticsActions(
  { world, actor }: Asker,
  { institution, violations }: Pick<Figures, 'violations'> & { readonly institution: string },
): Promise<Action[]> {
  const found = await findInstitution(world.db.prisma, institution);
  const target = { institution, provincialOfficeId: found?.provincialOfficeId ?? '' };
  const inTheWay = [...mayAct(actor, 'publish-statistics', target), ...violations];
  return [{ name: 'publish-statistics', allowed: inTheWay.length === 0, violations: inTheWay }];
}
