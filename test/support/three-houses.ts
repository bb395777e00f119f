// Three houses with one of everything, those who ask in them, and what none of them may ever be told.
import { type Pool, poolOf } from './house-ids.ts';
import { liveIn } from './house-life.ts';
import { HOUSES, type House, MORE } from './houses.ts';
import { textsOf } from './schema-walk.ts';
import { type TestWorld, testWorld } from './world.ts';

/** The houses by name. */
export type HouseName = keyof typeof HOUSES;

const { here, next, far } = HOUSES;

/** A world in which all three live, with everything that can be asked for by an id; `unreached` has not come to its province. */
export async function threeHouses(): Promise<{
  readonly test: TestWorld;
  readonly pools: Readonly<Record<HouseName, Pool>>;
  readonly unreached: Readonly<Record<HouseName, Pool>>;
}> {
  const test = await testWorld(MORE);
  for (const house of Object.values(HOUSES)) await liveIn(test, house);
  const each = async (pending: boolean) => ({
    here: await poolOf(test, here, pending),
    next: await poolOf(test, next, pending),
    far: await poolOf(test, far, pending),
  });
  return { test, pools: await each(false), unreached: await each(true) };
}

const all = ({ marks }: House): string[] => Object.values(marks);
/** What only who sees the category may read. */
export const inside = ({ marks }: House): string[] => [marks.people, marks.unreported];
/** What the province may not read yet. */
export const hidden = ({ marks }: House): string[] => [marks.pending, marks.unreported, marks.disclosed];

/** Who asks, whose ids they know, and what no answer to them may say. */
export interface Role {
  readonly as: string;
  /** How many relations deep they look; those who see what another role sees look less deep. */
  readonly depth?: number;
  readonly own: readonly HouseName[];
  readonly foreign: readonly HouseName[];
  readonly never: readonly string[];
}

const HERE_NEVER = [...all(next), ...all(far), next.code, far.code];
const NEXT_NEVER = [...all(here), ...all(far), here.code, far.code];
const FAR_NEVER = [...all(here), ...all(next), here.code, next.code];
const ofHere = (as: string, never: string[] = [], depth = 3): Role => ({
  depth,
  ...{ as, own: ['here'], foreign: ['next', 'far'], never: [...HERE_NEVER, ...never] },
});

/** Every kind of office, every duty, an auditor, two provinces. */
export const ROLES: readonly Role[] = [
  ofHere('xuewei.guan'),
  ofHere('xuewei.zhuren', [], 1),
  ofHere('jiancha'),
  ofHere('jiaowu.cai'),
  ofHere('jiaowu.he', [], 1),
  ofHere('jiaowu.zhang', [], 1),
  // Offices that own other categories see nothing of these people.
  ofHere('yanjiu.cai', inside(here)),
  ofHere('jixu.he', inside(here)),
  { as: 'donghai.xuewei', own: ['next'], foreign: ['here', 'far'], never: NEXT_NEVER },
  { as: 'donghai.cai', own: ['next'], foreign: ['here', 'far'], never: NEXT_NEVER },
  { as: 'donghai.jian', own: ['next'], foreign: ['here', 'far'], never: NEXT_NEVER },
  {
    ...{ as: 'sheng.shen', own: ['here', 'next'], foreign: ['far'] },
    never: [...all(far), far.code, ...hidden(here), ...hidden(next)],
  },
  { as: 'zhongzhou.xuewei', own: ['far'], foreign: ['here', 'next'], never: FAR_NEVER },
  { as: 'zhongzhou.sheng', own: ['far'], foreign: ['here', 'next'], never: [...FAR_NEVER, ...hidden(far)] },
];

/** What a caller must never read in what they were told. */
export function betrayed(told: unknown, never: readonly string[]): string[] {
  const texts = textsOf(told).join('\n');
  return never.filter((mark) => texts.includes(mark));
}
