// Article 21: what is secret lies nowhere in plain. A real server lives through a year with its mistakes, through every action of the
// schema called wrongly, bad bodies, a database that breaks under it and one that is killed; then everything it wrote and kept is searched.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../../src/graphql/schema.ts';
import type { RecordFields } from '../../src/regulation/record/record.ts';
import { type Database, openDatabase } from '../../src/store/database/connect.ts';
import { openApi } from '../../src/trial/api.ts';
import type { ChildServer } from '../../src/trial/child-server.ts';
import { playYear } from '../../src/trial/play-year.ts';
import { TRIAL_PASSWORD } from '../../src/trial/sample-institutions.ts';
import { makeYear } from '../../src/trial/year/make-year.ts';
import { type Canaries, disguises, huntFor, huntInDatabase } from '../support/canaries.ts';
import { type OwnServer, ownServer } from '../support/own-server.ts';
import { sampleOf } from '../support/schema-walk.ts';
import { until } from '../support/until.ts';

const SCALE = 0.004;
const OFFICERS = ['xuewei.guan', 'jiaowu.cai', 'jiaowu.he', 'yanjiu.cai', 'sheng.shen', 'jiancha', 'donghai.xuewei'];

/** What callers type in: nothing of it may be written down anywhere. */
const TYPED: Canaries = {
  'typed identity number': '371502199911110013',
  'typed phone': '13900007341',
  'typed e-mail': 'canary.heron@nowhere.example',
  'typed text': '鸪鹎鹛鹟疑义金丝雀',
  'typed password': 'correct horse 鹨 canary 9431',
  'typed token': 'Zz9canaryTokenQx7Lm3Vb8Nn2Kk5Jj1Hh4Gg6Ff0Dd',
};

let own: OwnServer;
let server: ChildServer;
let started = false;
let planted: Canaries;
/** Everything that answered with an error, and every token that was given out. */
const errors: string[] = [];
const tokens: Record<string, string> = {};
/** What the log held at the end of each life. */
let log = '';
let named: Canaries = {};
let inDatabase: string[] = [];
let namesInDatabase: string[] = [];
let jobErrors: string[] = [];
const codes = new Set<string>();

const start = async () => {
  server = await own.start();
  started = true;
};
const open = (): Promise<Database> =>
  openDatabase(own.databaseUrl ? { url: own.databaseUrl } : { dataDirectory: join(own.directory, 'data') });

/** Sends something and keeps whatever comes back as an error. */
async function send(path: string, init: RequestInit): Promise<void> {
  const response = await fetch(`${server.endpoint}${path}`, init).catch(() => null);
  if (!response) return;
  const text = await response.text().catch(() => '');
  const told = text.startsWith('{') ? (JSON.parse(text) as { errors?: { extensions?: { code?: string } }[] }) : {};
  for (const { extensions } of told.errors ?? []) codes.add(String(extensions?.code));
  if (response.status >= 400 || told.errors) errors.push(text);
}
const json = (body: string, as?: string, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body,
  headers: {
    'content-type': 'application/json',
    ...(as ? { authorization: `Bearer ${tokens[as] ?? as}` } : {}),
    ...headers,
  },
});

async function signInAll(): Promise<void> {
  const api = openApi(server.endpoint);
  for (const loginName of OFFICERS) {
    const { value } = await api.act(null, 'signIn', { loginName, password: TRIAL_PASSWORD }, 'token');
    tokens[loginName] = String(value.token);
  }
}

const typed = Object.values(TYPED);

/** Every action of the schema, each text in its input a canary; as officers of every kind and as nobody. */
async function walk(): Promise<void> {
  let turn = 0;
  for (const { name, args } of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const [argument] = args;
    // It would end the session by which the walk goes on.
    if (!argument || /signOut/i.test(name)) continue;
    for (const as of [...OFFICERS, undefined]) {
      const chosen = (_: string, kind: string) => {
        if (kind === 'Upload') return null;
        return kind === 'String' ? typed[turn++ % typed.length] : undefined;
      };
      const input = { ...(sampleOf(argument.type, 'input', chosen) as object), idempotencyKey: `walk-${turn}` };
      const query = `mutation ($input: ${argument.type}) { ${name}(input: $input) { __typename } }`;
      await send('/graphql', json(JSON.stringify({ query, variables: { input } }), as));
      // The same with a word where something else belongs.
      const wrong = Object.fromEntries(Object.keys(input).map((key) => [key, typed[turn++ % typed.length]]));
      await send('/graphql', json(JSON.stringify({ query, variables: { input: wrong } }), as));
    }
  }
}

