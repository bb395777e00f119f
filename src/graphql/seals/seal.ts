// Seals of offices: what is public of them, never the key.
import { builder } from '../builder.ts';
import { connectionType } from '../connection.ts';
import type { Order } from '../keyset.ts';
import { visible } from '../scopes.ts';

/** The electronic seal of an office. */
export const SealRef = builder.prismaNode('Seal', {
  id: { resolve: (seal) => seal.id },
  findUnique: (id, context) => ({ id, office: visible(context, 'office') }),
  description: 'The electronic seal of an office with its certificate.',
  select: { id: true },
  nullable: true,
  fields: (t) => ({
    key: t.exposeString('id', { description: 'Its name in the register.' }),
    kind: t.exposeString('kind'),
    name: t.exposeString('name'),
    algorithm: t.exposeString('algorithm'),
    certificatePem: t.string({ select: { certificate: true }, resolve: (seal) => pem(seal.certificate) }),
    chainPem: t.stringList({ select: { chain: true }, resolve: (seal) => seal.chain.map(pem) }),
    diameterMm: t.exposeInt('diameterMm'),
    demo: t.exposeBoolean('demo', { description: 'True for a seal of the development CA: for trying out only.' }),
    validFrom: t.expose('validFrom', { type: 'DateTime' }),
    validUntil: t.expose('validUntil', { type: 'DateTime' }),
    office: t.relation('office'),
    statuses: t.relation('statuses', {
      description: 'Issued, suspended, resumed, retired or compromised, since when; the newest 50.',
      query: { orderBy: { at: 'desc' }, take: 50 },
    }),
  }),
});

builder.prismaObject('SealStatus', {
  select: { sealId: true, at: true },
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime' }),
    status: t.exposeString('status'),
    reason: t.exposeString('reason'),
  }),
});

/** A page of seals. */
export const SealConnection = connectionType('Seal', SealRef);

/** By name. */
export const SEAL_ORDER: Order = { name: 'id', columns: [{ column: 'id', kind: 'text' }] };

function pem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
