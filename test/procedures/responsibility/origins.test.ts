// Article 22: from any field of any version of a record to the officer, step, seal and line of the file that put it there.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NotFound } from '../../../src/procedures/errors.ts';
import type { FieldOrigin, RecordOrigins } from '../../../src/procedures/responsibility/origin-shape.ts';
import { recordOrigins } from '../../../src/procedures/responsibility/record-origins.ts';
import { templateColumns } from '../../../src/regulation/standard/columns.ts';
import { FIELD_NAMES, FIELDS, type FieldName } from '../../../src/regulation/standard/fields.ts';
import { statementsDuring } from '../../support/api.ts';
import { playOrigins, type Story, WORDS } from '../../support/origin-story.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let story: Story;
beforeAll(async () => {
  test = await testWorld();
  story = await playOrigins(test);
});
afterAll(() => test.close());

const idOf = (login: string) => test.callAs(login).actor.officerId;
const origins = (version?: number, at = 1, withFiles = true): Promise<RecordOrigins> =>
  recordOrigins(test.world, { institution: HERE, recordId: story.recordIds[at] ?? '', version, withFiles });
const of = ({ fields }: RecordOrigins, name: FieldName): FieldOrigin => {
  const found = fields.find(({ field }) => field === name);
  if (!found) throw new Error(`no origin of ${name}`);
  return found;
};
/** Versions in the order of the story. */
const [COLLECTED, LINKED, PHOTOGRAPHED, CORRECTED, CHANGED] = [1, 2, 3, 4, 5];

