// Three houses with one of everything, those who ask in them, and what none of them may ever be told.
import { openLink } from '../../src/procedures/student/open-link.ts';
import { startApi, type TestApi } from './api.ts';
import { DEPTH } from './chance.ts';
import { type Pool, poolOf } from './house-ids.ts';
import { changeKeys } from './house-keys.ts';
import { liveIn } from './house-life.ts';
import { remindAll } from './house-structure.ts';
import { linksTo } from './house-words.ts';
import { HOUSES, type House, MORE } from './houses.ts';
import { textsOf } from './schema-walk.ts';
import { type TestWorld, testWorld } from './world.ts';

/** The houses by name. */
export type HouseName = keyof typeof HOUSES;

const { here, next, far } = HOUSES;

/** In a deep run one: every combination instead of each once, and relations one deeper. */
export const EXTRA_DEPTH = DEPTH > 1 ? 1 : 0;

/** What the isolation tests ask about and by which server. */
export interface ThreeHouses {
  readonly test: TestWorld;
  readonly api: TestApi;
  readonly pools: Readonly<Record<HouseName, Pool>>;
  /** What has not come to the province of each house. */
  readonly unreached: Readonly<Record<HouseName, Pool>>;
  /** By the name of a student's role: the id of the degree record that is their own. */
  readonly recordOf: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * A world in which all three live, with everything that can be asked for by an id, and every role signed in. A test that asks nothing of
 * the far one leaves it as it was set up, and signs in whom it needs.
 */
export async function threeHouses({ far: farToo = true } = {}): Promise<ThreeHouses> {
  const test = await testWorld(MORE);
  const living = farToo ? Object.values(HOUSES) : [here, next];
  for (const house of living) await liveIn(test, house);
  await remindAll(test);
  await changeKeys(test, living);
  const api = await startApi(test);
  if (farToo) for (const { as } of ROLES) await api.signIn(as);
  const recordOf: Record<string, string> = {};
  for (const { as, own } of STUDENTS) {
    const house = HOUSES[own];
    const { id } = await test.world.db.prisma.degreeRecord.findFirstOrThrow({
      ...{ where: { institution: house.code, state: 'filed' }, orderBy: { id: 'asc' } },
    });
    const [token = ''] = await linksTo(test, house, [id]);
    api.hold(as, (await openLink(test.world, { token })).token);
    recordOf[as] = id;
  }
  const each = async (pending: boolean) => ({
    here: await poolOf(test, here, pending),
    next: await poolOf(test, next, pending),
    far: await poolOf(test, far, pending),
  });
  const close = async () => {
    await api.close();
    await test.close();
  };
  return { test, api, pools: await each(false), unreached: await each(true), recordOf, close };
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
const ofHere = (as: string, never: string[] = [], depth = 2): Role => ({
  depth,
  ...{ as, own: ['here'], foreign: ['next', 'far'], never: [...HERE_NEVER, ...never] },
});

/** Every kind of office, every duty, an auditor, two provinces. */
export const ROLES: readonly Role[] = [
  ofHere('xuewei.guan'),
  ofHere('xuewei.zhuren', [], 1),
  ofHere('jiancha', [], 1),
  ofHere('jiaowu.cai'),
  ofHere('jiaowu.he', [], 1),
  ofHere('jiaowu.zhang', [], 1),
  // Offices that own other categories see nothing of these people.
  ofHere('yanjiu.cai', inside(here)),
  ofHere('jixu.he', inside(here), 1),
  { as: 'donghai.xuewei', depth: 1, own: ['next'], foreign: ['here', 'far'], never: NEXT_NEVER },
  { as: 'donghai.cai', depth: 1, own: ['next'], foreign: ['here', 'far'], never: NEXT_NEVER },
  { as: 'donghai.jian', depth: 1, own: ['next'], foreign: ['here', 'far'], never: NEXT_NEVER },
  {
    ...{ as: 'sheng.shen', own: ['here', 'next'], foreign: ['far'] },
    never: [...all(far), far.code, ...hidden(here), ...hidden(next)],
  },
  { as: 'zhongzhou.xuewei', depth: 1, own: ['far'], foreign: ['here', 'next'], never: FAR_NEVER },
  { as: 'zhongzhou.sheng', own: ['far'], foreign: ['here', 'next'], never: [...FAR_NEVER, ...hidden(far)] },
];

/** Students, each of a filed record of their house; `as` is what the test's API knows them by. */
export const STUDENTS: readonly { readonly as: string; readonly own: HouseName; readonly never: readonly string[] }[] =
  [
    { as: 'a student of here', own: 'here', never: [...HERE_NEVER, ...hidden(here)] },
    { as: 'a student of next', own: 'next', never: [...NEXT_NEVER, ...hidden(next)] },
  ];

/** Digests, UUIDs, salts, serial numbers in hex, and long fractions: their digits may be anything, and say nothing. */
const RANDOM = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b(?=\d*[a-f])[0-9a-f]{12,}\b|\b\d+\.\d{6,}\b/gi;

/** What a caller must never read in what they were told. */
export function betrayed(told: unknown, never: readonly string[]): string[] {
  const texts = textsOf(told).join('\n').replace(RANDOM, '…');
  return never.filter((mark) => texts.includes(mark));
}
