// Checkpoints: sealed heads of the logs. Public, so that anybody can hold one against later history.
import { ensureCheckpoint, type SealedCheckpoint } from '../../procedures/checkpoint.ts';
import { builder } from '../builder.ts';
import { connectionType, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { answerOf } from '../errors.ts';
import type { Order } from '../keyset.ts';

/** A checkpoint as answers carry it. */
const CheckpointRef = builder.prismaObject('Checkpoint', {
  description: 'A sealed log head: C2SP tlog-checkpoint text and a detached CMS over its bytes.',
  select: { institution: true, size: true },
  fields: (t) => ({
    institution: t.exposeString('institution'),
    size: t.exposeInt('size', { description: 'Leaves of the log that it covers.' }),
    text: t.exposeString('text'),
    seal: t.string({
      description: 'Detached CMS (DER), base64.',
      select: { seal: true },
      resolve: (checkpoint) => Buffer.from(checkpoint.seal).toString('base64'),
    }),
    at: t.expose('at', { type: 'DateTime' }),
  }),
});
const CheckpointConnection = connectionType('Checkpoint', CheckpointRef);
const NEWEST: Order = { name: 'size', columns: [{ column: 'size', kind: 'number', down: true }] };

const NewestCheckpointRef = builder.objectRef<SealedCheckpoint>('NewestCheckpoint').implement({
  description: 'The checkpoint that covers everything in the log now.',
  fields: (t) => ({
    institution: t.exposeString('institution'),
    size: t.exposeInt('size'),
    text: t.exposeString('text'),
    seal: t.string({ resolve: (checkpoint) => Buffer.from(checkpoint.seal).toString('base64') }),
    at: t.expose('at', { type: 'DateTime' }),
  }),
});

builder.queryFields((t) => ({
  checkpoint: t.field({
    type: NewestCheckpointRef,
    nullable: true,
    skipTypeScopes: true,
    description: 'The newest sealed head of a log; made now when the log has grown.',
    complexity: { field: 2_000, multiplier: 1 },
    args: { institution: t.arg.string({ description: 'Five-digit code.' }) },
    resolve: async (_root, args, context) => {
      try {
        return await ensureCheckpoint(context.world, args.institution);
      } catch (error) {
        if (answerOf(error)) return null;
        throw error;
      }
    },
  }),
  checkpoints: t.field({
    type: CheckpointConnection,
    skipTypeScopes: true,
    description: 'The sealed heads of a log, newest first.',
    args: { ...PAGE_ARGS, institution: t.arg.string({ description: 'Five-digit code.' }) },
    complexity: pageCost,
    resolve: (_root, args, context, info) =>
      readPage(context, info, 'checkpoint', {
        where: { institution: args.institution },
        order: NEWEST,
        args,
        typeName: 'Checkpoint',
        key: ['institution', 'size'],
      }),
  }),
}));
