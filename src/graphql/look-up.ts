// Looking a person up by the whole identity number: bounded, because the answer tells whether a guessed number is somebody's (R21.1).

import { tryLookUp } from '../procedures/secrecy/look-up-limit.ts';
import { taught } from './bad-input.ts';
import { actorIn, type GraphqlContext, type Sentence } from './context.ts';
import { reads } from './reads.ts';
import { identityLookUps, isGiven } from './records/record-order.ts';
import { visible } from './scopes.ts';

const TOO_MANY: Sentence = {
  zh: '一小时内按证件号码查询而查无此人的次数已达上限，请稍后再试。',
  en: 'As many identity numbers as allowed were looked up in vain within an hour; try again later.',
};

/**
 * Counts a look-up by a whole identity number; nothing is done when none is given.
 * @throws GraphQLError LOOK_UP_LIMIT, as many were in vain within an hour as the officer may reveal
 */
export async function requireLookUp(
  context: GraphqlContext,
  model: 'degreeRecord' | 'enrolmentRecord',
  identityNumber: string | null | undefined,
): Promise<void> {
  if (!isGiven(identityNumber, 'identityNumber')) return;
  const { world } = context;
  const keys = identityLookUps(identityNumber, world.blindIndex);
  const where = { AND: [visible(context, model), { identityNumberIndex: { in: keys } }] };
  const by = { world, actor: actorIn(context), key: `${model} ${keys[0] ?? ''}` };
  const tooMany = await tryLookUp(by, async () => (await reads(context, model).count({ where })) > 0);
  if (tooMany === null) return;
  const { found, most } = tooMany;
  throw taught('LOOK_UP_LIMIT', TOO_MANY, {
    path: 'identityNumber',
    found: String(found),
    expected: `< ${most} / 60 min`,
    http: { status: 429 },
  });
}
