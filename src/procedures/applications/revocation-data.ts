// What a revocation report prints beside what every application prints (R16.1).
import { REVOCATION_GROUNDS } from '../../regulation/vocabulary.ts';
import { NotFound } from '../errors.ts';
import type { Print } from './cases.ts';
import { filedOn } from './change-data.ts';
import { listedPerson, printedFile } from './printed-case.ts';
import { revocationAsked, revocationDeadline, revocationSaid } from './revocation-case.ts';
import { referenceOf } from './supplementary-data.ts';

/** Resolution with its vote, ground, facts and the procedure towards each person. */
export const revocationReportData: Print<'revocation-report'> = async (tx, _world, content, common) => {
  const resolution = content.revocationResolution;
  if (!resolution) throw new NotFound('revocation-resolution', content.revocationResolutionId ?? '');
  const { members, present, yes, no, abstain } = resolution;
  const { ground, proofs } = revocationSaid(content);
  const due = await revocationDeadline(tx, content.institution, resolution.effectiveOn);
  return {
    ...common,
    // The resolution itself goes with the report (art. 16), before what proves the facts.
    evidence: [
      await printedFile(tx, `学位评定委员会撤销学位的决议（${resolution.number}）扫描件`, {
        ...{ institution: content.institution, digest: resolution.scanDigest, kinds: ['revocation-resolution-scan'] },
      }),
      ...common.evidence,
    ],
    resolution: { ...referenceOf(resolution), members, present, yes, no, abstain },
    ground: REVOCATION_GROUNDS[ground].clause,
    groundName: REVOCATION_GROUNDS[ground].zh,
    facts: content.reason,
    proofs,
    deadline: due.rolled,
    ...(content.measures === '' ? {} : { lateReason: content.measures }),
    people: content.people.map((person, at) => {
      const { noticeOn, hearingOn, hearingResult, deliveredOn, certificateHandling } = revocationAsked(person);
      return {
        ...listedPerson(person, at),
        birthDate: person.fields.birthDate,
        filedOn: filedOn(person),
        ...{ noticeOn, hearingOn, hearingResult, deliveredOn, certificateHandling },
      };
    }),
  };
};