describe('Article 22: the origin of every field', () => {
  it('of a record from a workbook: sheet, row, column and text of the cell, the step and its seal', async () => {
    const told = await origins(COLLECTED);
    const person = story.people[1];
    const columns = templateColumns('regular-bachelor');
    const fromFile = told.fields.filter(({ source }) => source === 'file');
    expect(fromFile.length).toBeGreaterThan(20);
    for (const { field, cell, step, version, value } of fromFile) {
      // Row 1 is the header, row 3 is blank.
      expect(cell, field).toMatchObject({
        line: 4,
        sheet: '授予信息',
        importId: story.importId,
        fileName: 'records.csv',
      });
      expect(cell?.heading).toBe(columns.find((column) => column.field === field)?.heading);
      if (!FIELDS[field].secret) expect([cell?.raw, value]).toEqual([person?.[field], person?.[field]]);
      expect(version).toBe(COLLECTED);
      expect(step).toMatchObject({ name: 'collect', intact: true, officer: { id: idOf('jiaowu.cai') } });
      expect(step?.seal.valid).toBe(true);
      expect(step?.seal.subject).toContain('聊城大学教务处');
    }
    expect(told.fields.map(({ field }) => field)).toEqual(
      FIELD_NAMES.filter(
        (name) => (person?.[name] ?? '') !== '' && !['ethnicity', 'graduationMonth', 'photoDigest'].includes(name),
      ),
    );
    for (const name of ['headName', 'chairName', 'resolutionNumber'] as const) {
      expect(of(told, name)).toMatchObject({ source: 'resolution', cell: null, behind: { name: 'load-resolution' } });
      expect(of(told, name).behind?.officer?.id).toBe(idOf('xuewei.guan'));
    }
    expect(told.acts.map(({ name }) => name)).toEqual(['collect']);
  });

  it('a secret stays masked, in the value and in the cell', async () => {
    const told = await origins();
    const person = story.people[1];
    const { value, cell } = of(told, 'identityNumber');
    expect(value).toBe(cell?.raw);
    expect(value).toMatch(/^3\*+5$/);
    expect(of(told, 'phone').value).not.toBe(WORDS.phone);
    const whole = JSON.stringify(told);
    for (const secret of [person?.identityNumber, WORDS.phone, '13800001111']) expect(whole).not.toContain(secret);
  });

  it('what the enrolment record filled in leads on to the import of that record and its line', async () => {
    const told = await origins(LINKED);
    expect(of(told, 'ethnicity')).toMatchObject({
      ...{ source: 'enrolment', version: LINKED, value: '01' },
      step: { name: 'link-enrolment', officer: { id: idOf('jiaowu.cai') } },
      behind: { name: 'import-enrolment-records' },
      cell: { line: 3, heading: '民族', raw: '01', fileName: 'enrolment-records.csv', sheet: null },
    });
    expect(of(told, 'graduationMonth')).toMatchObject({
      value: '2026-06',
      cell: { heading: '毕业日期', raw: '2026-06-10' },
    });
    expect(of(told, 'name').version).toBe(COLLECTED);
  });

  it('photo, correction after a return, and change with consent each have their own way', async () => {
    const told = await origins();
    expect(told.version).toBe(CHANGED);
    expect(of(told, 'photoDigest')).toMatchObject({
      ...{ source: 'photo', version: PHOTOGRAPHED, value: story.photoDigest },
      step: { name: 'attach-photos' },
    });
    const title = of(told, 'thesisTitle');
    expect(title).toMatchObject({ source: 'change-request', version: CHANGED, value: WORDS.changed });
    expect(title.application).toMatchObject({ id: story.applicationId, kind: 'change-request' });
    expect(title.application?.decision?.officer?.id).toBe(idOf('sheng.shen'));
    expect(title.application?.steps.map(({ name, officer }) => [name, officer?.id])).toEqual([
      ['draft-application', idOf('jiaowu.cai')],
      ['check-application', idOf('jiaowu.he')],
      ['approve-application', idOf('jiaowu.zhang')],
      ['seal-application', idOf('xuewei.guan')],
      ['dispatch-application', idOf('xuewei.guan')],
      ['decide-application', idOf('sheng.shen')],
      ['change', idOf('jiaowu.cai')],
    ]);
    const before = await origins(CORRECTED);
    expect(of(before, 'thesisTitle')).toMatchObject({
      ...{ source: 'correction', version: CORRECTED, value: WORDS.corrected, application: null },
      reasons: [{ source: 'review', reason: WORDS.reason }],
    });
    expect(of(before, 'phone').version).toBe(COLLECTED);
    expect(of(await origins(PHOTOGRAPHED), 'thesisTitle')).toMatchObject({ source: 'file', reasons: [] });
  });

  it('says who checked, reported, returned, reviewed and filed, and at every version that all is sound', async () => {
    const told = await origins();
    expect(told.acts.map(({ name, version }) => `${name} ${version}`)).toEqual([
      ...[
        'collect 1',
        'link-enrolment 2',
        'attach-photos 3',
        'cross-check 3',
        'open-disclosure 3',
        'close-disclosure 3',
      ],
      ...[
        'report 3',
        'report-upward 3',
        'return-records 3',
        'correct 4',
        'cross-check 4',
        'report 4',
        'report-upward 4',
      ],
      ...['review 4', 'filing 4', 'draft-application 4', 'decide-application 4', 'change 5'],
    ]);
    for (const version of [COLLECTED, LINKED, PHOTOGRAPHED, CORRECTED, CHANGED]) {
      expect((await origins(version)).faults, `version ${version}`).toEqual([]);
    }
  });

  it('as of a moment, and not of a version that there is not', async () => {
    const recordId = story.recordIds[1] ?? '';
    const asOf = (at: string) =>
      recordOrigins(test.world, { institution: HERE, recordId, at: new Date(at), withFiles: true });
    expect((await asOf('2026-07-01T00:00:00Z')).version).toBe(CORRECTED);
    expect((await asOf('2026-09-01T00:00:00Z')).version).toBe(CHANGED);
    await expect(asOf('2020-01-01T00:00:00Z')).rejects.toThrow(NotFound);
    for (const version of [0, 6, -1]) await expect(origins(version)).rejects.toThrow(NotFound);
  });

  it('without imports for who may not see them', async () => {
    const told = await origins(undefined, 1, false);
    expect(told.fields.map(({ cell, source }) => (cell ? source : null)).filter(Boolean)).toEqual([]);
    expect(of(told, 'ethnicity')).toMatchObject({
      source: 'enrolment',
      behind: null,
      step: { name: 'link-enrolment' },
    });
    expect(JSON.stringify(told)).not.toContain('records.csv');
  });

  it('takes a bounded number of statements, whatever happened to the record', async () => {
    const counted = await statementsDuring(test, () => origins());
    expect(counted.filter((sql) => /^\s*(select|with)/i.test(sql)).length).toBeLessThanOrEqual(32);
    expect(counted.some((sql) => /^\s*(insert|update|delete)/i.test(sql))).toBe(false);
  });
});

