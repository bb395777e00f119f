// Article 4: who asks over GraphQL sees what is theirs, each type through its scope, and nobody sees anything unpublished.
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { globalId } from '../../src/graphql/global-id.ts';
import { schema } from '../../src/graphql/schema.ts';
import { type Answer, startApi, type TestApi } from '../support/api.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { bringTo } from '../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
let api: TestApi;
let here: Collected;
let ids: Record<string, string>;

beforeAll(async () => {
  world = await testWorld();
  world.setClock('2026-06-23');
  api = await startApi(world);
  here = await collectedBatch(world, 4);
  const db = world.world.db.prisma;
  const first = async (rows: Promise<{ id: string } | null>) => (await rows)?.id ?? '';
  const key = (id: string) => ({ institution: HERE, id });
  ids = {
    Batch: globalId('Batch', key(here.batchId)),
    DegreeRecord: globalId('DegreeRecord', key(here.recordIds[0] ?? '')),
    Resolution: globalId('Resolution', key(here.resolutionId)),
    Step: globalId('Step', key(await first(db.step.findFirst()))),
    EnrolmentRecord: globalId('EnrolmentRecord', key(await first(db.enrolmentRecord.findFirst()))),
    CertificateTemplate: globalId('CertificateTemplate', key(await first(db.certificateTemplate.findFirst()))),
  };
});
afterAll(async () => {
  await api.close();
  await world.close();
});

const PUBLIC = [
  ...['verify', 'checkpoint', 'checkpoints', 'publishedStatistics', 'statisticsPublication'],
  'publishedStatisticsByYear',
];
const OWN = ['me', 'node', 'nodes'];
/** For students' sessions: test/graphql/student.test.ts. */
const STUDENTS = ['myRecords'];
/** Comes with the software for every officer; what an institution has of its own in it is shown to it alone (test/http/structure.test.ts). */
const SHIPPED = ['editions', 'edition', 'codeTables', 'codeEntries'];

type Field = GraphQLField<unknown, unknown>;
const rootFields = (): Field[] => Object.values(schema.getQueryType()?.getFields() ?? {});

/** The field with arguments that point at the sample institution, and every leaf of what it answers with. */
function queryOf(field: Field): string {
  const args = field.args.flatMap(({ name, type }) => {
    if (name === 'institution' || name === 'code') return [`${name}: "${HERE}"`];
    if (String(type) === 'Date!') return [`${name}: "${name === 'from' ? '2026-06-01' : '2026-12-31'}"`];
    if (name === 'id') return [`id: "${ids[getNamedType(field.type).name] ?? 'bm9uZQ'}"`];
    return String(type).endsWith('!') ? [`${name}: "none"`] : [];
  });
  const call = args.length > 0 ? `(${args.join(', ')})` : '';
  const type = getNamedType(field.type);
  const fields = 'getFields' in type ? (type.getFields() as Record<string, Field>) : {};
  const inner = fields.nodes ? `{ nodes ${leaves(getNamedType(fields.nodes.type))} totalCount }` : leaves(type);
  return `{ answer: ${field.name}${call} ${inner} }`;
}

function leaves(type: GraphQLNamedType): string {
  if (!('getFields' in type)) return '';
  const names = Object.values(type.getFields() as Record<string, Field>)
    .filter(
      (field) => isLeafType(getNamedType(field.type)) && field.args.every((arg) => !String(arg.type).endsWith('!')),
    )
    .map((field) => field.name);
  return `{ ${isObjectType(type) ? '' : '__typename '}${names.join(' ')} }`;
}

async function seen(as: string): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const field of rootFields()) {
    if ([...PUBLIC, ...OWN, ...STUDENTS, ...SHIPPED].includes(field.name)) continue;
    const { data, errors } = await api.ask(queryOf(field), { as });
    expect(errors, `${field.name} as ${as}: ${api.logged.join('\n')}`).toEqual([]);
    const rows = data.answer?.nodes ?? (data.answer ? [data.answer] : []);
    if (data.answer?.totalCount !== undefined) expect(data.answer.totalCount, field.name).toBe(rows.length);
    all[field.name] = rows;
  }
  return all;
}

