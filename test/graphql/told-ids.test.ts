// Refusals name things by the ids that clients know: those that they sent, else those by which `node(id:)` finds them.
import { readdirSync, readFileSync } from 'node:fs';
import { isInterfaceType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { decodeGlobalId, encodeGlobalId, globalId } from '../../src/graphql/global-id.ts';
import { schema } from '../../src/graphql/schema.ts';
import { OTHER_KINDS, TYPE_OF_KIND, tellerOf } from '../../src/graphql/told-ids.ts';
import { violation } from '../../src/regulation/violations.ts';
import { rawIds } from '../support/raw-ids.ts';

const HERE = '10447';
const ONE = '0197f0a0-0000-7000-8000-000000000001';
const TWO = '0197f0a0-0000-7000-8000-000000000002';
const sent = (type: string, id: string) => globalId(type, { institution: HERE, id });
const stage = { found: '已采集', expected: '已校核' };

describe('Every kind of thing that procedures look for', () => {
  const kinds = readdirSync('src/procedures', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => [
      ...readFileSync(`src/procedures/${path}`, 'utf8').matchAll(/new (?:NotFound|Stale)\('([^']+)'/g),
    ])
    .map(([, kind = '']) => kind);

  it('has a GraphQL type, or is known to have none', () => {
    expect(kinds.length).toBeGreaterThan(80);
    const unknown = kinds.filter((kind) => !(kind in TYPE_OF_KIND) && !(kind in OTHER_KINDS));
    expect([...new Set(unknown)]).toEqual([]);
  });

  it('the type is one by which `node(id:)` finds it', () => {
    for (const name of Object.values(TYPE_OF_KIND)) {
      const type = schema.getType(name);
      const nodes = isInterfaceType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
      expect(nodes.length, name).toBeGreaterThan(0);
      for (const each of nodes) expect(each.getInterfaces().map(String), each.name).toContain('Node');
    }
  });
});

describe('An answer speaks in the ids of who asked', () => {
  it('what was sent comes back as it was sent, whatever its type', () => {
    const request = sent('ChangeRequest', ONE);
    const tell = tellerOf({ input: { application: request, expectedVersion: 1 }, institution: null });
    expect([tell.kind('application'), tell.id('application', ONE)]).toEqual(['WrittenApplication', request]);
    const officer = encodeGlobalId('Officer', TWO);
    const moved = tellerOf({ input: { officer, institution: HERE }, institution: HERE });
    expect([moved.kind('officer'), moved.id('officer', TWO)]).toEqual(['Officer', officer]);
  });

  it('what was not sent has the id that it has elsewhere: a record of the batch, a batch of the office', () => {
    const tell = tellerOf({ input: { batch: sent('Batch', TWO) }, institution: null });
    const broken = tell.violation(violation('stage-skipped', `records[${ONE}].state`, stage));
    expect(broken.path).toBe(`records[${sent('DegreeRecord', ONE)}].state`);
    expect(broken).toMatchObject({ code: 'stage-skipped', ...stage });
    const office = tellerOf({ input: { office: `${HERE}/graduate-office`, institution: HERE }, institution: null });
    expect(office.violation(violation('office-has-open-batch', `batches[${TWO}]`, { found: '…' })).path).toBe(
      `batches[${sent('Batch', TWO)}]`,
    );
  });

  it('an id that is found is the one of the path, or the one that was sent for it', () => {
    const tell = tellerOf({ input: { records: [{ record: sent('DegreeRecord', ONE) }] }, institution: HERE });
    const doubled = tell.violation(violation('record-doubled', `records[${TWO}]`, { found: TWO }));
    expect(doubled).toMatchObject({
      path: `records[${sent('DegreeRecord', TWO)}]`,
      found: sent('DegreeRecord', TWO),
    });
    const other = tell.violation(violation('deletion-other-person', 'records[0].standingRecord', { found: ONE }));
    expect(other).toMatchObject({ path: 'records[0].standingRecord', found: sent('DegreeRecord', ONE) });
    expect(rawIds([doubled, other])).toEqual([]);
  });

  it('a thing within another is named by the other; what has no global id keeps its name', () => {
    const resolution = sent('Resolution', ONE);
    const tell = tellerOf({ input: { resolution, sequence: 77 }, institution: HERE });
    expect(tell.id('roster-entry', `${ONE}/77`)).toBe(`${resolution}/77`);
    expect([tell.kind('file'), tell.id('file', 'ab'.repeat(32))]).toEqual(['file', 'ab'.repeat(32)]);
    expect([tell.kind('institution'), tell.id('institution', '99999')]).toEqual(['institution', '99999']);
  });

  it('a text of the officer that only looks like an id is left alone, and so is an id of the client that is none', () => {
    const tell = tellerOf({ input: { batch: 'bm9uZQ', reason: TWO }, institution: HERE });
    expect(tell.violation(violation('reveal-not-secret', 'field', { found: TWO })).found).toBe(TWO);
    expect([tell.kind('Batch'), tell.id('Batch', 'bm9uZQ')]).toEqual(['Batch', 'bm9uZQ']);
    expect(decodeGlobalId('bm9uZQ').typename).toBe('');
  });
});

it('a key of the register in an answer is seen by every test that asks the API', () => {
  const answer = {
    data: { x: { path: `records[${ONE}].name`, statement: ONE, requestId: ONE, id: sent('Batch', ONE) } },
  };
  expect(rawIds(answer)).toEqual([`.data.x.path: records[${ONE}].name`]);
});
