// Links to a disclosure, and accepting the objections that come by them (article 11(3)).
import { acceptObjection } from '../../procedures/disclosure/accept-objection.ts';
import { disclosureLink, revokeDisclosureLink } from '../../procedures/disclosure/disclosure-link.ts';
import { addAction, type Done, type SuccessBuilder } from '../action.ts';
import { batchField } from '../action-fields.ts';
import { keyFrom } from '../global-id.ts';
import { loaded } from '../loaded.ts';
import { ObjectionRef } from '../records/record-history.ts';
import { DisclosureLinkRef } from './disclosure.ts';
import { ReceivedObjectionRef } from './objections.ts';

function linkField<Shape extends Done & { readonly linkId: string }>(t: SuccessBuilder<Shape>) {
  return t.field({
    type: DisclosureLinkRef,
    nullable: true,
    description: 'Null when simulated and new.',
    resolve: ({ institution, linkId: id }, _args, context, info) =>
      loaded(context, info, 'disclosureLink', 'DisclosureLink', { institution, id }),
  });
}

addAction('disclosureLink', {
  description:
    'Gives the address under which students and staff see the open disclosure of a batch, read-only and masked. By the category office.',
  sealed: false,
  input: (t) => ({ batch: t.id() }),
  run: async (call, input) => {
    const { institution, id: batchId } = keyFrom(input.batch, 'Batch');
    return { institution, stepId: null, ...(await disclosureLink(call, { institution, batchId })) };
  },
  success: (t) => ({ batch: batchField(t), link: linkField(t) }),
});

addAction('revokeDisclosureLink', {
  description: 'Ends a link: its address shows nothing any more; the next one is another.',
  sealed: false,
  input: (t) => ({ link: t.id() }),
  run: async (call, input) => {
    const { institution, id: linkId } = keyFrom(input.link, 'DisclosureLink');
    return { institution, stepId: null, ...(await revokeDisclosureLink(call, { institution, linkId })) };
  },
  success: (t) => ({ batch: batchField(t), link: linkField(t) }),
});

addAction('acceptObjection', {
  description:
    'Accepts an objection that came by the page of a disclosure: it enters the sealed log and is resolved like any other.',
  input: (t) => ({ received: t.id() }),
  run: async (call, input) => {
    const { institution, id: receivedId } = keyFrom(input.received, 'ReceivedObjection');
    return { institution, ...(await acceptObjection(call, { institution, receivedId })) };
  },
  success: (t) => ({
    received: t.field({
      type: ReceivedObjectionRef,
      nullable: true,
      resolve: ({ institution, receivedId: id }, _args, context, info) =>
        loaded(context, info, 'receivedObjection', 'ReceivedObjection', { institution, id }),
    }),
    objection: t.field({
      type: ObjectionRef,
      nullable: true,
      resolve: ({ institution, objectionId: id }, _args, context, info) =>
        loaded(context, info, 'objection', 'Objection', { institution, id }),
    }),
  }),
});
