// What the server may be told, and the limits that hold when nothing is said (TRUST, GraphQL hardening).
import type { BodyLimits } from './body.ts';

/** Limits of requests. Bytes unless named otherwise. */
export interface Limits {
  /** A JSON body. */
  readonly jsonBytes: number;
  /** A multipart body: the largest kind of file and a little around it. */
  readonly uploadBytes: number;
  /** A multipart body of a student. */
  readonly studentUploadBytes: number;
  /** Multipart requests of students at once, in a room of their own so that they never keep an officer waiting. */
  readonly studentUploads: number;
  /** Multipart requests at once: each is held in memory until it is answered. */
  readonly uploads: number;
  /** Bytes of multipart requests at once, those of students not counted; what does not say how large it is counts as the largest. */
  readonly heldBytes: number;
  /** Multipart requests that wait, unread, until there is room; half of them of one officer or student. */
  readonly uploadsWaiting: number;
  /** The longest wait for room, ms. */
  readonly uploadsWaitMs: number;
  /** For so long nothing of a body need come, ms. */
  readonly bodyGraceMs: number;
  /** After that so many bytes per second, on the whole. */
  readonly bodyBytesPerSecond: number;
  /** Files in one multipart request. */
  readonly files: number;
  /** Lexical tokens of a document. */
  readonly tokens: number;
  /** Nested braces of a document. */
  readonly depth: number;
  /** Aliases in a document. */
  readonly aliases: number;
  /** Directives in a document. */
  readonly directives: number;
  /** Until all headers are there, ms. */
  readonly headersMs: number;
  /** Until the whole request is there, ms. */
  readonly requestMs: number;
}

const MB = 1024 * 1024;

/** The limits that hold when nothing is said. */
export const DEFAULT_LIMITS: Limits = {
  jsonBytes: 256 * 1024,
  uploadBytes: 257 * MB,
  studentUploadBytes: 6 * MB,
  studentUploads: 4,
  uploads: 16,
  heldBytes: 320 * MB,
  uploadsWaiting: 64,
  uploadsWaitMs: 60_000,
  bodyGraceMs: 30_000,
  bodyBytesPerSecond: 4 * 1024,
  files: 1,
  tokens: 4_000,
  depth: 20,
  aliases: 60,
  directives: 60,
  headersMs: 15_000,
  requestMs: 300_000,
};

/** The limits of a body of so many bytes at most. */
export function bodyLimits({ bodyGraceMs, bodyBytesPerSecond }: Limits, most: number): BodyLimits {
  return { most, graceMs: bodyGraceMs, bytesPerSecond: bodyBytesPerSecond };
}

/** How the server runs. */
export interface ServerOptions {
  /** Introspection and GraphiQL are off. */
  readonly production: boolean;
  /** Allows introspection and GraphiQL, also in production. */
  readonly graphiql: boolean;
  /** With what GraphiQL's first document signs in: a sample officer in trial mode, else words in their place. */
  readonly signIn?: { readonly loginName: string; readonly password: string };
  /** Origins whose pages may call the API, exactly as browsers send them. */
  readonly corsOrigins: readonly string[];
  readonly limits?: Partial<Limits>;
  /** Takes one JSON line per mistake of ours; standard error when not given. */
  readonly log?: (line: string) => void;
}
