// What the server may be told, and the limits that hold when nothing is said (TRUST, GraphQL hardening).

/** Limits of requests. Bytes unless named otherwise. */
export interface Limits {
  /** A JSON body. */
  readonly jsonBytes: number;
  /** A multipart body: the largest kind of file and a little around it. */
  readonly uploadBytes: number;
  /** A multipart body of a student. */
  readonly studentUploadBytes: number;
  /** Multipart requests of students at once, counted apart so that they never keep an officer waiting. */
  readonly studentUploads: number;
  /** Multipart requests at once: each is held in memory until its file is judged. */
  readonly uploads: number;
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
  uploads: 4,
  files: 1,
  tokens: 4_000,
  depth: 20,
  aliases: 60,
  directives: 60,
  headersMs: 15_000,
  requestMs: 300_000,
};

/** How the server runs. */
export interface ServerOptions {
  /** Introspection and GraphiQL are off. */
  readonly production: boolean;
  /** Allows introspection and GraphiQL, also in production. */
  readonly graphiql: boolean;
  /** Origins whose pages may call the API, exactly as browsers send them. */
  readonly corsOrigins: readonly string[];
  readonly limits?: Partial<Limits>;
  /** Takes one JSON line per mistake of ours; standard error when not given. */
  readonly log?: (line: string) => void;
}
