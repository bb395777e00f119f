// Links to students, as officers issue, export and revoke them.
import { NotFound } from '../../procedures/errors.ts';
import { exportLinks } from '../../procedures/student/export-links.ts';
import { issueLinks } from '../../procedures/student/issue-links.ts';
import { revokeLinks } from '../../procedures/student/revoke-links.ts';
import { addAction } from '../action.ts';
import { builder } from '../builder.ts';
import { CategoryEnum } from '../enums.ts';
import { decodeGlobalId, globalId, keyFrom } from '../global-id.ts';
import { JobRef } from '../job.ts';
import { signedUrl } from '../links.ts';
import { loaded } from '../loaded.ts';

/** Ids of one institution. @throws NotFound for an id that is none, or of another institution */
function idsOf(ids: readonly string[] | null | undefined, type: string, institution: string): string[] | undefined {
  return ids?.map((id) => {
    const key = keyFrom(id, type);
    if (key.institution !== institution) throw new NotFound(type, id);
    return key.id;
  });
}

addAction('issueLinks', {
  description:
    'Issues one-time links to students: to a batch, before the meeting to the enrolment records of a category, or to people named one by one. A job makes them; newer links supersede unopened ones (article 11(1)).',
  sealed: false,
  input: (t) => ({
    institution: t.string({ description: 'Five-digit code.' }),
    batch: t.id({ required: false, description: 'Its records that have not been reported.' }),
    category: t.field({
      type: CategoryEnum,
      required: false,
      description: 'Its enrolment records, before the meeting.',
    }),
    graduationFrom: t.field({
      type: 'Date',
      required: false,
      description: 'With a category: who graduates on this day or later.',
    }),
    records: t.idList({ required: false, description: 'At most 100, whatever their state.' }),
    enrolmentRecords: t.idList({ required: false, description: 'At most 100.' }),
    unconfirmedOnly: t.boolean({
      required: false,
      defaultValue: false,
      description: 'Only who has not confirmed the present version.',
    }),
  }),
  run: async (call, input) => {
    const { institution, batch, category, graduationFrom, unconfirmedOnly } = input;
    const batchId = idsOf(batch ? [batch] : null, 'Batch', institution)?.[0];
    const done = await issueLinks(call, {
      ...{ institution, batchId, category: category ?? undefined, graduationFrom: graduationFrom ?? undefined },
      recordIds: idsOf(input.records, 'DegreeRecord', institution),
      enrolmentRecordIds: idsOf(input.enrolmentRecords, 'EnrolmentRecord', institution),
      unconfirmedOnly: unconfirmedOnly ?? false,
    });
    return { institution, stepId: null, ...done };
  },
  success: (t) => ({
    total: t.exposeInt('total', { description: 'How many people at most.' }),
    lastDay: t.expose('lastDay', { type: 'Date', description: 'On this day the links still open.' }),
    job: t.field({
      type: JobRef,
      nullable: true,
      resolve: ({ institution, jobId: id }, _args, context, info) =>
        loaded(context, info, 'job', 'Job', { institution, id }),
    }),
  }),
});

const FormatEnum = builder.enumType('LinkSheetFormat', {
  values: { CSV: { value: 'csv' }, XLSX: { value: 'xlsx' } } as const,
});

addAction('exportLinks', {
  description:
    'Gives the address of the mailing sheet of a job: names, numbers, e-mails, phones and links in full. Who asked, why, and whom it shows is sealed (article 21).',
  cost: 300,
  input: (t) => ({ job: t.id(), reason: t.string() }),
  run: async (call, { job, reason }) => {
    const { institution, id } = keyFrom(job, 'Job');
    return { institution, ...(await exportLinks(call, { institution, jobId: id, reason })) };
  },
  success: (t) => ({
    people: t.exposeInt('people'),
    downloadUrl: t.string({
      nullable: true,
      description: 'Holds for five minutes; null when simulated.',
      args: { format: t.arg({ type: FormatEnum, required: false, defaultValue: 'xlsx' }) },
      resolve: ({ institution, jobId: id, simulated }, { format }, { world }) =>
        simulated ? null : signedUrl(world, `/links/${globalId('Job', { institution, id })}.${format ?? 'xlsx'}`),
    }),
  }),
});

addAction('revokeLinks', {
  description:
    "Takes a person's way in back: unopened links, open sessions and the password, because a link went to the wrong hands.",
  sealed: false,
  input: (t) => ({ record: t.id({ description: 'A degree record or an enrolment record.' }) }),
  run: async (call, { record }) => {
    const { institution, id } = keyFrom(record, 'DegreeRecord', 'EnrolmentRecord');
    const kind = decodeGlobalId(record).typename === 'DegreeRecord' ? 'record' : 'enrolment-record';
    return { institution, stepId: null, ...(await revokeLinks(call, { institution, kind, id })) };
  },
  success: (t) => ({
    links: t.exposeInt('links'),
    sessions: t.exposeInt('sessions'),
    passwords: t.exposeInt('passwords'),
  }),
});