/** Bodies that are none, documents too deep, addresses and headers that hold what they should not. */
async function malformed(): Promise<void> {
  for (const canary of typed) {
    const quoted = JSON.stringify(canary);
    await send('/graphql', json(`{"query": ${quoted}`, 'jiaowu.cai'));
    await send('/graphql', json(`[${quoted}]`, 'jiaowu.cai'));
    await send('/graphql', json(JSON.stringify({ query: `{ ${canary} }` }), 'jiaowu.cai'));
    await send('/graphql', json(JSON.stringify({ query: `{ record(id: ${quoted}) { ${canary} } }` }), 'jiaowu.cai'));
    await send('/graphql', json(JSON.stringify({ query: `{ ${'me { office { '.repeat(40)}x` }), 'jiaowu.cai'));
    await send('/graphql', json('{}', canary.replace(/[^\x20-\x7e]/g, '')));
    await send('/graphql', { method: 'POST', body: canary, headers: { 'content-type': 'text/plain' } });
    for (const path of ['/files/', '/documents/', '/verify/', '/disclosures/', '/exports/', '/me?x=']) {
      await send(`${path}${encodeURIComponent(canary)}`, {
        headers: { authorization: `Bearer ${tokens['jiaowu.cai']}` },
      });
    }
    const form = new FormData();
    const query = 'mutation ($input: UploadFileInput!) { uploadFile(input: $input) { __typename } }';
    form.set(
      'operations',
      JSON.stringify({ query, variables: { input: { institution: '10447', kind: 'RECORDS', file: null } } }),
    );
    form.set('map', JSON.stringify({ 0: ['variables.input.file'] }));
    form.set('0', new Blob([`%PDF-1.7\n${canary}\0`]), `${canary}.pdf`);
    const authorization = `Bearer ${tokens['jiaowu.cai']}`;
    await send('/graphql', {
      method: 'POST',
      body: form,
      headers: { authorization, 'graphql-require-preflight': '1' },
    });
  }
}

/** Makes every write of some tables fail with an error that quotes the whole row, and takes a column from another. */
async function breakDatabase(): Promise<void> {
  const db = await open();
  try {
    await db.pool.query(`CREATE FUNCTION betray() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION E'row %\\n    at %', NEW::text, NEW::text USING ERRCODE = '23514', DETAIL = NEW::text, HINT = NEW::text; END $$`);
    for (const table of ['Reveal', 'StoredFile', 'KeptFile', 'StudentLink', 'IdempotentCall', 'Objection', 'Officer']) {
      await db.pool.query(
        `CREATE TRIGGER betray BEFORE INSERT OR UPDATE ON "${table}" FOR EACH ROW EXECUTE FUNCTION betray()`,
      );
    }
    await db.pool.query('ALTER TABLE "RecordExport" RENAME COLUMN "purpose" TO "taken"');
  } finally {
    await db.close();
  }
}

async function mendDatabase(): Promise<Database> {
  const db = await open();
  await db.pool.query('ALTER TABLE "RecordExport" RENAME COLUMN "taken" TO "purpose"');
  await db.pool.query('DROP FUNCTION betray() CASCADE');
  return db;
}

