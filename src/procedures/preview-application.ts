// A draft of an application's document to look at: watermarked, without number, seal or code. A working paper; nothing is kept.

import { mayRead } from '../regulation/duties.ts';
import { findInstitution } from '../store/institutions.ts';
import { loadApplication } from './application-work.ts';
import type { Call } from './call.ts';
import { Forbidden, NotFound } from './errors.ts';
import { renderApplication } from './render-application.ts';
import { todayOf } from './situation.ts';
import { supplementaryData } from './supplementary-data.ts';

/** What stands where the verification code will be. */
const NO_CODE = '0000-0000-0000';

/**
 * The draft as PDF bytes.
 * @throws {NotFound}, {Forbidden}, {Refused} a name cannot be printed
 */
export async function previewApplication(
  call: Pick<Call, 'world' | 'actor'>,
  input: { institution: string; applicationId: string },
): Promise<{ bytes: Uint8Array }> {
  const { world, actor } = call;
  const { institution, applicationId } = input;
  const db = world.db.prisma;
  const of = await findInstitution(db, institution);
  if (!of) throw new NotFound('institution', institution);
  const application = await loadApplication(db, institution, applicationId);
  const { provincialOfficeId } = of;
  const forbidden = mayRead(actor, { institution, category: application.category, provincialOfficeId });
  if (forbidden.length > 0) throw new Forbidden(forbidden);
  const date = todayOf(world);
  const documentNumber = `${of.documentPrefix}〔${date.slice(0, 4)}〕　号`;
  const { data } = await supplementaryData(db, world, application, { documentNumber, date, verificationCode: NO_CODE });
  return { bytes: await renderApplication(world, data, { draft: true, at: world.now() }) };
}
