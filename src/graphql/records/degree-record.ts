// Degree records: everything of article 8 about one conferral, and where it stands.
import { lackFilter } from '../../procedures/records/lacks.ts';
import { builder } from '../builder.ts';
import { connectionType, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { CategoryEnum, LackEnum, LevelEnum, RecordStateEnum } from '../enums.ts';
import { keyIn, keyOf, localId } from '../global-id.ts';
import { requireLookUp } from '../look-up.ts';
import { masked } from '../masks.ts';
import { readOne } from '../reads.ts';
import { visible } from '../scopes.ts';
import { RECORD_ORDERS, RecordFilterInput, RecordOrderEnum, recordWhere } from './record-order.ts';

/** 学位授予信息. Secret fields are masked; the whole value is given by `revealField`, which is a sealed step. */
export const DegreeRecordRef = builder.prismaNode('DegreeRecord', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'degreeRecord')] }),
  description: 'Everything of article 8 about one conferral. Codes are those of the national tables.',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    institution: t.exposeString('institution'),
    state: t.field({ type: RecordStateEnum, select: { state: true }, resolve: (row) => row.state as never }),
    version: t.exposeInt('version'),
    digest: t.exposeString('digest', { description: 'Digest of the salted commitments of this version.' }),
    category: t.field({ type: CategoryEnum, select: { category: true }, resolve: (row) => row.category as never }),
    level: t.field({ type: LevelEnum, select: { level: true }, resolve: (row) => row.level as never }),
    name: t.exposeString('name'),
    nameRaw: t.exposeString('nameRaw', { nullable: true, description: 'As it was in the source, where that differs.' }),
    namePinyin: t.exposeString('namePinyin', { nullable: true }),
    sex: t.exposeString('sex'),
    country: t.exposeString('country'),
    ethnicity: t.exposeString('ethnicity', { nullable: true }),
    politicalStatus: t.exposeString('politicalStatus', { nullable: true }),
    birthDate: t.expose('birthDate', { type: 'Date' }),
    identityType: t.exposeString('identityType'),
    identityNumberMasked: t.string({
      nullable: true,
      select: { institution: true, id: true, identityNumber: true },
      resolve: (row, _args, context) => masked(context, row, 'identityNumber', row.identityNumber),
    }),
    phoneMasked: t.string({
      nullable: true,
      select: { institution: true, id: true, phone: true },
      resolve: (row, _args, context) => masked(context, row, 'phone', row.phone),
    }),
    emailMasked: t.string({
      nullable: true,
      select: { institution: true, id: true, email: true },
      resolve: (row, _args, context) => masked(context, row, 'email', row.email),
    }),
    headName: t.exposeString('headName'),
    chairName: t.exposeString('chairName'),
    degreeCategory: t.exposeString('degreeCategory'),
    disciplineCode: t.exposeString('disciplineCode'),
    disciplineName: t.exposeString('disciplineName'),
    conferralDate: t.expose('conferralDate', { type: 'Date' }),
    certificateNumber: t.exposeString('certificateNumber'),
    resolutionNumber: t.exposeString('resolutionNumber'),
    studentNumber: t.exposeString('studentNumber', { nullable: true }),
    examineeNumber: t.exposeString('examineeNumber', { nullable: true }),
    trainingUnitCode: t.exposeString('trainingUnitCode', { nullable: true }),
    trainingUnitName: t.exposeString('trainingUnitName', { nullable: true }),
    admissionMonth: t.expose('admissionMonth', { type: 'YearMonth', nullable: true }),
    lengthOfStudy: t.exposeString('lengthOfStudy', { nullable: true }),
    studyForm: t.exposeString('studyForm', { nullable: true }),
    studyMode: t.exposeString('studyMode', { nullable: true }),
    graduationMonth: t.expose('graduationMonth', { type: 'YearMonth', nullable: true }),
    supervisorName: t.exposeString('supervisorName', { nullable: true }),
    applicationNumber: t.exposeString('applicationNumber', { nullable: true }),
    applicationMonth: t.expose('applicationMonth', { type: 'YearMonth', nullable: true }),
    outcomeType: t.exposeString('outcomeType', { nullable: true }),
    thesisTitle: t.exposeString('thesisTitle', { nullable: true }),
    thesisKeywords: t.exposeString('thesisKeywords', { nullable: true }),
    thesisTopicSource: t.exposeString('thesisTopicSource', { nullable: true }),
    thesisDirection: t.exposeString('thesisDirection', { nullable: true }),
    thesisLanguage: t.exposeString('thesisLanguage', { nullable: true }),
    remark: t.exposeString('remark', { nullable: true }),
    photoDigest: t.exposeString('photoDigest', { nullable: true, description: 'SHA-256 of the photo.' }),
    rosterSequence: t.exposeInt('rosterSequence'),
    supplementary: t.exposeBoolean('supplementary', { description: 'Reported late with consent (article 11).' }),
    importLine: t.exposeInt('importLine', { nullable: true, description: 'Line of the imported file.' }),
    firstReportedAt: t.expose('firstReportedAt', { type: 'DateTime', nullable: true }),
    filedAt: t.expose('filedAt', { type: 'DateTime', nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
    resolution: t.relation('resolution'),
    batch: t.relation('batch'),
    certificateTemplate: t.relation('certificateTemplate', { nullable: true }),
    collectedBy: t.relation('collectedBy', { description: 'Who entered it (article 22).' }),
    crossCheckedBy: t.relation('crossCheckedBy', {
      nullable: true,
      description: 'Who cross-checked it: never who entered it.',
    }),
    enrolmentRecord: t.relation('enrolmentRecord', {
      nullable: true,
      description: 'Null also for an office that may not see enrolment records.',
      authScopes: (_row, _args, context) => context.actor?.institution !== null,
      unauthorizedResolver: () => null,
    }),
  }),
});

