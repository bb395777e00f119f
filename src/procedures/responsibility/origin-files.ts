// What stands behind the step that brought a value: the line of the imported file, the resolution, the enrolment record, the application (R22.1).
import type { OriginSource } from '../../regulation/responsibility/origins.ts';
import { FIELDS, type Field, type FieldName } from '../../regulation/standard/fields.ts';
import { importsById, type OriginRecord, stepsBefore, stepsOfSubjects } from '../../store/responsibility/origins.ts';
import type { World } from '../call.ts';
import { readSealedStep, type SealedStep } from '../sealed-step.ts';
import { findEnrolmentRow, findRecordRow, type RowFound, type SealedImport } from './origin-cells.ts';
import { fault } from './origin-faults.ts';
import type { FieldOrigin, OpenVersion, OriginApplication, OriginFault, OriginStep } from './origin-shape.ts';

/** Enrolment files that are opened at most to find a person, the newest before the link first. */
const MOST_FILES = 5;
/** Imports of enrolment records that are looked through for those of the category. */
const MOST_IMPORTS = 50;

type Behind = Pick<FieldOrigin, 'source' | 'behind' | 'cell' | 'application'>;

const NOTHING: Omit<Behind, 'source'> = { behind: null, cell: null, application: null };

/** Finds what stands behind the values of one record; each file and each case is read once. */
export interface OriginFiles {
  readonly faults: readonly OriginFault[];
  behind(field: FieldName, source: OriginSource, step: OriginStep | null): Promise<Behind>;
}

/** Prepares it: the row of the record in its imported file and the loading of its resolution are found at once. */
export async function originFiles(
  world: Pick<World, 'cipher' | 'db'>,
  of: {
    readonly record: OriginRecord;
    readonly versions: readonly OpenVersion[];
    readonly acts: readonly OriginStep[];
    readonly withFiles: boolean;
  },
): Promise<OriginFiles> {
  const { record, versions, acts, withFiles } = of;
  const { institution } = record;
  const db = world.db.prisma;
  const faults: OriginFault[] = [];
  const collect = acts.find(({ name }) => name === 'collect') ?? null;
  const first = versions[0]?.values ?? {};
  const loaded = await stepsOfSubjects(db, institution, [record.resolutionId]);
  const loading = loaded.find(({ step }) => step.name === 'load-resolution');
  const resolution = loading ? await asAct(institution, loading.step) : null;
  const imported = withFiles && collect ? await rowOfRecord() : null;
  const enrolments = new Map<string, Promise<Pick<Behind, 'behind' | 'cell'> & { row: RowFound | null }>>();
  const cases = new Map<string, Promise<OriginApplication | null>>();

  /** The row of the file that the collecting step names. */
  async function rowOfRecord(): Promise<RowFound | null> {
    const sealed = collect ? await sealedImport(collect) : null;
    if (!sealed) return null;
    const { certificateNumber = '', conferralDate = '' } = first;
    const keptLine = record.importLine;
    const row = await findRecordRow(world, institution, sealed, { certificateNumber, keptLine, on: conferralDate });
    const stepId = collect?.id ?? null;
    if (typeof row === 'string') faults.push(fault(row, { version: 1, stepId }));
    else if (row.line !== keptLine) {
      const found = keptLine === null ? null : String(keptLine);
      faults.push(fault('line-altered', { version: 1, stepId, found, expected: String(row.line) }));
    }
    return row;
  }

  /** The import of a step, by what its statement says: id and digest; the name and the edition are kept beside it. */
  async function sealedImport({ facts, files }: SealedStep): Promise<SealedImport | null> {
    const [fileDigest] = files;
    if (typeof facts.importId !== 'string' || fileDigest === undefined) return null;
    const [kept] = await importsById(db, institution, [facts.importId]);
    const edition = typeof facts.edition === 'string' ? facts.edition : null;
    const category = typeof facts.category === 'string' ? facts.category : null;
    return { id: facts.importId, fileName: kept?.fileName ?? '', fileDigest, edition, category };
  }

  /** The person's row in the newest enrolment file that was imported before the link. */
  async function enrolmentBefore(link: OriginStep) {
    const before = versions.filter(({ version }) => version < (link.version ?? 0)).at(-1)?.values ?? {};
    const { studentNumber = '', identityNumber = '' } = before;
    const steps = await stepsBefore(db, institution, 'import-enrolment-records', link.leafIndex, MOST_IMPORTS);
    let opened = 0;
    for (const kept of steps) {
      const step = await asAct(institution, kept);
      if (step.facts.category !== record.category || opened >= MOST_FILES) continue;
      const sealed = await sealedImport(step);
      if (!sealed) continue;
      opened += 1;
      const row = await findEnrolmentRow(world, institution, sealed, { studentNumber, identityNumber });
      if (row === 'row-missing') continue;
      if (row === 'file-altered') faults.push(fault(row, { stepId: step.id, version: link.version }));
      return { behind: step, cell: null, row };
    }
    return { behind: null, cell: null, row: null };
  }

  /** The application that a change carried out, with everybody who had a part in it. */
  async function caseOf({ facts, leafIndex }: OriginStep): Promise<OriginApplication | null> {
    const { applicationId: id, kind, caseNumber } = facts;
    if (typeof id !== 'string' || typeof kind !== 'string') return null;
    const steps: OriginStep[] = [];
    for (const { step } of await stepsOfSubjects(db, institution, [id])) steps.push(await asAct(institution, step));
    const decision = steps.findLast((each) => each.name === 'decide-application' && each.leafIndex < leafIndex) ?? null;
    const text = (value: unknown) => (typeof value === 'string' ? value : null);
    return {
      ...{ institution, id, kind, caseNumber: text(caseNumber) ?? '' },
      ...{ documentNumber: text(facts.documentNumber), decisionNumber: text(facts.decisionNumber), steps, decision },
    };
  }

  function once<Found>(known: Map<string, Promise<Found>>, key: string, find: () => Promise<Found>): Promise<Found> {
    const found = known.get(key) ?? find();
    known.set(key, found);
    return found;
  }

  return {
    faults,
    async behind(field, source, step) {
      const { suppliedBy }: Field = FIELDS[field];
      if (source === 'file' || source === 'hand') {
        const cell = imported === null || typeof imported === 'string' ? null : imported.cellOf(field);
        if (cell) return { source, ...NOTHING, cell };
        const readable = source === 'hand' || (imported !== null && typeof imported !== 'string');
        if (suppliedBy === 'resolution' && readable) return { source: 'resolution', ...NOTHING, behind: resolution };
        return { source: source === 'file' && readable ? 'derived' : source, ...NOTHING };
      }
      if (source === 'enrolment' && step && withFiles) {
        const { behind, row } = await once(enrolments, step.id, () => enrolmentBefore(step));
        const cell = row === null || typeof row === 'string' ? null : row.cellOf(field);
        return { source, ...NOTHING, behind, cell };
      }
      if (source === 'change-request' && step) {
        return { source, ...NOTHING, application: await once(cases, step.id, () => caseOf(step)) };
      }
      return { source, ...NOTHING };
    },
  };
}

async function asAct(institution: string, step: Parameters<typeof readSealedStep>[1]): Promise<OriginStep> {
  return { ...(await readSealedStep(institution, step)), version: null };
}
