// Importing tables as an officer does: upload, dry run, look at what is wrong, commit what is right.
import type { Category } from '../../regulation/vocabulary.ts';
import type { Value } from '../api.ts';
import type { SampleFile } from '../year/files.ts';
import { INSTITUTION, type Story, upper } from './story.ts';

/** A dry run: the import's id, its counts, and the codes found per line of the file. */
export interface DryRun {
  readonly importId: string;
  readonly total: number;
  readonly accepted: number;
  readonly refused: number;
  readonly codes: ReadonlyMap<number, readonly string[]>;
}

/** Uploads and checks a table that has a right header. */
export async function dryRun(
  story: Story,
  officer: string,
  of: { readonly kind: 'records' | 'enrolment-records'; readonly category: Category; readonly resolution?: string },
  file: SampleFile,
): Promise<DryRun> {
  const kind = upper(of.kind);
  const fileDigest = await story.upload(officer, kind, file);
  const input = {
    ...{ institution: INSTITUTION, kind, category: upper(of.category), fileDigest },
    ...(of.resolution === undefined ? {} : { resolution: of.resolution }),
  };
  const checked = await story.must(officer, 'checkImport', input, 'import { id } total accepted refused');
  const importId = (checked.import as { id: string }).id;
  const counts = checked as unknown as { total: number; accepted: number; refused: number };
  const codes = counts.refused > 0 ? await problemsOf(story, officer, importId) : new Map<number, string[]>();
  return { importId, total: counts.total, accepted: counts.accepted, refused: counts.refused, codes };
}

const PROBLEMS = `query Problems($id: ID!, $after: String) { import(id: $id) {
  problems(first: 100, after: $after) { nodes { line code } pageInfo { hasNextPage endCursor } } } }`;

interface ProblemPage {
  readonly nodes: readonly { readonly line: number; readonly code: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

async function problemsOf(story: Story, officer: string, id: string): Promise<Map<number, string[]>> {
  const codes = new Map<number, string[]>();
  let after: string | null = null;
  for (;;) {
    const data: Value = await story.query(officer, PROBLEMS, { id, after });
    const { nodes, pageInfo } = (data.import as { problems: ProblemPage }).problems;
    for (const { line, code } of nodes) codes.set(line, [...(codes.get(line) ?? []), code]);
    if (!pageInfo.hasNextPage) return codes;
    after = pageInfo.endCursor;
  }
}

/** Imports the rows of a checked table that are right. Returns what the action gives. */
export function commit(
  story: Story,
  officer: string,
  kind: 'records' | 'enrolment-records',
  run: DryRun,
): Promise<Value> {
  const name = kind === 'records' ? 'importRecords' : 'importEnrolmentRecords';
  const select = kind === 'records' ? 'batch { id } accepted refused' : 'accepted refused';
  return story.must(officer, name, { import: run.importId, errorPolicy: 'SKIP_REFUSED' }, select);
}