/** What still works on a broken database is called with real things, so that it fails inside. */
async function liveBroken(): Promise<void> {
  const ask = `{ records(first: 3) { nodes { id state } } }`;
  const api = openApi(server.endpoint);
  const token = tokens['jiaowu.cai'] ?? '';
  const { records } = (await api.query(token, ask)) as { records: { nodes: { id: string }[] } };
  for (const { id: record } of records.nodes) {
    for (const field of ['identityNumber', 'phone', 'email']) {
      const query = 'mutation ($input: RevealFieldInput!) { revealField(input: $input) { __typename } }';
      // The one is refused, because nobody writes an identity number down; the other fails inside.
      for (const more of [TYPED['typed identity number'], TYPED['typed phone']]) {
        const input = { record, field, reason: `${TYPED['typed text']} ${more}` };
        await send('/graphql', json(JSON.stringify({ query, variables: { input } }), 'jiaowu.cai'));
      }
    }
  }
  const issue = 'mutation ($input: IssueLinksInput!) { issueLinks(input: $input) { __typename } }';
  const input = { institution: '10447', records: records.nodes.map(({ id }) => id) };
  await send('/graphql', json(JSON.stringify({ query: issue, variables: { input } }), 'jiaowu.cai'));
  const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }';
  const who = { loginName: 'jiaowu.he', password: TYPED['typed password'] };
  await send('/graphql', json(JSON.stringify({ query: signIn, variables: { input: who } })));
  await send('/graphql', json(JSON.stringify({ query: '{ recordExports { nodes { purpose } } }' }), 'jiaowu.cai'));
  await malformed();
  // A job that was tried and failed is put back.
  await until(async () => {
    const { jobs } = (await api.query(token, '{ jobs(first: 100) { nodes { state attempts } } }')) as {
      jobs: { nodes: { state: string; attempts: number }[] };
    };
    return jobs.nodes.some(({ state, attempts }) => attempts > 0 && (state === 'WAITING' || state === 'FAILED'));
  });
}

/** Some people of the year that is played. */
function peopleOf(year: number): RecordFields[] {
  return makeYear({ year, scale: SCALE }).sittings.flatMap(({ deliveries }) =>
    deliveries.flatMap(({ onRoster }) => onRoster.slice(0, 4).map(({ record }) => record)),
  );
}

/** Their names and what they wrote, which the register itself holds in plain. */
function namesOf(people: readonly RecordFields[]): Canaries {
  const said = people.flatMap(({ name, thesisTitle, certificateNumber }) => [
    ...([...name].length > 2 ? [[`name of ${certificateNumber}`, name]] : []),
    ...(thesisTitle ? [[`title of ${certificateNumber}`, thesisTitle]] : []),
  ]);
  return Object.fromEntries(said);
}

/** Their secrets, and what a student and a visitor of the disclosure say in that year. */
function secretsOf(people: readonly RecordFields[]): Canaries {
  const said = { 'dispute of a student': '与实际不符，请更正。', 'contact of who objects': 'wang@stu.example.edu.cn' };
  return { ...said, ...secretFieldsOf(people) };
}

function secretFieldsOf(people: readonly RecordFields[]): Canaries {
  return Object.fromEntries(
    people.flatMap(({ identityNumber, phone, email, certificateNumber }) => [
      // Without its last character, so that the misspelt numbers of the bad rows are found, too.
      [
        `identity number of ${certificateNumber}`,
        identityNumber.length === 18 ? identityNumber.slice(0, 17) : identityNumber,
      ],
      ...(phone ? [[`phone of ${certificateNumber}`, phone]] : []),
      ...(email ? [[`e-mail of ${certificateNumber}`, email]] : []),
    ]),
  );
}

beforeAll(async () => {
  own = await ownServer('canaries');
  await start();
  const { year } = await playYear({ endpoint: server.endpoint, say: () => {}, out: null, scale: SCALE });
  planted = secretsOf(peopleOf(year));
  named = namesOf(peopleOf(year));
  await signInAll();
  await walk();
  await malformed();
  errors.push(await (await fetch(`${server.endpoint}/health`)).text());
  await server.stop();
  await breakDatabase();
  await start();
  await liveBroken();
  // Killed while it is asked.
  const asked = Promise.all(
    typed.map((canary) => send('/graphql', json(JSON.stringify({ query: `{ ${canary} }` }), 'jiaowu.cai'))),
  );
  await server.kill();
  await asked;
  const db = await mendDatabase();
  inDatabase = await huntInDatabase(db, { ...planted, ...TYPED, ...tokens });
  namesInDatabase = await huntInDatabase(db, named);
  const { rows } = await db.pool.query<{ lastError: string }>(
    'SELECT DISTINCT "lastError" FROM "Job" WHERE "lastError" IS NOT NULL',
  );
  jobErrors = rows.map(({ lastError }) => lastError);
  await db.close();
  log = await readFile(join(own.directory, 'server.log'), 'utf8');
}, 900_000);
afterAll(async () => {
  if (started) await server.kill().catch(() => {});
  await own.drop();
});

/** Where officers' own words are kept as they wrote them: the register of who did what and why. Nothing else may hold them. */
const WRITTEN_DOWN = ['typed text', 'typed e-mail', 'typed phone', 'typed token', 'typed password'];
const WORDS_OF_OFFICERS = /^(KeptFile\.name|Reveal\.reason|Institution|Office|Officer)/;

