// What an institution has of its own in the national structure, read once per request: codes and editions.
import { codesOf } from '../../procedures/structure/own-codes.ts';
import type { ExtraCodes } from '../../regulation/standard/codes.ts';
import { type Edition, editionName, editionNameEn } from '../../regulation/standard/edition.ts';
import { editionByKey } from '../../regulation/standard/shipped-editions.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import { readEditions } from '../../store/structure/editions.ts';
import { actorIn, type GraphqlContext } from '../context.ts';

interface Own {
  readonly codes: Map<string, Promise<ExtraCodes>>;
  readonly editions: Map<string, Promise<Edition[]>>;
}

const known = new WeakMap<GraphqlContext, Own>();

function ownIn(context: GraphqlContext): Own {
  const own = known.get(context) ?? { codes: new Map(), editions: new Map() };
  known.set(context, own);
  return own;
}

function once<T>(map: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
  const found = map.get(key) ?? read();
  map.set(key, found);
  return found;
}

/** The institution of the officer; null for the province, which sees what everybody has. */
export function ownInstitution(context: GraphqlContext): string | null {
  return actorIn(context).institution;
}

/** The code tables as the officer's institution has them. */
export async function ownCodes(context: GraphqlContext): Promise<ExtraCodes | undefined> {
  const institution = ownInstitution(context);
  if (institution === null) return undefined;
  return once(ownIn(context).codes, institution, () => codesOf(context.world.db.prisma, institution));
}

/** The editions that the officer's institution has loaded. */
export async function ownEditions(context: GraphqlContext): Promise<Edition[]> {
  const institution = ownInstitution(context);
  if (institution === null) return [];
  return once(ownIn(context).editions, institution, () => readEditions(context.world.db.prisma, institution));
}

/** The edition that an import or export names by its key; null when there is none. */
export async function editionNamed(
  context: GraphqlContext,
  key: string | null,
  category: string | null,
): Promise<Edition | null> {
  if (key === null) return null;
  return editionByKey(key, (category ?? 'regular-bachelor') as Category, await ownEditions(context));
}

/** Its name in the language of the request; of an unverified one it says so. */
export function nameIn(context: GraphqlContext, edition: Edition): string {
  return context.language === 'en' ? editionNameEn(edition) : editionName(edition);
}
