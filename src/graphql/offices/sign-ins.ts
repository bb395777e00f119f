// Attempts to sign in (article 23): for the auditor and the head of the degree office, and everybody's own.
import { SIGN_IN_OUTCOMES, type SignInOutcome } from '../../regulation/responsibility/sign-ins.ts';
import { builder } from '../builder.ts';
import { connectionType, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { derive } from '../enums.ts';
import { decodeGlobalId, uuidOf } from '../global-id.ts';
import type { Order } from '../keyset.ts';
import { visible } from '../scopes.ts';

const SignInOutcomeEnum = derive('SignInOutcome', 'What came of an attempt to sign in.', SIGN_IN_OUTCOMES);
const NEWEST: Order = { name: 'newest', columns: [{ column: 'id', kind: 'text', down: true }] };

const SignInAttemptRef = builder.prismaObject('SignInAttempt', {
  description: 'An attempt to sign in. Neither passwords nor addresses are kept, nor a name that nobody has.',
  select: { id: true },
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'By the clock of the machine.' }),
    outcome: t.field({
      type: SignInOutcomeEnum,
      select: { outcome: true },
      resolve: ({ outcome }) => outcome as SignInOutcome,
    }),
    officer: t.relation('officer', { nullable: true, description: 'Null: nobody has that name.' }),
    unknownName: t.exposeString('unknownName', {
      nullable: true,
      description: 'A mark of a name that nobody has: the same name has the same mark, which says nothing else of it.',
    }),
  }),
});
const SignInAttemptConnection = connectionType('SignInAttempt', SignInAttemptRef);

builder.queryField('signIns', (t) =>
  t.field({
    type: SignInAttemptConnection,
    description:
      'Attempts to sign in, newest first: of the institution for its auditor and the head of its degree office, of others their own. At most 30 failures of one account in ten minutes are kept.',
    args: {
      ...PAGE_ARGS,
      officer: t.arg.id({ required: false }),
      outcome: t.arg({ type: [SignInOutcomeEnum], required: false }),
      from: t.arg({ type: 'DateTime', required: false }),
      until: t.arg({ type: 'DateTime', required: false }),
    },
    complexity: pageCost,
    resolve: (_root, args, context, info) => {
      const { officer, outcome, from, until } = args;
      const at = { ...(from ? { gte: from } : {}), ...(until ? { lt: until } : {}) };
      const chosen = {
        at,
        ...(outcome ? { outcome: { in: outcome } } : {}),
        ...(officer ? { officerId: officerIn(String(officer)) } : {}),
      };
      return readPage(context, info, 'signInAttempt', {
        where: { AND: [visible(context, 'signInAttempt'), chosen] },
        order: NEWEST,
        args,
        typeName: 'SignInAttempt',
        key: ['id'],
      });
    },
  }),
);

/** The officer in a global id; one that nobody is when it is no such id. */
export function officerIn(id: string): string {
  const decoded = decodeGlobalId(id);
  return uuidOf(decoded.typename === 'Officer' ? decoded.id : '');
}