describe('Article 21: canaries', () => {
  it('the server did live: it was asked wrongly in every way, broke inside, and had jobs that failed', () => {
    expect(Object.keys(planted).length).toBeGreaterThan(30);
    expect(errors.length).toBeGreaterThan(200);
    expect([...codes]).toEqual(
      expect.arrayContaining(['INTERNAL', 'BAD_USER_INPUT', 'UNAUTHENTICATED', 'GRAPHQL_VALIDATION_FAILED']),
    );
    expect(log).toContain('"code":"INTERNAL"');
    expect(log).toContain('"level":"error"');
    expect(jobErrors.length).toBeGreaterThan(0);
  });

  it('nothing secret is in what the server wrote out', () => {
    expect(huntFor({ ...planted, ...TYPED, ...tokens })(log)).toEqual([]);
  });

  it('nothing planted is in any error answer or health report; no password and no token either', () => {
    const kept = { ...planted, ...tokens };
    expect(errors.flatMap((text) => huntFor(kept)(text))).toEqual([]);
  });

  it('nothing planted is anywhere in the database in plain; of what was typed only what officers wrote down, where it belongs', () => {
    const strange = inDatabase.filter((place) => {
      const [cell = '', canary = ''] = place.split(': ');
      return !(WRITTEN_DOWN.includes(canary) && WORDS_OF_OFFICERS.test(cell));
    });
    expect(strange).toEqual([]);
  });
});

/** Where the register holds names and titles in plain, because that is what it is for. */
const HELD_IN_PLAIN: readonly string[] = [
  ...['DegreeRecord.name', 'DegreeRecord.namePinyin', 'DegreeRecord.thesisTitle', 'RecordVersion.content'],
  ...['EnrolmentRecord.name', 'RosterEntry.name'],
  // The rosters of the resolutions, as they were uploaded.
  'StoredFile.bytes',
];

describe('Article 21: names and titles', () => {
  it('are in the register, where they belong, and neither in the log nor in anything sealed or answered again', () => {
    expect(huntFor(named)(log)).toEqual([]);
    const cells = [...new Set(namesInDatabase.map((place) => place.split(': ')[0] ?? ''))];
    expect(cells.filter((cell) => !HELD_IN_PLAIN.includes(cell))).toEqual([]);
    expect(cells).toContain('DegreeRecord.name');
  });
});

describe('Article 21: the search finds what is there', () => {
  it('in each of its disguises', () => {
    for (const canary of typed) {
      const hunt = huntFor({ canary });
      const bytes = Buffer.from(`ab${canary}cd`, 'utf8');
      for (const text of [
        ...[`x${canary}y`, JSON.stringify({ canary }), `/a?b=${encodeURIComponent(canary)}`],
        ...[0, 1, 2].map((at) => bytes.subarray(at).toString('base64')),
        ...[bytes.toString('base64url'), bytes.toString('hex'), bytes.toString('hex').toUpperCase()],
      ]) {
        expect(hunt(text), text).toEqual(['canary']);
      }
      expect(hunt('nothing of the kind')).toEqual([]);
      for (const needle of disguises(canary)) expect(needle.length).toBeGreaterThan(8);
    }
  });

  it('a leak that is planted in the log, an answer or the database is found', async () => {
    const leak = { leak: Object.values(planted)[0] ?? '' };
    const file = join(own.directory, 'planted.log');
    await writeFile(file, `${log}\n{"level":"error","args":"${Buffer.from(leak.leak).toString('base64')}"}`);
    expect(huntFor(leak)(await readFile(file, 'utf8'))).toEqual(['leak']);
    const db = await open();
    try {
      await db.pool.query(`UPDATE "Job" SET "lastError" = $1 WHERE "id" = (SELECT "id" FROM "Job" LIMIT 1)`, [
        `x ${leak.leak} y`,
      ]);
      await db.pool.query(
        `UPDATE "StoredFile" SET "bytes" = $1 WHERE "digest" = (SELECT "digest" FROM "StoredFile" LIMIT 1)`,
        [Buffer.from(leak.leak)],
      );
      expect(await huntInDatabase(db, leak)).toEqual(['Job.lastError: leak', 'StoredFile.bytes: leak']);
    } finally {
      await db.close();
    }
  });
});
