// The shapes in which the origin of a record is told (R22.1).
import type { OriginFaultCode, OriginSource } from '../../regulation/responsibility/origins.ts';
import type { FieldName } from '../../regulation/standard/fields.ts';
import type { SealedStep } from '../sealed-step.ts';
import type { ImportedCell } from './origin-cells.ts';

/** A sealed step with the version of the record of which it spoke; null of a step about something else. */
export interface OriginStep extends SealedStep {
  readonly version: number | null;
}

/** Where kept and sealed differ. */
export interface OriginFault {
  readonly code: OriginFaultCode;
  readonly version: number | null;
  readonly stepId: string | null;
  readonly found: string | null;
  readonly expected: string | null;
}

/** The written application by which a value was changed, with everybody who had a part in it. */
export interface OriginApplication {
  readonly institution: string;
  readonly id: string;
  readonly kind: string;
  readonly caseNumber: string;
  readonly documentNumber: string | null;
  readonly decisionNumber: string | null;
  readonly steps: readonly OriginStep[];
  /** The decision that consented. */
  readonly decision: OriginStep | null;
}

/** Why a field was corrected: what a review said of it. */
export interface OriginReason {
  readonly institution: string;
  readonly source: string;
  readonly reason: string;
  readonly stepId: string;
}

/** One field: its value and what put it there. */
export interface FieldOrigin {
  readonly field: FieldName;
  /** Masked where it is secret; null when the version emptied it. */
  readonly value: string | null;
  readonly source: OriginSource;
  /** The version that brought the value. */
  readonly version: number;
  readonly step: OriginStep | null;
  /** The step behind the step: the import of the enrolment record, the loading of the resolution. */
  readonly behind: OriginStep | null;
  readonly cell: ImportedCell | null;
  readonly application: OriginApplication | null;
  readonly reasons: readonly OriginReason[];
}

/** Somebody looked at the record in person, or entered its key fields a second time. */
export interface OriginLook {
  readonly officer: { readonly id: string; readonly name: string };
  readonly version: number;
  readonly at: Date;
  readonly agrees: boolean;
  readonly secondEntry: boolean;
}

/** Everything about the origin of one version of a record. */
export interface RecordOrigins {
  readonly version: number;
  readonly digest: string;
  readonly fields: readonly FieldOrigin[];
  /** Every step about the record up to the version's successor, in the order of the log: who collected, checked, confirmed, reported, filed. */
  readonly acts: readonly OriginStep[];
  readonly looks: readonly OriginLook[];
  readonly faults: readonly OriginFault[];
}

/** A version as it is kept, opened. */
export interface OpenVersion {
  readonly version: number;
  readonly digest: string;
  readonly salt: string;
  readonly values: Readonly<Partial<Record<FieldName, string>>>;
  /** What the salted commitments are over. */
  readonly committed: Readonly<Record<string, string>>;
}
