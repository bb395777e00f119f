// Article 9, 21: a change of what tells a person or a certificate apart: secret fields stay secret, and no number is given twice.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { GivenChange } from '../../../src/procedures/applications/change-case.ts';
import { draftChangeRequest } from '../../../src/procedures/applications/draft-change-request.ts';
import { recordBundle } from '../../../src/procedures/bundle.ts';
import { faults, filedWrong, HANDS, refusedFor } from '../../support/cases.ts';
import { changes } from '../../support/changes.ts';
import type { Collected } from '../../support/collected.ts';
import { judged, run } from '../../support/outside.ts';
import { HERE, type TestWorld } from '../../support/world.ts';

const shared = changes();
const { id, input, draft, consented, effect, record, pdfOf } = shared;
let test: TestWorld;
let batch: Collected;
beforeEach(() => {
  ({ test, batch } = shared);
});

describe('Article 21: a secret field that changes', () => {
  const wrong = '371502200403120052';
  const ask = (right: string): GivenChange[] => [
    { field: 'identityNumber', after: right, evidence: [1] },
    { field: 'phone', after: '13906351234', evidence: [1] },
  ];
  const lines = async () => {
    const { rows } = await test.world.db.pool.query<{ line: string }>(
      `SELECT "content"::text AS line FROM "ApplicationRecord" UNION ALL SELECT "content"::text FROM "WrittenApplication"
       UNION ALL SELECT "statement" FROM "Step" UNION ALL SELECT "content"::text FROM "RecordVersion"`,
    );
    return rows.map(({ line }) => line).join('\n');
  };

  it('is kept sealed in the request, in every version and out of every statement, and is right after the effect', async () => {
    const right = batch.fields[0]?.identityNumber ?? '';
    await filedWrong(test, id(), { identityNumber: wrong });
    const applicationId = await consented(ask(right));
    expect(await lines()).not.toMatch(new RegExp(`${right}|${wrong}|13906351234`));
    await effect(applicationId);
    expect((await record()).fields).toMatchObject({ identityNumber: right, phone: '13906351234' });
    const index = test.world.blindIndex(right, 'identity-number');
    expect((await record()).row).toMatchObject({ identityNumberIndex: index });
    expect((await record()).row.phone).not.toContain('13906351234');
    expect(await lines()).not.toMatch(new RegExp(`${right}|${wrong}|13906351234`));
    const bundle = await recordBundle(test.world, HERE, id());
    expect(JSON.stringify(bundle)).not.toMatch(new RegExp(`${right}|${wrong}|13906351234`));
  });

  judged('pdftotext', 'is masked in the document and in the data attached to it', async () => {
    const right = batch.fields[0]?.identityNumber ?? '';
    await filedWrong(test, id(), { identityNumber: wrong });
    const { directory, path } = await pdfOf(await consented(ask(right)));
    const text = run('pdftotext', [path, '-']).stdout.replaceAll(/\s/g, '');
    run('pdfdetach', ['-saveall', '-o', directory, path]);
    const attached = readdirSync(directory).map((name) => readFileSync(join(directory, name), 'latin1'));
    const all = [text, ...attached].join('\n');
    expect(all).not.toMatch(new RegExp(`${right}|${wrong}|13906351234`));
    expect(text).toContain('身份证件号码');
    expect(text).toMatch(/\*{4,}/);
  });

  it('is masked where it is refused', async () => {
    const all = await refusedFor(draft([{ field: 'identityNumber', after: wrong, evidence: [1] }]));
    expect(all.map(({ code }) => code)).toContain('enrolment-mismatch');
    expect(JSON.stringify(all)).not.toMatch(new RegExp(`${batch.fields[0]?.identityNumber}|${wrong}`));
  });
});

describe('Article 9: a certificate number that changes', () => {
  const own = (at = 0) => batch.fields[at]?.certificateNumber ?? '';
  const to = (number: string): GivenChange => ({ field: 'certificateNumber', after: number, evidence: [1] });
  const given = async (number: string) =>
    (await test.world.db.prisma.certificateNumber.findUnique({ where: { number } }))?.recordId;
  /** The roster has another number than the one under which the record was filed. */
  const rosterHas = (at: number, number: string) =>
    test.world.db.pool.query('UPDATE "RosterEntry" SET "certificateNumber" = $1 WHERE "certificateNumber" = $2', [
      number,
      own(at),
    ]);
  let serial = 900_000;
  const free = () => `1044742026${++serial}`;

  it('takes the new number and never gives up the old one', async () => {
    const right = free();
    await rosterHas(0, right);
    await effect(await consented([to(right)]));
    expect((await record()).fields.certificateNumber).toBe(right);
    expect(await given(right)).toBe(id());
    expect(await given(own())).toBe(id());
    await rosterHas(1, own());
    const [taken] = await refusedFor(draft([to(own())], id(1)));
    expect(taken).toMatchObject({
      ...{ code: 'certificate-number-taken', path: 'records[0].changes.certificateNumber', found: own(), article: '9' },
    });
  });

  it('two people of one request do not get the same number', async () => {
    const wanted = free();
    const records = [0, 1].map((at) => ({ recordId: id(at), changes: [to(wanted)] }));
    const found = await faults(draftChangeRequest(test.callAs(HANDS.drafter), input(records)));
    expect(found).toContain('certificate-number-taken@records[1].changes.certificateNumber');
    expect(found).not.toContain('certificate-number-taken@records[0].changes.certificateNumber');
  });

  it('a number that another case took after the consent stops the effect', async () => {
    const right = free();
    await rosterHas(0, right);
    const applicationId = await consented([to(right)]);
    await filedWrong(test, id(1), { certificateNumber: right });
    expect(await faults(effect(applicationId))).toEqual([
      'certificate-number-taken@records[0].changes.certificateNumber',
    ]);
  });

  it('of another year, level or institution is refused', async () => {
    const found = await faults(draft([to('1099932025000001')]));
    expect(found).toEqual(
      expect.arrayContaining(
        ['institution', 'level', 'year'].map(
          (part) => `certificate-number-${part}@records[0].changes.certificateNumber`,
        ),
      ),
    );
  });
});
