// An analysis dataset of a whole register, from the decision to the copy in a file: made in a process of its own, with its memory and its longest stall.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { extname, join } from 'node:path';
import { decideDataset } from '../src/procedures/datasets/decide-dataset.ts';
import { requestDataset } from '../src/procedures/datasets/request-dataset.ts';
import { storeFile } from '../src/procedures/files/store-file.ts';
import { todayOf } from '../src/procedures/situation.ts';
import { DATASET_FIELD_NAMES, mayLeave } from '../src/regulation/anonymity/dataset-fields.ts';
import { addDays } from '../src/regulation/deadlines/deadlines.ts';
import { DEFAULT_POLICY } from '../src/regulation/policy.ts';
import { CATEGORIES, keysOf } from '../src/regulation/vocabulary.ts';
import { makeScan } from '../src/trial/year/scans.ts';
import { filedRecords } from './filed-records.ts';
import { serverFlags } from './import-memory.ts';
import { HERE } from './people.ts';
import type { Setting } from './section.ts';
import { type Figure, megabytes } from './table.ts';
import { type BenchWorld, type Environment, withEnvironment, withWorld } from './world.ts';

/** What the making process tells of itself. Bytes, seconds, milliseconds, rows. */
export interface Told {
  readonly before: number;
  readonly peak: number;
  readonly took: number;
  readonly processor: number;
  readonly stall: number;
  readonly rows: number;
  readonly suppressed: number;
  readonly download: number;
  readonly stallOfDownload: number;
  readonly peakOfDownload: number;
  readonly bareRead: number;
  readonly bareRows: number;
}

/** Every filed record, every field that may leave. PostgreSQL only: the embedded database lives in the same process. */
export async function benchDataset(setting: Setting): Promise<Figure[]> {
  if (setting.server === null) return [];
  const { records } = setting.sizes;
  const place = await mkdtemp(join(setting.place, 'dataset-'));
  return withEnvironment(setting, 'dataset', async (environment) => {
    const datasetId = await withWorld(environment, async (bench) => {
      await filedRecords(bench, records, place);
      return ordered(bench);
    });
    const told = await makeAlone(environment, datasetId);
    const { took, processor, rows, suppressed } = told;
    const bare = { what: 'plain SELECT of the same columns', value: told.bareRows / told.bareRead };
    const many = records.toLocaleString('en-US');
    const [load = 0] = loadavg();
    return [
      {
        what: `dataset of ${many} records made`,
        ...{ value: records / took, unit: 'rows/s', limit: bare },
        note: `${took.toFixed(1)} s, ${processor.toFixed(1)} s of a core, goal < 30 s; ${suppressed} left out; load ${load.toFixed(1)}`,
      },
      {
        what: 'peak memory of the process that makes it',
        ...{ value: megabytes(told.peak), unit: 'MB', limit: { what: 'before', value: megabytes(told.before) } },
        note: `goal < 500; node ${(await serverFlags()).join(' ')}, compiled, as npm run serve`,
      },
      { what: 'longest stall meanwhile', value: told.stall, unit: 'ms', note: 'of a timer of 10 ms' },
      {
        what: 'copy of a reader as CSV',
        ...{ value: rows / told.download, unit: 'rows/s', limit: bare },
        note: `${rows} rows; longest stall ${told.stallOfDownload.toFixed(0)} ms; peak ${megabytes(told.peakOfDownload).toFixed(0)} MB`,
      },
    ];
  });
}

/** A dataset that was asked for and consented to; its making waits. */
async function ordered({ world, callAs }: BenchWorld): Promise<string> {
  const [officer, head] = await Promise.all(['xuewei.guan', 'xuewei.zhuren'].map(callAs));
  if (!officer || !head) throw new Error('a sample officer is missing');
  const { bytes } = await makeScan('scan', '数据使用协议', ['2026']);
  const agreement = { institution: HERE, kind: 'dataset-agreement', name: 'agreement.pdf', bytes } as const;
  const { digest } = await storeFile(officer, agreement);
  const today = todayOf(world);
  const { datasetId } = await requestDataset(officer, {
    ...{ institution: HERE, organisationName: '山东教育评估研究院', organisationCode: '91350100M000100Y43' },
    ...{ contactName: '李评', contactWay: '0531-8600 0000', purpose: 'quality-evaluation' },
    description: '评价历年学位授予的结构与质量，只在院内使用。',
    fields: DATASET_FIELD_NAMES.filter(mayLeave),
    ...{ yearFrom: 1981, yearUntil: Number(today.slice(0, 4)), categories: keysOf(CATEGORIES), levels: [] },
    ...{ k: DEFAULT_POLICY.datasetK, l: DEFAULT_POLICY.datasetL, t: null },
    ...{ firstDay: today, lastDay: addDays(today, 30), agreementDigest: digest, recipients: ['一室'] },
  });
  await decideDataset(head, { institution: HERE, datasetId, expectedVersion: 1, decision: 'consent', reason: '' });
  return datasetId;
}

async function makeAlone(environment: Environment, datasetId: string): Promise<Told> {
  const script = new URL(`./dataset-alone${extname(import.meta.filename)}`, import.meta.url);
  const child = fork(script, [datasetId, JSON.stringify(environment)], { execArgv: await serverFlags() });
  let told: Told | undefined;
  child.on('message', (message) => {
    told = message as Told;
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0 || !told) throw new Error(`the making ended with ${code}`);
  return told;
}
