// A draft of an application's document to look at: watermarked, without number, seal or code. A working paper; nothing is kept.

import { mayRead } from '../../regulation/duties.ts';
import type { ApplicationKind } from '../../regulation/vocabulary.ts';
import { findInstitution } from '../../store/offices/institutions.ts';
import type { Call } from '../call.ts';
import { Forbidden, NotFound } from '../errors.ts';
import { todayOf } from '../situation.ts';
import { loadCase } from './application-case.ts';
import { printCase } from './printed-case.ts';
import { renderCase } from './render-case.ts';

/** What stands where the verification code will be. */
const NO_CODE = '0000-0000-0000';

/**
 * The draft as PDF bytes.
 * @throws {NotFound}, {Forbidden}, {Refused} a name cannot be printed
 */
export async function previewApplication(
  call: Pick<Call, 'world' | 'actor'>,
  input: { institution: string; applicationId: string },
): Promise<{ bytes: Uint8Array; kind: ApplicationKind }> {
  const { world, actor } = call;
  const { institution, applicationId } = input;
  const db = world.db.prisma;
  const of = await findInstitution(db, institution);
  if (!of) throw new NotFound('institution', institution);
  const application = await loadCase(db, world, institution, applicationId);
  const { provincialOfficeId } = of;
  const forbidden = mayRead(actor, { institution, category: application.category, provincialOfficeId });
  if (forbidden.length > 0) throw new Forbidden(forbidden);
  const date = todayOf(world);
  const documentNumber = `${of.documentPrefix}〔${date.slice(0, 4)}〕　号`;
  const issue = { documentNumber, date, verificationCode: NO_CODE, sealer: null };
  const { data } = await printCase(db, world, application, issue);
  return {
    bytes: await renderCase(world, application.kind, data, { draft: true, at: world.now() }),
    kind: application.kind,
  };
}