describe('Article 22: what was written past the procedures', () => {
  const recordId = () => story.recordIds[1] ?? '';
  const sql = (text: string, values: unknown[] = []) => test.world.db.pool.query(text, values);
  /** Lets the database forget that a table is append-only, as who owns it can. */
  async function past(table: string, change: () => Promise<unknown>): Promise<void> {
    await sql(`ALTER TABLE "${table}" DISABLE TRIGGER USER`);
    try {
      await change();
    } finally {
      await sql(`ALTER TABLE "${table}" ENABLE TRIGGER USER`);
    }
  }
  const codes = async () => (await origins()).faults.map(({ code }) => code);
  /** Changes a column of the record, looks, and puts it back. */
  async function withColumn(column: string, value: unknown, cast = 'text'): Promise<string[]> {
    const { rows } = await sql(`SELECT "${column}" AS old FROM "DegreeRecord" WHERE id = $1`, [recordId()]);
    const set = `UPDATE "DegreeRecord" SET "${column}" = $2::${cast} WHERE id = $1`;
    await past('DegreeRecord', () => sql(set, [recordId(), value]));
    const found = await codes();
    await past('DegreeRecord', () => sql(set, [recordId(), rows[0]?.old]));
    return found;
  }

  it.each<[string, string, string]>([
    ['a field', 'thesisTitle', 'content-altered'],
    ['the collector', 'collectedById', 'collector-altered'],
    ['the checker', 'crossCheckedById', 'checker-altered'],
    ['the import', 'importId', 'import-altered'],
    ['the line', 'importLine', 'line-altered'],
  ])('%s of the record is told', async (_, column, code) => {
    const other = column.endsWith('Id') ? idOf('yanjiu.cai') : column === 'importLine' ? 2 : '别的题目';
    const cast = column.endsWith('Id') ? 'uuid' : column === 'importLine' ? 'int' : 'text';
    expect(await withColumn(column, other, cast)).toEqual([code]);
    expect(await codes()).toEqual([]);
  });

  it('the right line is found all the same', async () => {
    const update = (line: number) =>
      past('DegreeRecord', () => sql('UPDATE "DegreeRecord" SET "importLine" = $2 WHERE id = $1', [recordId(), line]));
    await update(5);
    const told = await origins();
    await update(4);
    expect(of(told, 'name').cell).toMatchObject({ line: 4, raw: story.people[1]?.name });
    expect(told.faults).toMatchObject([{ code: 'line-altered', found: '5', expected: '4' }]);
  });

  it('an old version, the officer of a step, a statement and its seal are told', async () => {
    const version = (title: string) =>
      past('RecordVersion', () =>
        sql(
          `UPDATE "RecordVersion" SET content = jsonb_set(content, '{thesisTitle}', to_jsonb($2::text)) WHERE "recordId" = $1 AND version = 1`,
          [recordId(), title],
        ),
      );
    await version('别的题目');
    expect((await origins()).faults).toMatchObject([{ code: 'content-altered', version: 1 }]);
    await version(story.people[1]?.thesisTitle ?? '');
    const { acts } = await origins();
    const check = acts.findLast(({ name }) => name === 'cross-check')?.id ?? '';
    const step = (column: string, value: unknown) =>
      past('Step', () => sql(`UPDATE "Step" SET "${column}" = $2 WHERE id = $1`, [check, value]));
    await step('officerId', idOf('yanjiu.cai'));
    expect((await origins()).faults).toMatchObject([{ code: 'step-altered', stepId: check }]);
    await step('officerId', idOf('jiaowu.he'));
    const { rows } = await sql('SELECT statement, signature FROM "Step" WHERE id = $1', [check]);
    await step('statement', String(rows[0]?.statement).replace(idOf('jiaowu.he'), idOf('yanjiu.cai')));
    expect((await codes()).sort()).toEqual(['checker-altered', 'seal-broken', 'step-altered']);
    await step('statement', 'null');
    expect(await codes()).toContain('step-altered');
    await step('statement', rows[0]?.statement);
    await step('signature', Buffer.from('none'));
    expect(await codes()).toEqual(['seal-broken']);
    await step('signature', rows[0]?.signature);
    expect(await codes()).toEqual([]);
  });

  it('a step that was taken out of the chain is told', async () => {
    const { acts } = await origins();
    const gone = acts.find(({ name }) => name === 'link-enrolment')?.id ?? '';
    const where = 'WHERE "stepId" = $1 AND "subjectId" = $2';
    const { rows } = await sql(`SELECT * FROM "StepSubject" ${where}`, [gone, recordId()]);
    await past('StepSubject', () => sql(`DELETE FROM "StepSubject" ${where}`, [gone, recordId()]));
    expect(await codes()).toEqual(['version-unsealed', 'chain-broken']);
    const { position, kind, version, digest, previousStepId, institution, stepId, subjectId } = rows[0] ?? {};
    const data = { position, kind, version, digest, previousStepId, institution, stepId, subjectId };
    await test.world.db.prisma.stepSubject.create({ data });
    expect(await codes()).toEqual([]);
  });

  it('a stored file that is not the one of the import is told, and no cell is shown from it', async () => {
    const { rows } = await sql('SELECT "fileDigest" FROM "Import" WHERE id = $1', [story.importId]);
    const digest = rows[0]?.fileDigest;
    const piece = await sql(`SELECT digest, bytes FROM "StoredFile" WHERE digest LIKE $1 || '/%'`, [digest]);
    const update = (bytes: Uint8Array) =>
      past('StoredFile', () =>
        sql('UPDATE "StoredFile" SET bytes = $2 WHERE digest = $1', [piece.rows[0]?.digest, bytes]),
      );
    await update(Buffer.from('x'));
    const told = await origins();
    await update(piece.rows[0]?.bytes);
    expect(told.faults).toMatchObject([{ code: 'file-altered', version: 1 }]);
    expect(of(told, 'name')).toMatchObject({ source: 'file', cell: null, step: { name: 'collect' } });
    expect(await codes()).toEqual([]);
  });
});
