// 更改 (R15.2): a consented change makes a new version of each record; what was approved is, digest for digest, what is carried out.
import { violation } from '../../regulation/violations.ts';
import { takeNumbers } from '../../store/records/certificate-numbers.ts';
import { reviseRecords } from '../../store/records/record-versions.ts';
import { readTemplates } from '../../store/templates/certificate-templates.ts';
import type { Call } from '../call.ts';
import type { Performed } from '../perform.ts';
import type { Change } from '../records/correction.ts';
import { templateFor } from '../templates/match-template.ts';
import { type CarriedOut, carryOut } from './carry-out.ts';
import { isApproved, judgePeople } from './change-case.ts';
import type { CaseInput } from './pass-on-application.ts';

/**
 * Carries out a change request that the province consented to. Old versions stay readable; a certificate number that was given up is never given again.
 * @throws {NotFound}, {Stale}, {Refused} in another state, or when the register has moved on. {Forbidden}
 */
export function changeRecords(call: Call, input: CaseInput): Promise<Performed<CarriedOut>> {
  const { world } = call;
  const { institution } = input;
  return carryOut(call, 'change', input, async (tx, application) => {
    const judged = await judgePeople(tx, world, application);
    const templates = await readTemplates(tx, institution);
    return {
      // The case's own rules have asked the register already; what is left is that the new version is the approved one.
      violations: judged.flatMap(({ change }, at) => {
        const after = application.people[at]?.after;
        if (after && isApproved(change.after, after)) return [];
        return [
          violation('application-record-moved-on', `records[${at}].changes`, {
            expected: after?.digest ?? '–',
          }),
        ];
      }),
      facts: { fields: [...new Set(judged.flatMap(({ change }) => change.names))].sort() },
      async apply(at) {
        const revisions = judged.map(({ change, judged: of }, place) => {
          const after = application.people[place]?.after;
          if (!after) throw new Error('a change has no version that was approved');
          const match = templateFor({ ...change.after, ...matchedBefore(change) }, templates);
          const also = {
            ...{ rosterSequence: of.rosterSequence, enrolmentRecordId: of.enrolmentRecordId },
            certificateTemplateId: 'template' in match ? match.template.id : null,
          };
          return { row: change.before.row, fields: change.after, also, committed: after };
        });
        const numbers = judged.flatMap(({ change, judged: of }) =>
          of.newNumber === null ? [] : [{ number: of.newNumber, recordId: change.before.row.id }],
        );
        const subjects = await reviseRecords(tx, institution, revisions, at, world);
        if (numbers.length > 0) await takeNumbers(tx, institution, numbers, at);
        return subjects;
      },
    };
  });
}

/** The template stays that to which the record was matched, unless the change touches what chose it (R11.7). */
function matchedBefore({ before: { row, fields }, after }: Change) {
  const same = after.category === fields.category && after.conferralDate === fields.conferralDate;
  const { crossCheckedById } = row;
  return { crossCheckedById, certificateTemplateId: same ? row.certificateTemplateId : null };
}
