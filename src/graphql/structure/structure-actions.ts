// The national structure: loading editions and code tables, mapping texts to codes (article 7).
import { type CodeChangeView, loadCodeTable } from '../../procedures/structure/load-code-table.ts';
import { loadEdition } from '../../procedures/structure/load-edition.ts';
import { mapCodes, withdrawCodeMappings } from '../../procedures/structure/map-codes.ts';
import { addAction } from '../action.ts';
import { builder } from '../builder.ts';
import { CategoryEnum } from '../enums.ts';
import { firstOf, VIOLATION_ARGS } from '../errors.ts';
import { keyFrom } from '../global-id.ts';
import { loaded } from '../loaded.ts';
import { readOne } from '../reads.ts';
import { CodeMappingRef } from './code-mapping.ts';
import { CodeTableVersionRef } from './code-table.ts';
import { EditionRef } from './edition.ts';
import { editionNamed } from './structure-context.ts';

const HeadingsEnum = builder.enumType('EditionHeadings', {
  description: 'What the files of an edition have as headings.',
  values: { MNEMONICS: { value: 'mnemonics' }, CHINESE: { value: 'chinese' } } as const,
});

addAction('loadEdition', {
  description:
    'Loads a version of an edition of the national data structure: from its first day on, imports and exports of the institution speak it.',
  cost: 300,
  input: (t) => ({
    institution: t.string({ description: 'Five-digit code.' }),
    edition: t.string({ description: 'A new id such as `master-2026`, or that of the edition which this corrects.' }),
    name: t.string({ description: 'In Chinese.' }),
    nameEn: t.string(),
    source: t.string({ description: 'The document it is from.' }),
    validFrom: t.field({ type: 'Date', required: false }),
    validUntil: t.field({ type: 'Date', required: false }),
    categories: t.field({ type: [CategoryEnum] }),
    verified: t.boolean({ description: 'The institution holds the official text and vouches for it.' }),
    headings: t.field({ type: HeadingsEnum, required: false, defaultValue: 'mnemonics' }),
    fileDigest: t.string({ description: 'SHA-256 of the uploaded table of its columns: CSV, XLSX, DBF or JSON.' }),
  }),
  run: async (call, input) => {
    const { institution, edition, name: zh, nameEn: en, source, categories, verified, fileDigest } = input;
    const { validFrom = null, validUntil = null } = input;
    const headings = input.headings ?? 'mnemonics';
    const given = { zh, en, source, validFrom, validUntil, categories, verified, headings, fileDigest };
    return { institution, ...(await loadEdition(call, { institution, edition, ...given })) };
  },
  success: (t) => ({
    key: t.exposeString('key', { description: 'By which imports and exports name it.' }),
    version: t.exposeInt('version'),
    columnCount: t.int({ resolve: (done) => done.columns }),
    edition: t.field({
      type: EditionRef,
      nullable: true,
      description: 'Null when simulated.',
      resolve: ({ key, simulated }, _args, context) => (simulated ? null : editionNamed(context, key, null)),
    }),
  }),
});

const CodeChangeKindEnum = builder.enumType('CodeChangeKind', {
  values: {
    NEW: { value: 'new' },
    CHANGED: { value: 'changed' },
    ENDED: { value: 'ended' },
    UNCHANGED: { value: 'unchanged' },
  } as const,
});

const CodeChangeRef = builder.objectRef<CodeChangeView>('CodeChange').implement({
  description: 'What becomes of one code.',
  fields: (t) => ({
    kind: t.field({ type: CodeChangeKindEnum, resolve: (change) => change.kind }),
    code: t.exposeString('code'),
    name: t.exposeString('name'),
    before: t.string({ nullable: true, description: 'The name before.', resolve: (change) => change.before }),
    validFrom: t.expose('validFrom', { type: 'Date' }),
    validUntil: t.field({ type: 'Date', nullable: true, resolve: (change) => change.validUntil }),
    recodedTo: t.string({ nullable: true, resolve: (change) => change.recodedTo }),
  }),
});

