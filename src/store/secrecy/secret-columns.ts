// Every column that holds sealed boxes or look-up keys, declared once: what is re-encrypted, counted before a key is dropped, and compared
// with the database by a test. A new column that holds boxes is entered here (R21.1).
import { SECRET_COLUMNS } from '../records/record-columns.ts';

/** A part of the key of a row, and its SQL type. */
export interface KeyColumn {
  readonly name: string;
  readonly type: 'uuid' | 'int' | 'text';
}

/** A row's key after its institution, as texts, in the order of {@link SecretTable.key}. */
export type RowKey = readonly string[];

/** How a column holds boxes: it is one, its JSON has members or proposed changes that are, or it is a box of bytes. */
export type BoxForm = 'text' | 'members' | 'changes' | 'bytes';

/** A column that holds boxes. */
export interface BoxColumn {
  readonly name: string;
  readonly form: BoxForm;
}

/** A table that holds boxes. */
export interface SecretTable {
  readonly table: string;
  /** What follows `institution` in its primary key. */
  readonly key: readonly KeyColumn[];
  readonly columns: readonly BoxColumn[];
  /** SQL condition over `t` for the rows that hold boxes; all when not given. */
  readonly only?: string;
  /** What a box is bound to. `field` is the column, or the name of the member inside it. */
  context(institution: string, key: RowKey, field: string): string;
  /** The column that holds the look-up key of the identity number, where there is one. */
  readonly index?: 'identityNumberIndex';
}

const ID: readonly KeyColumn[] = [{ name: 'id', type: 'uuid' }];
const text = (...names: string[]): BoxColumn[] => names.map((name) => ({ name, form: 'text' }));

/** In the order in which they are re-encrypted: what is copied into history comes before history. */
export const SECRET_TABLES: readonly SecretTable[] = [
  {
    table: 'DegreeRecord',
    key: ID,
    columns: text(...SECRET_COLUMNS),
    context: (institution, [id], field) => `${institution}/${id}/${field}`,
    index: 'identityNumberIndex',
  },
  {
    table: 'EnrolmentRecord',
    key: ID,
    columns: text('identityNumber'),
    context: (institution, [id], field) => `${institution}/${id}/${field}`,
    index: 'identityNumberIndex',
  },
  {
    table: 'RecordVersion',
    key: [
      { name: 'recordId', type: 'uuid' },
      { name: 'version', type: 'int' },
    ],
    columns: [{ name: 'content', form: 'members' }],
    context: (institution, [recordId], field) => `${institution}/${recordId}/${field}`,
  },
  {
    table: 'ApplicationRecord',
    key: [
      { name: 'applicationId', type: 'uuid' },
      { name: 'recordId', type: 'uuid' },
    ],
    columns: [{ name: 'content', form: 'changes' }],
    context: (institution, [applicationId, recordId], field) => `${institution}/${applicationId}/${recordId}/${field}`,
  },
  {
    table: 'StudentDispute',
    key: ID,
    columns: text('content'),
    context: (institution, [id]) => `${institution}/${id}/student-word`,
  },
  {
    table: 'CorrectionRequest',
    key: ID,
    columns: text('content'),
    context: (institution, [id]) => `${institution}/${id}/student-word`,
  },
  {
    table: 'ReceivedObjection',
    key: ID,
    columns: text('reason', 'name', 'contact'),
    context: (institution, [id], field) => `${institution}/received-objection/${id}/${field}`,
  },
  {
    table: 'StoredFile',
    key: [{ name: 'digest', type: 'text' }],
    columns: [{ name: 'bytes', form: 'bytes' }],
    only: `t."kind" = 'piece'`,
    context: (institution, [digest]) => `${institution}/${digest}`,
  },
  {
    table: 'ExportPiece',
    key: [
      { name: 'exportId', type: 'uuid' },
      { name: 'piece', type: 'int' },
    ],
    columns: [{ name: 'box', form: 'bytes' }],
    context: (institution, [exportId, piece]) => `${institution}/export/${exportId}/${piece}`,
  },
  {
    table: 'ArchivePiece',
    key: [
      { name: 'archiveId', type: 'uuid' },
      { name: 'piece', type: 'int' },
    ],
    columns: [{ name: 'box', form: 'bytes' }],
    context: (institution, [archiveId, piece]) => `${institution}/archive/${archiveId}/${piece}`,
  },
  {
    table: 'ArchiveExport',
    key: ID,
    columns: text('secretKeyBox'),
    only: `t."secretKeyBox" IS NOT NULL`,
    context: (institution, [id]) => `${institution}/archive/${id}/key`,
  },
  {
    table: 'Dataset',
    key: ID,
    columns: text('contactWay'),
    context: (institution, [id]) => `${institution}/dataset/${id}/contact`,
  },
  // The rows of a dataset are under this key of its own, so they stay as they are.
  {
    table: 'DatasetKey',
    key: [{ name: 'datasetId', type: 'uuid' }],
    columns: text('box'),
    context: (institution, [datasetId]) => `${institution}/dataset/${datasetId}/key`,
  },
];

const SECRETS = SECRET_COLUMNS.map((name) => `'${name}'`).join(', ');
const keyOfText = (box: string): string => `split_part(${box}, '.', 2)`;

/** SQL that gives a row for each box of a column of the row `t`, with the id of its key as `k`: in FROM, after CROSS JOIN LATERAL. */
export function boxKeysSql({ name, form }: BoxColumn): string {
  const column = `t."${name}"`;
  switch (form) {
    case 'text':
      return `(SELECT ${keyOfText(column)} AS k WHERE ${column} <> '')`;
    case 'members':
      return `(SELECT ${keyOfText('m.v')} AS k FROM jsonb_each_text(${column}) AS m(n, v) WHERE m.n IN (${SECRETS}) AND m.v <> '')`;
    case 'changes':
      return `(SELECT ${keyOfText('b.v')} AS k
        FROM jsonb_array_elements(CASE jsonb_typeof(${column}->'changes') WHEN 'array' THEN ${column}->'changes' ELSE '[]' END) AS c(e)
        CROSS JOIN LATERAL (VALUES (c.e->>'before'), (c.e->>'after')) AS b(v)
        WHERE c.e->>'field' IN (${SECRETS}) AND b.v <> '')`;
    case 'bytes':
      // By slices: a box of a mebibyte is not read for its first bytes.
      return `(SELECT encode(substring(${column} FROM 2 FOR get_byte(substring(${column} FROM 1 FOR 1), 0)), 'escape') AS k WHERE length(${column}) > 0)`;
  }
}
