// Where the register and the seals differ about one record: somebody has written past the procedures (R22.1, R23.1).
import type { OriginFaultCode } from '../../regulation/responsibility/origins.ts';
import { recordDigest } from '../../sealing/commitment.ts';
import type { OriginRecord, SubjectStep } from '../../store/responsibility/origins.ts';
import type { OpenVersion, OriginFault, OriginStep } from './origin-shape.ts';

/** A fault; what is not said is null. */
export function fault(code: OriginFaultCode, details: Partial<Omit<OriginFault, 'code'>> = {}): OriginFault {
  return { code, version: null, stepId: null, found: null, expected: null, ...details };
}

/**
 * Compares what is kept with what was sealed.
 * @param rows the record as subject of the steps, `acts` the same steps read by their statements, both in the order of the log
 */
export function keptFaults(
  record: OriginRecord,
  versions: readonly OpenVersion[],
  rows: readonly SubjectStep[],
  acts: readonly OriginStep[],
): OriginFault[] {
  return [...versionFaults(versions, rows), ...stepFaults(rows, acts), ...personFaults(record, acts)];
}

/** Each version: made by a step, with the digest of that step, over the content that is kept. */
function versionFaults(versions: readonly OpenVersion[], rows: readonly SubjectStep[]): OriginFault[] {
  return versions.flatMap((each) => {
    const { version, digest } = each;
    const maker = rows.find((row) => row.version === version);
    if (!maker) return [fault('version-unsealed', { version })];
    if (maker.digest !== digest || !isCommitted(each)) {
      return [
        fault('content-altered', { version, stepId: maker.step.id, expected: maker.digest, found: digestOf(each) }),
      ];
    }
    return [];
  });
}

/** The digest that the kept content has under its salt. */
function digestOf({ committed, salt }: OpenVersion): string {
  return recordDigest(committed, Object.keys(committed), Buffer.from(salt, 'hex'));
}

/** Whether the content of a version is still what its salted digest was made of. */
function isCommitted(version: OpenVersion): boolean {
  return digestOf(version) === version.digest;
}

/** Each step: as its statement says, under a seal that verifies, after the one before it. */
function stepFaults(rows: readonly SubjectStep[], acts: readonly OriginStep[]): OriginFault[] {
  return acts.flatMap((act, at) => {
    const { id: stepId, version } = act;
    const before = acts[at - 1]?.id ?? null;
    const previous = rows[at]?.previousStepId ?? null;
    return [
      ...(act.intact ? [] : [fault('step-altered', { stepId, version })]),
      ...(act.seal.valid ? [] : [fault('seal-broken', { stepId, version })]),
      ...(previous === before ? [] : [fault('chain-broken', { stepId, version, found: previous, expected: before })]),
    ];
  });
}

/** Collector, checker and import on the record itself: columns that the steps explain, and nothing else may. */
function personFaults(record: OriginRecord, acts: readonly OriginStep[]): OriginFault[] {
  const entering = acts.findLast(({ name }) => name === 'collect' || name === 'correct');
  const checking = acts.findLast(({ name }) => name === 'cross-check' || name === 'correct');
  const collect = acts.find(({ name }) => name === 'collect');
  const checker = checking?.name === 'cross-check' ? (checking.officer?.id ?? null) : null;
  const importId = typeof collect?.facts.importId === 'string' ? collect.facts.importId : null;
  const faults: OriginFault[] = [];
  const compare = (code: OriginFaultCode, found: string | null, expected: string | null, step?: OriginStep) => {
    if (found !== expected) faults.push(fault(code, { stepId: step?.id ?? null, found, expected }));
  };
  compare('collector-altered', record.collectedById, entering?.officer?.id ?? null, entering);
  compare('checker-altered', record.crossCheckedById, checker, checking);
  compare('import-altered', record.importId, importId, collect);
  return faults;
}