/** A page of records. */
export const DegreeRecordConnection = connectionType('DegreeRecord', DegreeRecordRef);

builder.queryFields((t) => ({
  record: t.field({
    type: DegreeRecordRef,
    nullable: true,
    args: { id: t.arg.id() },
    resolve: (_root, args, context, info) => {
      const { institution, id } = keyIn(args.id, 'DegreeRecord');
      const where = { AND: [visible(context, 'degreeRecord'), { institution, id }] };
      return readOne(context, info, 'degreeRecord', 'DegreeRecord', where);
    },
  }),
  records: t.field({
    type: DegreeRecordConnection,
    description: 'The records that the officer may see.',
    args: {
      ...PAGE_ARGS,
      institution: t.arg.string({
        required: false,
        description: 'Five-digit code; the own institution when nothing is said.',
      }),
      filter: t.arg({ type: RecordFilterInput, required: false }),
      lacking: t.arg({
        type: LackEnum,
        required: false,
        description: 'Only those that `compliance` counts so: late, unchecked, undisclosed, disputed, unmatched …',
      }),
      orderBy: t.arg({ type: RecordOrderEnum, required: false, defaultValue: 'OLDEST' }),
    },
    complexity: pageCost,
    resolve: async (_root, args, context, info) => {
      const { institution, filter } = args;
      await requireLookUp(context, 'degreeRecord', filter?.identityNumber);
      const { prisma } = context.world.db;
      const lacking = args.lacking
        ? await lackFilter(prisma, context.world, args.lacking, visible(context, 'resolution'))
        : {};
      const chosen = { AND: [recordWhere(filter, context.world.blindIndex), lacking] };
      return readPage(context, info, 'degreeRecord', {
        where: { AND: [visible(context, 'degreeRecord'), institution ? { institution } : {}, chosen] },
        order: RECORD_ORDERS[args.orderBy ?? 'OLDEST'],
        args,
        typeName: 'DegreeRecord',
      });
    },
  }),
}));
