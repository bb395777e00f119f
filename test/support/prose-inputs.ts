// Which inputs of the API are texts that people write, and what the others are: a new one is put down here, or the test says so.
import { type GraphQLInputType, type GraphQLSchema, getNamedType, isInputObjectType } from 'graphql';
import type { WrittenText } from '../../src/regulation/texts/written-kinds.ts';

/** Inputs in the words of people, by `action.path`, each with the kind of text that judges it. */
export const PROSE: Readonly<Record<string, WrittenText>> = {
  'addCertificateTemplate.code': 'templateCode',
  'addCertificateTemplate.name': 'templateName',
  'addOfficer.name': 'officerName',
  'answerCorrectionRequest.answer': 'answer',
  'answerDispute.answer': 'answer',
  'answerReviewReason.answer': 'reviewAnswer',
  'appraiseArchive.opinion': 'opinion',
  'correctRoster.documentNumber': 'documentNumber',
  'correctRoster.reason': 'reason',
  'decideApplication.decisionNumber': 'decisionNumber',
  'decideApplication.reason': 'reason',
  'decideDataset.reason': 'decisionReason',
  'decidePublication.reason': 'decisionReason',
  'declareInvalid.documentNumber': 'documentNumber',
  'declareInvalid.reason': 'reason',
  'declassify.authority': 'authority',
  'declassify.documentNumber': 'documentNumber',
  'declassify.responsiblePerson': 'responsiblePerson',
  'destroyDataset.reason': 'destructionReason',
  'dispatchApplication.receipt': 'receipt',
  'disputeFields.fields.reason': 'ownReason',
  'draftChangeRequest.contactName': 'contactName',
  'draftChangeRequest.contactPhone': 'contactPhone',
  'draftChangeRequest.evidence.title': 'title',
  'draftChangeRequest.finding': 'finding',
  'draftChangeRequest.reason': 'reason',
  'draftDeletionRequest.contactName': 'contactName',
  'draftDeletionRequest.contactPhone': 'contactPhone',
  'draftDeletionRequest.evidence.title': 'title',
  'draftDeletionRequest.finding': 'finding',
  'draftDeletionRequest.reason': 'reason',
  'draftRequestedChange.contactName': 'contactName',
  'draftRequestedChange.contactPhone': 'contactPhone',
  'draftRequestedChange.evidence.title': 'title',
  'draftRequestedChange.finding': 'finding',
  'draftRequestedChange.reason': 'reason',
  'draftRevocationReport.contactName': 'contactName',
  'draftRevocationReport.contactPhone': 'contactPhone',
  'draftRevocationReport.evidence.title': 'title',
  'draftRevocationReport.facts': 'facts',
  'draftRevocationReport.lateReason': 'lateReason',
  'draftRevocationReport.proofs': 'proofs',
  'draftRevocationReport.records.certificateHandling': 'certificateHandling',
  'draftRevocationReport.records.hearingResult': 'hearingResult',
  'draftSupplementaryReport.contactName': 'contactName',
  'draftSupplementaryReport.contactPhone': 'contactPhone',
  'draftSupplementaryReport.evidence.title': 'title',
  'draftSupplementaryReport.measures': 'measures',
  'draftSupplementaryReport.reason': 'reason',
  'examineRecord.note': 'note',
  'examineRecord.wrong.words': 'wrongWords',
  'exportArchive.purpose': 'archivePurpose',
  'exportLinks.reason': 'revealReason',
  'exportPhotos.purpose': 'exportPurpose',
  'exportRecords.purpose': 'exportPurpose',
  'loadEdition.name': 'editionName',
  'loadEdition.nameEn': 'editionNameEn',
  'loadEdition.source': 'editionSource',
  'loadResolution.meeting': 'meeting',
  'loadResolution.number': 'number',
  'loadRevocationResolution.meeting': 'meeting',
  'loadRevocationResolution.number': 'number',
  'openOffice.name': 'officeName',
  'raiseObjection.raisedBy': 'objector',
  'raiseObjection.reason': 'objection',
  'recordFormCheck.number': 'documentNumber',
  'recordFormCheck.results.reasons.reason': 'returnReason',
  'renameOffice.name': 'officeName',
  'reportUpward.reason': 'reason',
  'requestCorrection.fields.reason': 'ownReason',
  'requestDataset.contactName': 'contactName',
  'requestDataset.contactWay': 'contactWay',
  'requestDataset.description': 'datasetDescription',
  'requestDataset.organisationName': 'organisationName',
  'requestDataset.recipients': 'recipientName',
  'requestPublication.place': 'publicationPlace',
  'requestPublication.title': 'publicationTitle',
  'resolveObjection.outcome': 'outcome',
  'returnRecords.returns.reasons.reason': 'returnReason',
  'revealField.reason': 'revealReason',
  'revealStudentWord.reason': 'revealReason',
  'setCalendarDays.days.name': 'holiday',
  'setPolicy.basisNumber': 'documentNumber',
  'transferArchive.receiptNumber': 'archiveReceipt',
  'transferArchive.recipient': 'archiveRecipient',
  'withdrawDeclassification.documentNumber': 'documentNumber',
  'withdrawRecords.withdrawals.reason': 'reason',
};

