// An outside judge: pandas reads the finished table and measures k, l, entropy l, t and risk from scratch; its figures are those of the report.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { anonymise } from '../../../src/regulation/anonymity/anonymise.ts';
import {
  DATASET_FIELD_NAMES,
  DATASET_FIELDS,
  type DatasetField,
  mayLeave,
} from '../../../src/regulation/anonymity/dataset-fields.ts';
import type { Table } from '../../../src/regulation/anonymity/types.ts';
import { makeGraduate } from '../../../src/trial/year/graduates.ts';
import { sittingsOf } from '../../../src/trial/year/plan.ts';
import { makeRandom } from '../../../src/trial/year/random.ts';
import { last } from '../../support/last.ts';
import { has, needing, pythonWith } from '../../support/outside.ts';
import { rowsOf } from './run.ts';

// Reads the two tables; knows of political status that 01 and 02, 04 to 11, and the rest but 03 are kinds.
const JUDGE = `
import sys, json, math
import pandas as pd
path, quasi, sensitive = sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])
table = pd.read_csv(path, dtype=str, keep_default_na=False)
sizes = table.groupby(quasi).size() if quasi else pd.Series([len(table)])
found = {'k': int(sizes.min()), 'classes': int(len(sizes)), 'largest': int(sizes.max()), 'average': 1 / float(sizes.mean()), 'unique': float((sizes == 1).sum() / len(table))}
def kind(code):
    return 'party' if code in ('01', '02') else 'league' if code == '03' else 'democratic' if '04' <= code <= '11' else 'none'
for field in sensitive:
    have = table[table[field] != '']
    whole = have[field].value_counts(normalize=True)
    ls, es, ts = [], [], []
    for _, part in have.groupby(quasi)[field]:
        share = part.value_counts(normalize=True)
        ls.append(int(part.nunique()))
        es.append(math.exp(-sum(p * math.log(p) for p in share)))
        extra = share.reindex(whole.index).fillna(0) - whole
        if field == 'politicalStatus':
            # Work within a kind costs half of work between kinds.
            kinds = extra.groupby([kind(code) for code in extra.index])
            inside = sum(min(g[g > 0].sum(), -g[g < 0].sum()) for _, g in kinds)
            ts.append(inside / 2 + kinds.sum().abs().sum() / 2)
        else:
            ts.append(extra.abs().sum() / 2)
    found[field] = {'l': min(ls), 'entropyL': min(es), 't': max(ts)}
print(json.dumps(found))
`;

function peopleOf(count: number, fields: readonly DatasetField[]): Table<DatasetField> {
  const random = makeRandom(18);
  const counters = { person: 0, bachelor: 0, master: 0, identities: new Set<string>() };
  const columns: string[][] = fields.map(() => []);
  for (const sitting of sittingsOf(2026, count / 9610)) {
    for (const group of sitting.groups) {
      for (let at = 0; at < group.count; at++) {
        const record: Readonly<Record<string, unknown>> = { ...makeGraduate(random, sitting, group, counters).record };
        for (const [column, field] of fields.entries()) columns[column]?.push(String(record[field] ?? ''));
      }
    }
  }
  return { fields, rows: columns[0]?.length ?? 0, columns };
}

function judged(table: Table<DatasetField>) {
  const directory = mkdtempSync(join(tmpdir(), 'vermilion-anonymity-'));
  try {
    const path = join(directory, 'dataset.csv');
    writeFileSync(path, [table.fields, ...rowsOf(table)].map((cells) => `${cells.join(',')}\n`).join(''));
    const of = (role: string) => JSON.stringify(table.fields.filter((field) => DATASET_FIELDS[field].role === role));
    const { status, stdout, stderr } = spawnSync(pythonWith('pandas') ?? '', [
      '-c',
      JUDGE,
      path,
      of('quasi'),
      of('sensitive'),
    ]);
    expect(status, String(stderr)).toBe(0);
    return JSON.parse(String(stdout));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

test.skipIf(!has('python3-pandas')).each([
  ['every field that may leave', DATASET_FIELD_NAMES.filter(mayLeave), null],
  ['a few fields, close to everybody', ['category', 'sex', 'birthDate', 'politicalStatus', 'conferralDate'], 0.2],
  ['origin and discipline', ['country', 'ethnicity', 'disciplineCode', 'thesisTopicSource', 'outcomeType'], null],
] as [string, DatasetField[], number | null][])(
  needing('python3-pandas', 'R18.1: pandas measures what the report says of %s'),
  (_, fields, t) => {
    const given = peopleOf(500, fields);
    const result = last(anonymise(given, { k: 5, l: 2, t, mostSuppressed: 5 }));
    if (!result.possible) throw new Error(JSON.stringify(result));
    const { before, after } = result.report;
    for (const [table, measures] of [
      [given, before],
      [result.table, after],
    ] as const) {
      const found = judged(table);
      expect([found.k, found.classes, found.largest]).toEqual([
        measures.smallestClass,
        measures.classes,
        measures.largestClass,
      ]);
      expect(1 / found.k).toBeCloseTo(measures.risk.prosecutorMax, 12);
      expect(found.average).toBeCloseTo(measures.risk.prosecutorAverage, 12);
      expect(found.unique).toBeCloseTo(measures.risk.unique, 12);
      for (const [field, of] of Object.entries(measures.sensitive)) {
        expect(found[field].l, field).toBe(of.l);
        expect(found[field].entropyL, field).toBeCloseTo(of.entropyL, 9);
        expect(found[field].t, field).toBeCloseTo(of.t, 9);
      }
    }
    expect(after.smallestClass).toBeGreaterThanOrEqual(5);
    expect(after.l ?? 2).toBeGreaterThanOrEqual(2);
    if (t !== null) expect(after.t).toBeLessThanOrEqual(t);
  },
  120_000,
);
