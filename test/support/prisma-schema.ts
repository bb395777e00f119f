// Reads prisma/schema.prisma as far as the database is concerned: tables, columns, keys, indexes, foreign keys.

/** What one model asks of the database. Columns are `name type [not null] [default]`, keys are lists of column names. */
export interface Table {
  columns: Record<string, { type: string; required: boolean }>;
  primaryKey: string[];
  uniques: string[];
  indexes: string[];
  foreignKeys: string[];
}

/** Prisma's types and native types, as PostgreSQL's format_type names them. */
const TYPES: Record<string, string> = {
  String: 'text',
  Int: 'integer',
  BigInt: 'bigint',
  Boolean: 'boolean',
  DateTime: 'timestamp(3) without time zone',
  Json: 'jsonb',
  Bytes: 'bytea',
  Float: 'double precision',
};

/** The SQL type of a native type attribute: `Timestamptz(3)`, `Uuid`, `Date`, `Char(64)`, … */
function nativeType(name: string, argument: string | undefined): string {
  const known: Record<string, string> = {
    Timestamptz: `timestamp${argument ?? ''} with time zone`,
    Timestamp: `timestamp${argument ?? ''} without time zone`,
    VarChar: `character varying${argument ?? ''}`,
    Char: `character${argument ?? ''}`,
    Integer: 'integer',
  };
  return known[name] ?? name.toLowerCase();
}

/** All models by table name. Throws on a field type that it does not know, rather than passing over it. */
export function readPrismaSchema(text: string): Map<string, Table> {
  const models = [...text.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name = '', body = '']) => ({
    name,
    body,
  }));
  const tableOf = (model: string) => {
    const body = models.find(({ name }) => name === model)?.body ?? '';
    return body.match(/@@map\("(.*?)"\)/)?.[1] ?? model;
  };
  const names = new Set(models.map(({ name }) => name));
  return new Map(models.map(({ name, body }) => [tableOf(name), readModel(body, names, tableOf)]));
}

function readModel(body: string, models: Set<string>, tableOf: (model: string) => string): Table {
  const table: Table = { columns: {}, primaryKey: [], uniques: [], indexes: [], foreignKeys: [] };
  for (const raw of body.split('\n')) {
    const line = raw.replace(/\/\/.*$/, '').trim();
    if (line.startsWith('@@')) readBlock(line, table);
    else if (line !== '') readField(line, table, models, tableOf);
  }
  return table;
}

function list(names: string): string[] {
  return names.split(',').map((name) => name.trim().replace(/\(.*$/, ''));
}

function readBlock(line: string, table: Table): void {
  const columns = list(line.match(/\[(.*)\]/)?.[1] ?? '');
  if (line.startsWith('@@id')) table.primaryKey = columns;
  else if (line.startsWith('@@unique')) table.uniques.push(columns.join(', '));
  else if (line.startsWith('@@index')) table.indexes.push(columns.join(', '));
}

function readField(line: string, table: Table, models: Set<string>, tableOf: (model: string) => string): void {
  const [, name = '', type = '', suffix = '', attributes = ''] = line.match(/^(\w+)\s+(\w+)(\?|\[\])?\s*(.*)$/) ?? [];
  if (models.has(type)) {
    const relation = attributes.match(/fields: \[(.*?)\], references: \[(.*?)\]/);
    if (relation)
      table.foreignKeys.push(
        `${list(relation[1] ?? '').join(', ')} → ${tableOf(type)}(${list(relation[2] ?? '').join(', ')})`,
      );
    return;
  }
  const native = attributes.match(/@db\.(\w+)(\([\d, ]+\))?/);
  const base = native ? nativeType(native[1] ?? '', native[2]) : TYPES[type];
  if (base === undefined) throw new Error(`schema.prisma: unknown type in "${line}"`);
  // A Prisma list is never null to its reader, but the column that Prisma makes for it may be: both are accepted.
  table.columns[name] = { type: `${base}${suffix === '[]' ? '[]' : ''}`, required: suffix === '' };
  if (/@id\b/.test(attributes)) table.primaryKey = [name];
  if (/@unique\b/.test(attributes)) table.uniques.push(name);
}
