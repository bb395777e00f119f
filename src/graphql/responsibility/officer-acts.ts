// From an officer to everything they answer for (article 22): their sealed steps, with what each was about.
import { badInput } from '../bad-input.ts';
import { builder } from '../builder.ts';
import { PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { StepNameEnum } from '../enums.ts';
import { OfficerRef } from '../offices/officer.ts';
import { visible } from '../scopes.ts';
import { STEP_ORDERS, StepConnection, StepOrderEnum } from '../seals/step.ts';

const WRONG_PERIOD = { zh: '起止时间颠倒。', en: 'The period ends before it begins.' };

builder.prismaObjectField(OfficerRef, 'acts', (t) =>
  t.field({
    type: StepConnection,
    description: 'The sealed steps of the officer as far as the asker sees steps, newest first; with their subjects.',
    args: {
      ...PAGE_ARGS,
      from: t.arg({ type: 'DateTime', required: false, description: 'From this moment on.' }),
      until: t.arg({ type: 'DateTime', required: false, description: 'Before this moment.' }),
      step: t.arg({ type: [StepNameEnum], required: false }),
      orderBy: t.arg({ type: StepOrderEnum, required: false, defaultValue: 'NEWEST' }),
    },
    complexity: pageCost,
    select: { id: true },
    resolve: ({ id: officerId }, args, context, info) => {
      const { from, until, step } = args;
      if (from && until && until <= from) {
        throw badInput(WRONG_PERIOD, { found: until.toISOString(), expected: `> ${from.toISOString()}` });
      }
      const at = { ...(from ? { gte: from } : {}), ...(until ? { lt: until } : {}) };
      return readPage(context, info, 'step', {
        where: { AND: [visible(context, 'step'), { officerId, at, ...(step ? { name: { in: step } } : {}) }] },
        order: STEP_ORDERS[args.orderBy ?? 'NEWEST'],
        args,
        typeName: 'Step',
      });
    },
  }),
);
