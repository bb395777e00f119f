// 书面申请用印 (R11.6): the degree office gives the application its number, prints it and seals it, in one step.
import { createHash } from 'node:crypto';
import { violation } from '../regulation/violations.ts';
import { sealPdf } from '../sealing/pdf.ts';
import { newVerificationCode } from '../secrecy/tokens.ts';
import { advanceApplication, nextNumber } from '../store/applications.ts';
import { findInstitution } from '../store/institutions.ts';
import { keepFile } from '../store/stored-files.ts';
import { applicationViolations, listed, loadApplication } from './application-work.ts';
import type { Call } from './call.ts';
import { Refused } from './errors.ts';
import { type Performed, perform } from './perform.ts';
import { renderApplication } from './render-application.ts';
import { todayOf } from './situation.ts';
import { applicationSubject } from './subjects.ts';
import { supplementaryData } from './supplementary-data.ts';
import { requireMayAct, targetIn } from './target.ts';

export type SealedApplication = {
  readonly applicationId: string;
  readonly documentNumber: string;
  readonly verificationCode: string;
  /** SHA-256 (hex) of the sealed PDF; of the unsealed draft where the step is only simulated. */
  readonly pdfDigest: string;
};

/**
 * Numbers, prints and seals an approved application. No unsealed official document ever exists: a simulation prints a draft.
 * @throws {NotFound}, {Stale}, {Refused} in another state, or when a name cannot be printed. {Forbidden}
 */
export function sealApplication(
  call: Call,
  input: { institution: string; applicationId: string; expectedVersion?: number | undefined },
): Promise<Performed<SealedApplication>> {
  const { institution, applicationId, expectedVersion } = input;
  const request = { applicationId, expectedVersion: expectedVersion ?? null };
  return perform(call, 'seal-application', institution, request, async (tx) => {
    const { world, actor } = call;
    const application = await loadApplication(tx, institution, applicationId, expectedVersion);
    const target = await targetIn(tx, institution, application.category);
    requireMayAct(call, 'seal-application', target);
    const violations = await applicationViolations(tx, call, 'seal-application', application);
    // Nothing is printed for an application that may not be sealed.
    if (violations.length > 0) throw new Refused(violations);
    const seal = world.sealOf(actor.officeId);
    if (!seal) throw new Refused([violation('seal-missing', 'seal', { found: actor.officeName })]);

    const date = todayOf(world);
    const year = date.slice(0, 4);
    const prefix = (await findInstitution(tx, institution))?.documentPrefix ?? '';
    const number = await nextNumber(tx, institution, `document-number/${year}`);
    const documentNumber = `${prefix}〔${year}〕${number}号`;
    const verificationCode = newVerificationCode();
    const { data, people, dataDigest } = await supplementaryData(tx, world, application, {
      documentNumber,
      date,
      verificationCode,
    });
    const at = world.now();
    const printed = await renderApplication(world, data, { draft: call.simulate === true, at });
    const bytes = call.simulate ? printed : await sealPdf(printed, seal.signer, { at });
    const pdfDigest = createHash('sha256').update(bytes).digest('hex');
    const issued = { documentNumber, documentDate: date, pdfDigest, dataDigest };
    const next = { state: 'sealed', version: application.version + 1 };
    return {
      target,
      violations,
      subjects: [applicationSubject({ ...application, ...issued }, listed(people), next)],
      facts: { applicationId, kind: application.kind, documentNumber, date, people: people.length, dataDigest },
      files: [pdfDigest, ...application.evidence.map(({ fileDigest }) => fileDigest)],
      save: async (step) => {
        const file = { institution, digest: pdfDigest, kind: 'issued-document', size: bytes.length, bytes };
        const name = `${documentNumber}.pdf`;
        await keepFile(tx, { ...file, name, mediaType: 'application/pdf' }, step.at, null);
        await advanceApplication(tx, application, { state: 'sealed', ...issued, verificationCode, sealedAt: step.at });
        return { applicationId, documentNumber, verificationCode, pdfDigest };
      },
    };
  });
}
