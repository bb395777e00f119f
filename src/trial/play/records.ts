// Reading records by the API: their certificate numbers, their ids.
import type { Value } from '../api.ts';
import type { Story } from './story.ts';

/** Certificate numbers by global id, a hundred at a time. */
export async function numbersOf(story: Story, officer: string, ids: readonly string[]): Promise<Map<string, string>> {
  const numbers = new Map<string, string>();
  for (let at = 0; at < ids.length; at += 100) {
    const document = 'query($ids: [ID!]!) { nodes(ids: $ids) { id ... on DegreeRecord { certificateNumber } } }';
    const data = await story.query(officer, document, { ids: ids.slice(at, at + 100) });
    const nodes = data.nodes as ({ id: string; certificateNumber: string } | null)[];
    for (const node of nodes) if (node) numbers.set(node.id, node.certificateNumber);
  }
  return numbers;
}

/** A record as the acts need it. */
export interface FoundRecord {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly certificateNumber: string;
}

/** The record with a certificate number, as an officer sees it. */
export async function recordOf(story: Story, officer: string, certificateNumber: string): Promise<FoundRecord | null> {
  const document = `query($filter: RecordFilter!) { records(filter: $filter, first: 1) {
    nodes { id version state certificateNumber } } }`;
  const data = await story.query(officer, document, { filter: { certificateNumber } });
  return (data.records as { nodes: FoundRecord[] }).nodes[0] ?? null;
}

/** Every record of a batch. */
export async function recordsOf(story: Story, officer: string, batch: string): Promise<FoundRecord[]> {
  const document = `query($batch: ID!, $after: String) { records(filter: { batch: $batch }, first: 100, after: $after) {
    nodes { id version state certificateNumber } pageInfo { hasNextPage endCursor } } }`;
  const all: FoundRecord[] = [];
  let after: string | null = null;
  for (;;) {
    const data: Value = await story.query(officer, document, { batch, after });
    const page = data.records as { nodes: FoundRecord[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
    all.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return all;
    after = page.pageInfo.endCursor;
  }
}

/** What an action over many records says of the refused ones: id and codes. */
export function refusedRecords(value: Value): { readonly id: string; readonly codes: readonly string[] }[] {
  const results = (value.results ?? []) as { record: string; violations: { code: string }[] }[];
  return results.map(({ record, violations }) => ({ id: record, codes: violations.map(({ code }) => code) }));
}

/** The selection of an action's refused records. */
export const RESULTS = 'refusedCount results(first: 1000) { record violations { code } }';
