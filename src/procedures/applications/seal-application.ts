// 书面申请用印 (art. 12, 15): the degree office gives the application its number, prints it and seals it, in one step.
import { createHash } from 'node:crypto';
import { violation } from '../../regulation/violations.ts';
import { APPLICATION_KINDS } from '../../regulation/vocabulary.ts';
import { sealPdf } from '../../sealing/pdf.ts';
import { newVerificationCode } from '../../secrecy/tokens.ts';
import { addDocument, documentsOf } from '../../store/applications/application-papers.ts';
import { advanceApplication, nextNumber } from '../../store/applications/applications.ts';
import { findInstitution } from '../../store/offices/institutions.ts';
import { keepFile } from '../../store/stored-files.ts';
import type { Call } from '../call.ts';
import { Refused } from '../errors.ts';
import { type Performed, perform } from '../perform.ts';
import { todayOf } from '../situation.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { caseSubject, loadCase, stepViolations } from './application-case.ts';
import { CASES } from './cases.ts';
import type { CaseInput } from './pass-on-application.ts';
import { printCase } from './printed-case.ts';
import { renderCase } from './render-case.ts';

export type SealedApplication = {
  readonly applicationId: string;
  readonly documentNumber: string;
  readonly verificationCode: string;
  /** SHA-256 (hex) of the sealed PDF; of the unsealed draft where the step is only simulated. */
  readonly pdfDigest: string;
};

/**
 * Numbers, prints and seals an approved application. No unsealed official document ever exists: a simulation prints a draft.
 * After a return the next document takes the place of the one before, with a number and code of its own.
 * @throws {NotFound}, {Stale}, {Refused} in another state, or when a name cannot be printed. {Forbidden}
 */
export function sealApplication(call: Call, input: CaseInput): Promise<Performed<SealedApplication>> {
  const { institution, applicationId, expectedVersion } = input;
  const request = { applicationId, expectedVersion: expectedVersion ?? null };
  return perform(call, 'seal-application', institution, request, async (tx) => {
    const { world, actor } = call;
    const application = await loadCase(tx, world, institution, applicationId, expectedVersion);
    const { kind } = application;
    const target = await targetIn(tx, institution, application.category);
    requireMayAct(call, 'seal-application', target);
    const judged = await CASES[kind].judge(tx, world, application);
    const violations = [...stepViolations(call, 'seal-application', application), ...judged.violations];
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
    const issue = { documentNumber, date, verificationCode, sealer: actor };
    const { data, dataDigest } = await printCase(tx, world, application, issue);
    const at = world.now();
    const printed = await renderCase(world, kind, data, { draft: call.simulate === true, at });
    const bytes = call.simulate ? printed : await sealPdf(printed, seal.signer, { at });
    const pdfDigest = createHash('sha256').update(bytes).digest('hex');
    const issued = { documentNumber, documentDate: date, pdfDigest, dataDigest };
    const sequence = (await documentsOf(tx, institution, applicationId)).length + 1;
    const people = application.people.length;
    return {
      target,
      article: APPLICATION_KINDS[kind].article,
      violations,
      subjects: [
        caseSubject(world, { ...application, ...issued }, { state: 'sealed', version: application.version + 1 }),
      ],
      facts: { applicationId, kind, caseNumber: application.caseNumber, documentNumber, date, people, dataDigest },
      files: [pdfDigest, ...application.evidence.map(({ fileDigest }) => fileDigest)],
      save: async (step) => {
        const file = { institution, digest: pdfDigest, kind: 'issued-document', size: bytes.length, bytes };
        const name = `${documentNumber}${APPLICATION_KINDS[kind].zh}.pdf`;
        await keepFile(tx, { ...file, name, mediaType: 'application/pdf' }, step.at, null);
        await addDocument(tx, { institution, applicationId, sequence, ...issued, verificationCode, sealedAt: step.at });
        const set = { state: 'sealed', ...issued, verificationCode, sealedAt: step.at };
        await advanceApplication(tx, application, set);
        return { applicationId, documentNumber, verificationCode, pdfDigest };
      },
    };
  });
}
