// Officers: who acts for an office, with which duties.
import { builder } from '../builder.ts';
import { connectionType } from '../connection.ts';
import { DutyEnum } from '../enums.ts';
import { uuidOf } from '../global-id.ts';
import type { Order } from '../keyset.ts';
import { visible } from '../scopes.ts';

/** An officer. */
export const OfficerRef = builder.prismaNode('Officer', {
  id: { resolve: (officer) => officer.id },
  findUnique: (id, context) => ({ id: uuidOf(id), AND: [visible(context, 'officer')] }),
  description: 'An officer of an office. Every action names the responsible one.',
  select: { id: true },
  nullable: true,
  fields: (t) => ({
    name: t.exposeString('name'),
    duties: t.field({
      type: [DutyEnum],
      select: { duties: true },
      resolve: (officer) => officer.duties as never,
    }),
    active: t.exposeBoolean('active'),
    office: t.relation('office'),
  }),
});

/** A page of officers. */
export const OfficerConnection = connectionType('Officer', OfficerRef);

/** In the order of their entry. */
export const OFFICER_ORDER: Order = { name: 'id', columns: [{ column: 'id', kind: 'text' }] };