describe('Article 4: an officer sees what is theirs, and nobody else sees anything unpublished', () => {
  test.each(['donghai.xuewei', 'donghai.cai'])('%s of another institution sees nothing of this one', async (as) => {
    const all = await seen(as);
    for (const [name, rows] of Object.entries(all)) {
      // Their own, of the same name as ours: offices, officers, and who signed in of them.
      if (['offices', 'institutions', 'officers', 'signIns'].includes(name)) continue;
      expect(rows, name).toEqual([]);
    }
    expect(JSON.stringify([all.offices, all.institutions, all.officers])).not.toContain(HERE);
    for (const id of Object.values(ids)) {
      const { data } = await api.ask('query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }', {
        as,
        variables: { id },
      });
      expect(data).toEqual({ node: null, nodes: [null] });
    }
  });

  test('the office of another category sees no record, batch or enrolment record of this one', async () => {
    const all = await seen('jixu.cai');
    for (const name of ['records', 'record', 'batches', 'batch', 'enrolmentRecords', 'imports']) {
      expect(all[name], name).toEqual([]);
    }
    expect(all.resolutions?.length).toBe(1);
    const { data } = await api.ask(
      '{ resolutions { nodes { roster { totalCount nodes { name } } batches { nodes { id } } } } }',
      {
        as: 'jixu.cai',
      },
    );
    expect(data.resolutions.nodes[0]).toEqual({ roster: { totalCount: 0, nodes: [] }, batches: { nodes: [] } });
  });

  test('the own office, the degree office and the auditor see it', async () => {
    for (const as of ['jiaowu.cai', 'xuewei.guan', 'jiancha']) {
      const all = await seen(as);
      expect(all.records?.length, as).toBe(4);
      expect(all.record?.length, as).toBe(1);
      expect(all.batch?.length, as).toBe(1);
    }
  });

  test('the provincial office sees a record from the report upward on, never an enrolment record', async () => {
    const before = await seen('sheng.shen');
    for (const name of ['records', 'record', 'batches', 'resolutions', 'enrolmentRecords']) {
      expect(before[name], name).toEqual([]);
    }
    await bringTo(world, here, 'reported-upward');
    const after = await seen('sheng.shen');
    expect(after.records?.length).toBe(4);
    expect(after.enrolmentRecords).toEqual([]);
    const { data } = await api.ask(
      '{ records { nodes { enrolmentRecord { id } resolution { number } collectedBy { name } } } }',
      {
        as: 'sheng.shen',
      },
    );
    for (const node of data.records.nodes)
      expect(node).toMatchObject({ enrolmentRecord: null, resolution: {}, collectedBy: {} });
  });

  test('a visitor gets nothing but what is public', async () => {
    for (const field of rootFields()) {
      const query =
        OWN.includes(field.name) && field.name !== 'me' ? '{ answer: node(id: "eA") { id } }' : queryOf(field);
      const { data, errors } = await api.ask(query);
      if (PUBLIC.includes(field.name)) expect(errors, field.name).toEqual([]);
      else {
        expect(data?.answer ?? null, field.name).toBeNull();
        expect(errors[0]?.extensions.code, field.name).toBe('UNAUTHENTICATED');
      }
    }
  });

  test('a visitor can act on nothing but sign in', async () => {
    const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
    for (const field of mutations) {
      if (['signIn', 'openLink', 'studentSignIn'].includes(field.name)) continue;
      const [arg] = field.args;
      const query = arg
        ? `mutation ($input: ${arg.type}) { ${field.name}(input: $input) { __typename } }`
        : `mutation { ${field.name} { __typename } }`;
      const variables = arg ? { input: sampleValue(arg.type) } : {};
      const { errors } = UPLOADING.includes(field.name)
        ? await upload(query, variables)
        : await api.ask(query, { variables });
      expect(errors[0]?.extensions.code, field.name).toBe('UNAUTHENTICATED');
    }
  });
});

/** A file can only come as an upload. */
const UPLOADING = ['uploadFile', 'uploadStudentFile', 'traceLeak'];

async function upload(query: string, variables: { readonly input?: unknown }): Promise<Pick<Answer, 'errors'>> {
  const form = new FormData();
  const input = { ...(variables.input as object), file: null };
  form.set('operations', JSON.stringify({ query, variables: { input } }));
  form.set('map', JSON.stringify({ 0: ['variables.input.file'] }));
  form.set('0', new Blob(['%PDF-1.7\n']), 'a.pdf');
  const headers = { 'graphql-require-preflight': '1' };
  return (await fetch(`${api.url}/graphql`, { method: 'POST', body: form, headers })).json() as Promise<Answer>;
}

/** A value of an input type in which every required field has some value. */
function sampleValue(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sampleValue(type.ofType);
  if (isListType(type)) return [sampleValue(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return SAMPLES[type.name] ?? 'x';
  const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
  return Object.fromEntries(required.map((field) => [field.name, sampleValue(field.type)]));
}

const SAMPLES: Record<string, unknown> = {
  Int: 1,
  Date: '2026-06-20',
  DateTime: '2026-06-20T00:00:00Z',
  Boolean: true,
  JSON: {},
};
