// Editions of the national data structure: those that we ship and those that the institution has loaded (R7.1).
import { dbfName, type Edition, headerOf, type RecordColumn } from '../../regulation/standard/edition.ts';
import { editionByKey, editionsOn } from '../../regulation/standard/shipped-editions.ts';
import { CATEGORIES, keysOf } from '../../regulation/vocabulary.ts';
import { builder } from '../builder.ts';
import { listPage } from '../computed-page.ts';
import { connectionType, PAGE_ARGS, pageCost } from '../connection.ts';
import { CategoryEnum } from '../enums.ts';
import type { Page } from '../keyset.ts';
import { nameIn, ownEditions } from './structure-context.ts';

const EditionColumnRef = builder.objectRef<RecordColumn>('EditionColumn').implement({
  description: 'One column of a file of the edition.',
  fields: (t) => ({
    mnemonic: t.string({ nullable: true, resolve: (column) => column.mnemonic ?? null }),
    heading: t.exposeString('heading'),
    field: t.string({
      nullable: true,
      description: 'Field of the record; null for what stands beside the fields or stays empty.',
      resolve: (column) => column.field ?? column.of ?? null,
    }),
    side: t.string({
      nullable: true,
      description:
        '`institution-code`, `institution-name`, `degree-category-name` or `name-of` (the name of the code of `field`).',
      resolve: (column) => column.side ?? null,
    }),
    form: t.string({ nullable: true, description: '`code` or `name`.', resolve: (column) => column.form ?? null }),
    format: t.string({
      nullable: true,
      description: '`yyyyMMdd`, `yyyyMM` or `iso`.',
      resolve: (column) => column.format ?? null,
    }),
    maxLength: t.int({ nullable: true, resolve: (column) => column.maxLength ?? null }),
    measure: t.string({
      nullable: true,
      description: '`characters`, `han` (others count half) or `bytes` of GB 18030.',
      resolve: (column) => column.measure ?? null,
    }),
    required: t.boolean({ description: 'A file must have the column.', resolve: (column) => column.required }),
    dbfName: t.string({ description: 'Its name in a DBF file.', resolve: (column) => dbfName(column) }),
  }),
});

/** 数据结构版本 */
export const EditionRef = builder.objectRef<Edition>('Edition').implement({
  description: 'An edition of the national data structure, or our own template of a category.',
  fields: (t) => ({
    key: t.exposeString('key', {
      description: 'As imports and exports name it: the id, of a loaded one with its version: `master-2026@2`.',
    }),
    edition: t.exposeString('id', { description: 'The id without version.' }),
    version: t.exposeInt('version', { description: '0: shipped; 1 and up: loaded by the institution.' }),
    name: t.string({
      description: 'Says of an unverified edition that it is one.',
      resolve: (edition, _args, context) => nameIn(context, edition),
    }),
    verified: t.exposeBoolean('verified', {
      description: 'False: put together from what is publicly known, not confirmed.',
    }),
    source: t.exposeString('source'),
    validFrom: t.field({ type: 'Date', nullable: true, resolve: (edition) => edition.validFrom }),
    validUntil: t.field({ type: 'Date', nullable: true, resolve: (edition) => edition.validUntil }),
    categories: t.field({ type: [CategoryEnum], resolve: (edition) => [...edition.categories] }),
    header: t.stringList({ description: 'The header of its files.', resolve: (edition) => headerOf(edition) }),
    columns: t.field({
      type: [EditionColumnRef],
      complexity: { field: 1, multiplier: 30 },
      resolve: (edition) => [...edition.columns],
    }),
  }),
});
const EditionConnection = connectionType('Edition', EditionRef);

builder.queryFields((t) => ({
  edition: t.field({
    type: EditionRef,
    nullable: true,
    description: 'An edition by its key, in any version that there ever was.',
    args: { key: t.arg.string(), category: t.arg({ type: CategoryEnum, required: false }) },
    resolve: async (_root, { key, category }, context) =>
      editionByKey(key, category ?? 'regular-bachelor', await ownEditions(context)),
  }),
  editions: t.field({
    type: EditionConnection,
    description: 'The editions that hold for the institution on a day; without a day the newest version of each.',
    args: {
      ...PAGE_ARGS,
      category: t.arg({ type: CategoryEnum, required: false }),
      on: t.arg({ type: 'Date', required: false }),
    },
    complexity: pageCost,
    resolve: async (_root, args, context) => {
      const all = editionsOn(await ownEditions(context), args.on ?? undefined);
      const wanted = args.category ? [args.category] : keysOf(CATEGORIES);
      const found = all.filter(({ categories }) => wanted.some((category) => categories.includes(category)));
      return listPage('editions', found, args) as Page<object>;
    },
  }),
}));
