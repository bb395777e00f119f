// An analysis dataset of many records with every field that may leave: rows a second, memory, the longest piece without a pause, beside one plain grouping.
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { anonymise } from '../src/regulation/anonymity/anonymise.ts';
import {
  DATASET_FIELD_NAMES,
  DATASET_FIELDS,
  type DatasetField,
  mayLeave,
} from '../src/regulation/anonymity/dataset-fields.ts';
import type { Anonymised, Table } from '../src/regulation/anonymity/types.ts';
import { makeGraduate } from '../src/trial/year/graduates.ts';
import { sittingsOf } from '../src/trial/year/plan.ts';
import { makeRandom } from '../src/trial/year/random.ts';
import type { Setting } from './section.ts';
import { type Figure, megabytes, seconds } from './table.ts';

const GOAL = { k: 5, l: 2, t: null, mostSuppressed: 5 };
const FIRST_YEAR = 2025;
const GROUP_BY = `
import sys, time, pandas as pd
table = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
start = time.perf_counter()
sizes = table.groupby(sys.argv[2].split(',')).size()
assert int(sizes.min()) == int(sys.argv[3])
print(time.perf_counter() - start)
`;

/** Rows a second of the whole work, peak memory of the process, and the longest piece between two pauses. */
export async function benchAnonymity({ sizes, place }: Setting): Promise<Figure[]> {
  const fields = DATASET_FIELD_NAMES.filter(mayLeave);
  const quasis = fields.filter((field) => DATASET_FIELDS[field].role === 'quasi');
  const table = peopleOf(sizes.records, fields);
  const before = process.memoryUsage.rss();
  const { result, took, processor, longest, longestOfProcessor } = run(table);
  const peak = process.resourceUsage().maxRSS * 1024;
  const { search, loss, rowsSuppressed } = result.report;
  const grouping = await seconds(() => plainGrouping(table, quasis));
  const rows = table.rows;
  const plain = { what: 'plain grouping of rows', value: rows / grouping };
  const figures: Figure[] = [
    {
      what: `dataset of ${rows} records, ${quasis.length} quasi-identifiers`,
      ...{ value: rows / took, unit: 'rows/s', limit: plain },
      note: `${took.toFixed(1)} s, ${processor.toFixed(1)} s of a core, goal < 30; ${search.kind} of ${search.lattice} by ${search.groupings} groupings, loss ${loss.toFixed(3)}, ${rowsSuppressed} left out`,
    },
    {
      what: 'memory at its peak',
      value: megabytes(peak),
      unit: 'MB',
      limit: { what: 'with the records', value: megabytes(before) },
      note: 'goal < 500',
    },
    {
      what: 'longest piece without a pause',
      value: longest,
      unit: 'ms',
      note: `goal < 50; ${longestOfProcessor.toFixed(0)} ms of a core`,
    },
  ];
  const peer = await pandas(result, quasis, place);
  figures.push({
    what: 'k of the finished table by one grouping of ours',
    ...{ value: rows / grouping, unit: 'rows/s' },
    ...(peer === null
      ? { note: 'python3-pandas not found' }
      : { limit: { what: 'pandas groupby', value: result.table.rows / peer } }),
  });
  return figures;
}

/** So many people by the asked fields: years of graduates, the newest first. */
export function peopleOf(count: number, fields: readonly DatasetField[]): Table<DatasetField> {
  const random = makeRandom(18);
  const counters = { person: 0, bachelor: 0, master: 0, identities: new Set<string>() };
  const columns: string[][] = fields.map(() => []);
  for (let year = FIRST_YEAR; ; year--) {
    for (const sitting of sittingsOf(year)) {
      for (const group of sitting.groups) {
        for (let at = 0; at < group.count; at++) {
          if (columns[0]?.length === count) return { fields, rows: count, columns };
          const record: Readonly<Record<string, unknown>> = {
            ...makeGraduate(random, sitting, group, counters).record,
          };
          for (const [column, field] of fields.entries()) columns[column]?.push(String(record[field] ?? ''));
        }
      }
    }
  }
}

/** Runs to the end; times in seconds, pieces in milliseconds. The processor's own time tells what others on the machine did not add. */
function run(table: Table<DatasetField>) {
  const processor = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  const [start, startOfProcessor] = [performance.now(), processor()];
  let [last, lastOfProcessor, longest, longestOfProcessor] = [start, startOfProcessor, 0, 0];
  const work = anonymise(table, GOAL);
  for (;;) {
    const step = work.next();
    const [now, nowOfProcessor] = [performance.now(), processor()];
    longest = Math.max(longest, now - last);
    longestOfProcessor = Math.max(longestOfProcessor, nowOfProcessor - lastOfProcessor);
    [last, lastOfProcessor] = [now, nowOfProcessor];
    if (step.done !== true) continue;
    if (!step.value.possible) throw new Error(`no dataset: ${step.value.reason}`);
    const [took, worked] = [(now - start) / 1000, (nowOfProcessor - startOfProcessor) / 1000];
    return { result: step.value, took, processor: worked, longest, longestOfProcessor };
  }
}

/** What anybody must do who wants to know k: every row by all its quasi-identifiers, once. */
function plainGrouping({ fields, columns, rows }: Table<DatasetField>, quasis: readonly DatasetField[]): number {
  const used = quasis.map((field) => columns[fields.indexOf(field)] ?? []);
  const sizes = new Map<string, number>();
  for (let row = 0; row < rows; row++) {
    const key = used.map((column) => column[row]).join('|');
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  return sizes.size;
}

/** Seconds that pandas takes to find the same k; null where it is not installed. */
async function pandas({ table, report }: Anonymised, quasis: readonly string[], place: string): Promise<number | null> {
  const python = ['python3', '/usr/bin/python3'].find((one) => spawnSync(one, ['-c', 'import pandas']).status === 0);
  if (python === undefined) return null;
  const path = join(place, 'dataset.csv');
  const lines = Array.from({ length: table.rows }, (_, row) => table.columns.map((column) => column[row]).join(','));
  await writeFile(path, `${[table.fields.join(','), ...lines].join('\n')}\n`);
  const k = String(report.after.smallestClass);
  const { status, stdout, stderr } = spawnSync(python, ['-c', GROUP_BY, path, quasis.join(','), k]);
  if (status !== 0) throw new Error(`pandas finds another k: ${String(stderr)}`);
  return Number(String(stdout));
}