/** Inputs of type String that are no prose → why, by the end of `action.path`. */
export const NO_PROSE: readonly (readonly [end: RegExp, why: string])[] = [
  [/\.institution$/, 'the code of an institution, looked up'],
  [/\.(?:office|loginName)$/, 'a name of the register, of a form of its own'],
  [/Digest$/, 'a SHA-256, looked up among the files'],
  [/\.evidence$/, 'SHA-256 of files, looked up'],
  [/\.idempotencyKey$/, 'a key of the caller, kept with the answer alone'],
  [
    /^(?:collectRecord\.fields|correctRecord\.changes)\./,
    'the value of a field, judged by the rules of its field (art. 8)',
  ],
  [/^draftChangeRequest\.records\.changes\.after$/, 'the value of a field, judged by the rules of its field (art. 8)'],
  [/^correctRoster\.replacement\./, 'the value of a key field, judged as a line of the roster (art. 6)'],
  [/^enterSecond\.entries\./, 'the value of a key field, compared with the record and never sealed as a text'],
  [/\.fields\.proposed$/, 'the value of a field, sealed in a box; a number is refused where the field is another one'],
  [/\.(?:field|fields)$/, 'the name of a field, from a closed list'],
  [/^(?:exportRecords|loadEdition)\.edition$/, 'the key of an edition, of a form of its own'],
  [/^(?:loadCodeTable\.table|mapCodes\.mappings\.(?:table|code))$/, 'a name or code from a closed list'],
  [
    /^mapCodes\.mappings\.value$/,
    'a value of a code table as others write it; digits that may be a person’s are refused by its own rule',
  ],
  [/\.(?:chairName|headName)$/, 'the name of a person, judged as such (art. 8(1))'],
  [/^requestDataset\.organisationCode$/, 'a code with a check character (GB 32100)'],
  [/^recordFormCheck\.results\.certificateNumber$/, 'a certificate number, looked up'],
  [/^(?:declassify|studentSignIn)\.number$/, 'a student or application number, of a form of its own'],
  [/\.(?:password|newPassword|passphrase|token)$/, 'a secret, of which nothing is kept but what derives from it'],
];

/** Every input of type String of every action, as `action.path`. */
export function stringInputs(schema: GraphQLSchema): string[] {
  const inside = (type: GraphQLInputType, path: string): string[] => {
    const named = getNamedType(type);
    if (!isInputObjectType(named)) return named.name === 'String' ? [path] : [];
    return Object.values(named.getFields()).flatMap((field) => inside(field.type, `${path}.${field.name}`));
  };
  const actions = Object.values(schema.getMutationType()?.getFields() ?? {});
  return actions.flatMap(({ name, args }) => args.flatMap((arg) => inside(arg.type, name)));
}

/** The names of the prose inputs of an action. */
export function proseOf(action: string): string[] {
  const own = Object.keys(PROSE).filter((path) => path.startsWith(`${action}.`));
  return [...new Set(own.map((path) => path.split('.').at(-1) ?? ''))];
}
