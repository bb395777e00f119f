import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { filedBatch } from './test/support/cases.ts';
import { testWorld, HERE } from './test/support/world.ts';
import { RECORD_COLUMNS } from './src/store/record-columns.ts';
test('measure', async () => {
  const w = await testWorld();
  await filedBatch(w, 1000);
  const pool = w.world.db.pool;
  const N = 200;
  const own: Record<string,string> = {
    id: `(left(r."id"::text, 9) || lpad(to_hex(c.n), 4, '0') || '-7' || substr(r."id"::text, 16))::uuid`,
    certificateNumber: `left(r."certificateNumber", 10) || lpad((100000 + c.n * 1000 + r."rosterSequence")::text, 6, '0')`,
    rosterSequence: `c.n * 1000 + r."rosterSequence"`,
  };
  const names = RECORD_COLUMNS.map(({ name }) => `"${name}"`).join(', ');
  const values = RECORD_COLUMNS.map(({ name }) => own[name] ?? `r."${name}"`).join(', ');
  await pool.query(`INSERT INTO "DegreeRecord" (${names}) SELECT ${values} FROM "DegreeRecord" r, generate_series(1, ${N-1}) AS c(n)`);
  await pool.query(`INSERT INTO "StepSubject" SELECT s."institution", s."stepId", c.n * 10000 + s."position", s."kind", (left(s."subjectId"::text, 9) || lpad(to_hex(c.n), 4, '0') || '-7' || substr(s."subjectId"::text, 16))::uuid, s."version", s."digest", s."previousStepId" FROM "StepSubject" s, generate_series(1, ${N-1}) AS c(n) WHERE s.kind='record'`);
  await pool.query('VACUUM ANALYZE "DegreeRecord"'); await pool.query('VACUUM ANALYZE "StepSubject"'); await pool.query('ANALYZE "Step"');
  const t = async (what: string, sql: string) => { for (let i=0;i<2;i++){const s = performance.now(); const r = await pool.query(sql); console.log(what, Math.round(performance.now()-s)+' ms', JSON.stringify(r.rows).slice(0,200));} };
  await t('records', 'select count(*) from "DegreeRecord"');
  await t('subjects', 'select count(*) from "StepSubject"');
  await t('last', `SELECT count(*) FROM "DegreeRecord" r LEFT JOIN LATERAL (SELECT s."version", s."digest", s."stepId" FROM "StepSubject" s WHERE s."institution"=r."institution" AND s."subjectId"=r."id" ORDER BY s."stepId" DESC LIMIT 1) l ON true WHERE r."institution"='${HERE}' AND (l."version" IS DISTINCT FROM r."version" OR l."digest" IS DISTINCT FROM r."digest")`);
  await t('last+step', `SELECT count(*) FROM "DegreeRecord" r LEFT JOIN LATERAL (SELECT s."version", s."digest", t."name" FROM "StepSubject" s JOIN "Step" t ON t."institution"=s."institution" AND t."id"=s."stepId" WHERE s."institution"=r."institution" AND s."subjectId"=r."id" ORDER BY s."stepId" DESC LIMIT 1) l ON true WHERE r."institution"='${HERE}' AND (l."version" IS DISTINCT FROM r."version" OR l."digest" IS DISTINCT FROM r."digest" OR NOT (l.name = 'filing' and r.state='filed'))`);
  await t('subjectcount', `SELECT count(*) FROM "Step" t WHERE t."institution"='${HERE}' AND t."subjectCount" <> (SELECT count(*) FROM "StepSubject" s WHERE s."institution"=t."institution" AND s."stepId"=t."id")`);
  await t('leaf', `SELECT count(*) FROM "Step" t WHERE t."institution"='${HERE}' AND encode(sha256('\\x00'::bytea || convert_to(t."statement",'UTF8')),'hex') <> t."leafHash"`);
  await t('state count', `SELECT "state", count(*) FROM "DegreeRecord" WHERE "institution"='${HERE}' GROUP BY 1`);
  await t('unmatched', `SELECT count(*) FROM "DegreeRecord" WHERE "institution"='${HERE}' AND "certificateTemplateId" IS NULL AND state NOT IN ('withdrawn','deleted','revoked','declared-invalid')`);
  await t('hashjoin', `SELECT count(*) FROM "DegreeRecord" r WHERE r."institution"='${HERE}' AND NOT EXISTS (SELECT 1 FROM "StepSubject" s WHERE s."institution"=r."institution" AND s."subjectId"=r."id" AND s.version=r.version AND s.digest=r.digest)`);
  await w.close();
}, 600000);
