// Filed records in number for analysis datasets: copies of one collected record with other people's values, put in place directly.

import type { RequestDatasetInput } from '../../src/procedures/datasets/request-dataset.ts';
import { storeFile } from '../../src/procedures/files/store-file.ts';
import { DEFAULT_POLICY } from '../../src/regulation/policy.ts';
import { collectedBatch } from './collected.ts';
import { scanPdf } from './sample-files.ts';
import { HERE, type TestWorld } from './world.ts';

/** Puts `count` filed bachelors into the register of the sample institution, of three years and twelve disciplines. */
export async function filedPeople(test: TestWorld, count: number): Promise<void> {
  const { recordIds } = await collectedBatch(test, 1);
  await test.world.db.pool.query(
    `INSERT INTO "DegreeRecord" SELECT (jsonb_populate_record(r, jsonb_build_object(
       'id', gen_random_uuid(), 'state', 'filed', 'filedAt', r."createdAt", 'enrolmentRecordId', NULL, 'crossCheckedById', $3::text,
       'certificateNumber', '1044742019' || lpad(n::text, 6, '0'),
       'sex', (1 + (n * 7919 % 13) % 2)::text,
       'ethnicity', CASE WHEN n * 104729 % 11 < 9 THEN '01' ELSE lpad((2 + n % 5)::text, 2, '0') END,
       'politicalStatus', (ARRAY['01', '03', '13', '03'])[1 + n * 7907 % 17 % 4],
       'birthDate', to_char(date '2000-01-01' + (n * 7919 % 1800), 'YYYY-MM-DD'),
       'disciplineCode', (ARRAY['040107', '040106', '050101', '050201', '070101', '070201', '080901', '080902', '120203', '120204', '130401', '101101'])[1 + n * 6151 % 12],
       'conferralDate', (2024 + n * 31 % 3)::text || '-06-20',
       'lengthOfStudy', (ARRAY['4', '4', '4', '5'])[1 + n * 127 % 4]
     ))).* FROM "DegreeRecord" r, generate_series(1, $2::int) n WHERE r."id" = $1`,
    [recordIds[0], count, test.callAs('jiaowu.he').actor.officerId],
  );
}

/** Uploads a PDF for a dataset. @returns its digest */
export async function datasetPaper(
  test: TestWorld,
  kind: 'dataset-agreement' | 'dataset-publication' = 'dataset-agreement',
  text: string = kind,
): Promise<string> {
  const call = test.callAs('xuewei.guan');
  const file = { institution: HERE, kind, name: '协议.pdf', bytes: new Uint8Array(scanPdf(text)) };
  return (await storeFile(call, file)).digest;
}

/** A request that nothing is wrong with; the clock stands before the 1st of July 2026. */
export function goodRequest(agreementDigest: string, other: Partial<RequestDatasetInput> = {}): RequestDatasetInput {
  return {
    ...{ institution: HERE, organisationName: '山东教育评估研究院', organisationCode: '91350100M000100Y43' },
    ...{ contactName: '李评', contactWay: '0531-8600 0000', purpose: 'quality-evaluation' },
    description: '评价三年来学士学位授予的结构与质量，只在院内使用。',
    fields: ['sex', 'ethnicity', 'birthDate', 'disciplineCode', 'conferralDate', 'politicalStatus'],
    ...{ yearFrom: 2024, yearUntil: 2026, categories: ['regular-bachelor'], levels: [] },
    ...{ k: DEFAULT_POLICY.datasetK, l: DEFAULT_POLICY.datasetL, t: null },
    ...{ firstDay: '2026-07-01', lastDay: '2026-09-30', agreementDigest, recipients: ['一室', '二室'] },
    ...other,
  };
}
