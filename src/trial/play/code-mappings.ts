// Texts where codes should be (R7.1): what an import could not match goes to the office, which maps it once; the next import follows.
import type { DeliveredRow, Delivery } from '../year/deliveries.ts';
import { tableOf } from '../year/deliveries.ts';
import { tableFile } from '../year/files.ts';
import { dryRun } from './imports.ts';
import type { Kind } from './ledger.ts';
import { INSTITUTION, officersOf, type Story, StoryBroken } from './story.ts';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });
const SPOKEN = kind('code-spoken', 'code-unknown', '代码写成习惯说法', 'a way of speaking where a code should be');
const RIDDLE = kind('code-riddle', 'code-unknown', '代码无从对应', 'a text that stands for no code');
const NO_CODE = kind(
  'mapping-code',
  'mapping-code-unknown',
  '对照到不存在的代码',
  'a mapping to a code that does not exist',
);

const TABLE = 'politicalStatus';
const HEADING = '政治面貌';
/** What people write for a code, and what nobody can know. */
const SAYINGS = [
  ['01', '中共党员'],
  ['03', '团员'],
] as const;
const ODD = '组织关系待定';
const ROWS = 2;

/** Tries a delivery in which party members are called as people call them: refused, mapped, accepted. Returns the delivery that can be imported now. */
export async function mapSpokenCodes(story: Story, delivery: Delivery, resolution: string): Promise<Delivery> {
  const { header, rows } = delivery.first;
  const at = header.findIndex((heading) => heading.includes(HEADING));
  if (at < 0) throw new StoryBroken(`no column ${HEADING}`);
  const good = rows.filter(({ planted }) => planted === null);
  const having = (code: string) => good.filter(({ graduate }) => graduate.record.politicalStatus === code);
  const { collector } = officersOf(delivery.group.category);
  const known = await mappedBefore(story, collector);
  const saying = SAYINGS.find(([code, text]) => having(code).length > 0 && !known.has(text));
  if (!story.mistakes || !saying) return delivery;
  const [code, text] = saying;
  const spoken = having(code).slice(0, ROWS);
  const odd = good.filter((row) => !spoken.includes(row)).slice(0, 1);
  const { category } = delivery.group;
  const written = (which: readonly DeliveredRow[], as: string, row: DeliveredRow) =>
    which.includes(row) ? { ...row, cells: row.cells.map((cell, column) => (column === at ? as : cell)) } : row;
  const asSaid = rows.map((row) => written(odd, ODD, written(spoken, text, row)));
  const file = await tableFile(`${delivery.place.replace('/', '-')}-as-said`, tableOf({ header, rows: asSaid }), 'csv');
  const check = () => dryRun(story, collector, { kind: 'records', category, resolution }, file);
  const before = await check();
  for (const [line, row] of rows.entries()) {
    const planted = spoken.includes(row) ? SPOKEN : odd.includes(row) ? RIDDLE : null;
    if (planted === null) continue;
    story.ledger.plant(planted);
    const codes = before.codes.get(line + 2) ?? [];
    if (codes.includes(planted.code)) story.ledger.find(planted.id);
    else story.ledger.miss(planted.id, `line ${line + 2}: ${codes.join(', ') || 'accepted'}`);
  }
  await map(story, collector, before.importId, { text, code, rows: spoken.length });
  const after = await check();
  const mended = before.refused - after.refused;
  if (mended !== spoken.length) story.ledger.wrong(`${mended} of ${spoken.length} rows follow the mapping`);
  story.say(`  ${delivery.place}: “${text}” mapped once, ${mended} rows follow; “${ODD}” stays refused`);
  return { ...delivery, first: { header, rows: rows.map((row) => written(spoken, text, row)) } };
}

/** What the institution has mapped in a year before. */
async function mappedBefore(story: Story, collector: string): Promise<ReadonlySet<string>> {
  const document = 'query($table: String) { codeMappings(first: 100, table: $table) { nodes { value } } }';
  const data = await story.query(collector, document, { table: TABLE });
  return new Set((data.codeMappings as { nodes: { value: string }[] }).nodes.map(({ value }) => value));
}

/** Maps a text to its code, once. */
async function map(
  story: Story,
  collector: string,
  id: string,
  { text, code, rows }: { readonly text: string; readonly code: string; readonly rows: number },
): Promise<void> {
  const document = `query($id: ID!) { import(id: $id) { unmatchedValues(first: 10) { nodes { table value count } } } }`;
  const data = await story.query(collector, document, { id });
  const { nodes } = (data.import as { unmatchedValues: { nodes: Unmatched[] } }).unmatchedValues;
  const told = nodes.find(({ table, value }) => table === TABLE && value === text);
  if (told?.count !== rows) throw new StoryBroken(`${text} is not told as unmatched in ${rows} rows`);
  const mapping = (to: string) => ({ institution: INSTITUTION, mappings: [{ table: TABLE, value: text, code: to }] });
  await story.refused(NO_CODE, () => story.act(collector, 'mapCodes', mapping('88'), 'mapped'));
  await story.must(collector, 'mapCodes', mapping(code), 'mapped');
}

interface Unmatched {
  readonly table: string;
  readonly value: string;
  readonly count: number;
}