addAction('loadCodeTable', {
  description:
    'Loads an edition of a code table. With `simulate` it tells what would change: new, changed, ended, unchanged. Codes keep their meaning for earlier days.',
  cost: 500,
  input: (t) => ({
    institution: t.string({ description: 'Five-digit code.' }),
    table: t.string({ description: 'Name of the table, such as `undergraduateDiscipline`.' }),
    validFrom: t.field({
      type: 'Date',
      description: 'First day of the edition; a code is judged at the conferral date.',
    }),
    complete: t.boolean({
      required: false,
      defaultValue: true,
      description:
        'The file is the whole table: what it lacks ends the day before. Otherwise it only adds and changes.',
    }),
    fileDigest: t.string({ description: 'SHA-256 of the uploaded table: 代码, 名称, 生效日期, 失效日期, 改为代码.' }),
  }),
  run: async (call, { institution, table, validFrom, complete, fileDigest }) => {
    const given = { institution, codeTable: table, validFrom, complete: complete ?? true, fileDigest };
    return { institution, ...(await loadCodeTable(call, given)) };
  },
  success: (t) => ({
    version: t.exposeInt('version'),
    added: t.exposeInt('added'),
    changed: t.exposeInt('changed'),
    ended: t.exposeInt('ended'),
    unchanged: t.exposeInt('unchanged'),
    recoded: t.exposeInt('recoded', { description: 'Codes that others replace.' }),
    changes: t.field({
      type: [CodeChangeRef],
      args: { ...VIOLATION_ARGS, kinds: t.arg({ type: [CodeChangeKindEnum], required: false }) },
      description: 'Code by code, in the order of the file.',
      resolve: ({ changes }, { kinds, ...args }) =>
        firstOf(kinds ? changes.filter(({ kind }) => kinds.includes(kind)) : changes, args),
    }),
    loaded: t.field({
      type: CodeTableVersionRef,
      nullable: true,
      resolve: ({ institution, versionId: id }, _args, context, info) =>
        loaded(context, info, 'codeTableVersion', 'CodeTableVersion', { institution, id }),
    }),
  }),
});

const CodeMappingInput = builder.inputType('CodeMappingInput', {
  fields: (t) => ({
    table: t.string({ description: 'Name of the code table.' }),
    value: t.string({ description: 'The text as people write it.' }),
    code: t.string({ description: 'The code that it stands for.' }),
  }),
});

addAction('mapCodes', {
  description:
    'Remembers for the whole institution which texts stand for which codes; the next dry run applies them and says so. An earlier mapping of the same text is replaced.',
  cost: 300,
  input: (t) => ({
    institution: t.string({ description: 'Five-digit code.' }),
    mappings: t.field({ type: [CodeMappingInput], required: false, description: 'At most 500.' }),
    fileDigest: t.string({
      required: false,
      description: 'SHA-256 of an uploaded table of mappings, such as the one of an import with its codes filled in.',
    }),
  }),
  run: async (call, { institution, mappings, fileDigest }) => {
    const given = (mappings ?? []).map(({ table: codeTable, value, code }) => ({ codeTable, value, code }));
    return {
      institution,
      ...(await mapCodes(call, { institution, mappings: given, fileDigest: fileDigest ?? null })),
    };
  },
  success: (t) => ({
    mapped: t.exposeInt('mapped'),
    replaced: t.exposeInt('replaced', { description: 'Earlier mappings of the same texts, which have ended.' }),
    mappings: t.field({
      type: [CodeMappingRef],
      description: 'Empty when simulated.',
      args: VIOLATION_ARGS,
      complexity: { field: 20, multiplier: 1 },
      resolve: async ({ institution, mappingIds, simulated }, args, context, info) => {
        if (simulated) return [];
        const read = (id: string) => readOne<object>(context, info, 'codeMapping', 'CodeMapping', { institution, id });
        const rows = await Promise.all(firstOf(mappingIds, { first: Math.min(100, args.first ?? 100) }).map(read));
        return rows.filter((row) => row !== null) as never;
      },
    }),
  }),
});

addAction('withdrawCodeMappings', {
  description: 'Withdraws mappings: what was imported by them stays, the next dry run does not apply them.',
  input: (t) => ({ mappings: t.idList({ description: 'At most 500, of one institution.' }) }),
  run: async (call, { mappings }) => {
    const keys = mappings.map((id) => keyFrom(id, 'CodeMapping'));
    const institution = keys[0]?.institution ?? call.actor.institution ?? '';
    const strange = mappings.find((_, at) => keys[at]?.institution !== institution);
    const mappingIds = strange === undefined ? keys.map(({ id }) => id) : [keyFrom('', 'CodeMapping').id];
    return { institution, ...(await withdrawCodeMappings(call, { institution, mappingIds })) };
  },
  success: (t) => ({ withdrawn: t.exposeInt('withdrawn') }),
});
