// Who calls a procedure, in which world: handed to every procedure, so that none reads a clock, a key or an environment of its own.
import type { FontSet } from '../documents/fonts/fonts.ts';
import type { Category, Duty, OfficeKind } from '../regulation/vocabulary.ts';
import type { SealSigner } from '../sealing/signer.ts';
import type { BlindIndex } from '../secrecy/blind-index.ts';
import type { FieldCipher } from '../secrecy/field-cipher.ts';
import type { Database } from '../store/database/connect.ts';

/** A signed-in officer with their office (R6.2). */
export interface Actor {
  readonly officerId: string;
  readonly name: string;
  readonly duties: readonly Duty[];
  readonly officeId: string;
  readonly officeName: string;
  readonly officeKind: OfficeKind;
  /** Five-digit code; null for a provincial office. */
  readonly institution: string | null;
  readonly categories: readonly Category[];
}

/** A seal that can be used now: the key opened from its custody, and what is printed of it. */
export interface UsableSeal {
  readonly id: string;
  readonly officeId: string;
  readonly signer: SealSigner;
  readonly text: string;
  readonly diameterMm: number;
  readonly demo: boolean;
}

/** Everything outside that procedures may use. */
export interface World {
  readonly db: Database;
  /** The civil clock of the register; in trial mode it can be moved forward. */
  now(): Date;
  /** The moment of a step that follows one taken at `last`: {@link stepMoment} of a register, whose time never goes back. */
  momentAfter(last: Date | null): Date;
  /** The seal of an office, or null if it has none that can be used. */
  sealOf(officeId: string): UsableSeal | null;
  readonly cipher: FieldCipher;
  readonly blindIndex: BlindIndex;
  readonly fonts: () => Promise<FontSet>;
  /** Public address of this server without trailing slash, printed in documents. */
  readonly origin: string;
  /** Where seals may be checked: the root certificate and revocation list that are published (PEM). */
  readonly trust: { readonly rootPem: string; readonly crlPem: string | null };
  /** Only in trial mode: the register's clock can be moved forward, never back. */
  readonly trial: {
    advanceTo(date: Date): void;
    /** When the first of the seals in use ends; null where there is none. */
    readonly sealsEnd: Date | null;
  } | null;
}

/**
 * A student at the door with a session of their own: never an officer. Which person it is, is said by the record that the link or the
 * password belongs to: the degree record, or before the meeting the enrolment record.
 */
export interface Student {
  readonly institution: string;
  readonly kind: 'record' | 'enrolment-record';
  readonly id: string;
}

/** One call of a procedure that a student takes himself (art. 11(1)). */
export interface StudentCall {
  readonly world: World;
  readonly student: Student;
  /** Hash of the student's token, asked again in the transaction. */
  readonly session?: string | undefined;
  readonly simulate?: boolean;
  readonly idempotencyKey?: string | undefined;
}

/** What the server carries out by itself because an officer ordered it in a sealed step, such as a destruction when the term ends (R18.1). */
export interface OrderedCall {
  readonly world: World;
  readonly order: { readonly institution: string; readonly stepId: string };
  readonly simulate?: false;
  readonly idempotencyKey?: undefined;
}

/** One call of a procedure. */
export interface Call {
  readonly world: World;
  readonly actor: Actor;
  /** Hash of the token by which the officer is here; asked again in the transaction. Not given where no session stands behind a call. */
  readonly session?: string | undefined;
  /** Same rules, same answer, nothing written, nothing sealed. */
  readonly simulate?: boolean;
  /** A retry with the same key gets the first answer (P5). */
  readonly idempotencyKey?: string | undefined;
}
