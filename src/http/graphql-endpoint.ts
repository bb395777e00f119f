// The GraphQL endpoint: yoga with its weak defaults closed (TRUST, GraphQL hardening).
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import { GraphQLError, NoSchemaIntrospectionCustomRule } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import { badInput, badVariable, taught } from '../graphql/bad-input.ts';
import { type GraphqlContext, whyNotSignedIn } from '../graphql/context.ts';
import { schema } from '../graphql/schema.ts';
import type { Actor, Student, World } from '../procedures/call.ts';
import type { Recipient } from '../procedures/datasets/read-dataset.ts';
import { BodyTooLarge, limited, readBody } from './body.ts';
import { type BodyRoom, makeBodyRoom, type Release } from './body-room.ts';
import { excessOf } from './document-limits.ts';
import { badLiteral } from './document-texts.ts';
import { firstDocument } from './graphiql-document.ts';
import { malformedReply } from './malformed.ts';
import { mistakeLine, mistakeOf } from './mistakes.ts';
import { bodyLimits, type Limits, type ServerOptions } from './options.ts';
import { type Reply, refusal, type Sentence } from './reply.ts';
import type { Asked } from './request.ts';
import { errorTeller, isOfInput } from './request-errors.ts';
import { secretInAddress } from './secret-in-address.ts';

/** Who asks, as far as the token tells. */
export interface Visitor {
  readonly actor: Actor | null;
  /** The student whose token it is; never together with an officer. */
  readonly student: Student | null;
  /** The recipient of a dataset whose token it is; never together with an officer or a student. */
  readonly recipient: Recipient | null;
  readonly expired: boolean;
}

/** Answers requests to /graphql. */
export type GraphqlEndpoint = (asked: Asked, message: IncomingMessage, visitor: Visitor) => Promise<Reply>;

const TOO_LARGE = { zh: '请求内容超过上限。', en: 'The request body is too large.' };
const TOO_COMPLEX = { zh: '查询超过上限。', en: 'The document exceeds a limit.' };
const WRONG_TYPE = {
  zh: '内容类型应为 application/json，或带有 graphql-require-preflight 请求头的 multipart/form-data。',
  en: 'Send application/json, or multipart/form-data with the header graphql-require-preflight.',
};
const TOO_MANY_UPLOADS = {
  zh: '同时上传的文件过多，暂时排不上，未作任何处理，请稍后再试。',
  en: 'Too many files are being uploaded at once and there was no room in time; nothing was done, try again in a moment.',
};
const WRONG_METHOD = { zh: '只接受 GET 和 POST。', en: 'Only GET and POST are accepted.' };

/** Makes the endpoint. */
export function makeGraphqlEndpoint(
  world: World,
  options: ServerOptions,
  limits: Limits,
  log: (line: string) => void,
): GraphqlEndpoint {
  const open = options.graphiql || !options.production;
  const yoga = createYoga<{ graphql: GraphqlContext }>({
    schema,
    logging: false,
    batching: false,
    cors: false,
    landingPage: false,
    graphiql: options.graphiql ? { title: 'Vermilion', defaultQuery: firstDocument(options.signIn) } : false,
    // The page is part of a package: a browser without the internet shows it, too.
    renderGraphiQL,
    maxRequestBodySize: limits.uploadBytes,
    context: ({ graphql }) => graphql,
    maskedErrors: { maskError: (error) => error as Error },
    plugins: [documentLimits(limits), errorMask(log, open), ...(open ? [] : [noIntrospection()])],
  });
  const rooms = { officers: roomOf(limits, limits.uploads, limits.heldBytes), students: studentRoom(limits) };
  return async (asked, message, visitor) => {
    const own = visitor.student ? { ...limits, uploadBytes: limits.studentUploadBytes } : limits;
    const uploading = asked.method === 'POST' && kindOf(asked) === 'multipart/form-data';
    const refused =
      checkKind(asked, own) ?? secretInAddress(asked) ?? (uploading ? checkSignedIn(asked, visitor) : null);
    if (refused) return refused;
    const room = visitor.student ? rooms.students : rooms.officers;
    const release = uploading ? await roomFor(asked, message, visitor, room, own) : () => {};
    if (release === null) return noRoom(asked);
    const graphql: GraphqlContext = {
      world,
      actor: visitor.actor,
      student: visitor.student,
      recipient: visitor.recipient,
      requestId: asked.requestId,
      language: asked.language,
      token: asked.token,
      sessionExpired: visitor.expired,
      address: asked.address,
    };
    const broken: { problem?: unknown } = {};
    try {
      const request = await toFetch(asked, message, own, yoga.fetchAPI, broken);
      const response = await yoga.fetch(request, { graphql });
      if (broken.problem) throw broken.problem;
      const headers: Record<string, string> = {};
      for (const name of ['content-type', 'allow']) {
        const value = response.headers.get(name);
        if (value) headers[name] = value;
      }
      if (headers['content-type']?.startsWith('text/html')) headers['content-security-policy'] = GRAPHIQL_POLICY;
      const body = new Uint8Array(await response.arrayBuffer());
      return malformedReply(asked, response.status, body) ?? { status: response.status, headers, body };
    } catch (error) {
      if (error instanceof BodyTooLarge) return refusal(asked, 413, 'BODY_LIMIT', TOO_LARGE, { expected: error.most });
      throw error;
    } finally {
      release();
    }
  };
}

const GRAPHIQL_POLICY = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; frame-ancestors 'none'";

/** The media type of the body, without its parameters. */
function kindOf(asked: Asked): string | undefined {
  return asked.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
}

/** Before a byte of an upload is read: files are for who is signed in. */
function checkSignedIn(asked: Asked, visitor: Visitor): Reply | null {
  if (visitor.actor !== null || visitor.student !== null) return null;
  const { code, sentence } = whyNotSignedIn(visitor.expired);
  return refusal(asked, 401, code, sentence);
}

function roomOf({ uploadsWaiting: waiting, uploadsWaitMs: waitMs }: Limits, bodies: number, bytes: number): BodyRoom {
  return makeBodyRoom({ bytes, bodies, waiting, waitMs });
}

function studentRoom(limits: Limits): BodyRoom {
  const { studentUploads, studentUploadBytes } = limits;
  return roomOf(limits, studentUploads, studentUploads * studentUploadBytes);
}

/** Waits for room, before a byte of the body is read: it stays on the line. Null when there is none in time, or the visitor has gone. */
async function roomFor(
  asked: Asked,
  message: IncomingMessage,
  { actor, student }: Visitor,
  room: BodyRoom,
  { uploadBytes }: Limits,
): Promise<Release | null> {
  const declared = asked.headers['content-length'];
  const gone = new AbortController();
  const leave = () => gone.abort();
  message.socket.once('close', leave);
  try {
    const owner = actor?.officerId ?? student?.id ?? '';
    return await room.enter(declared === undefined ? uploadBytes : Number(declared), owner, gone.signal);
  } finally {
    message.socket.off('close', leave);
  }
}

const RETRY_SECONDS = 15;

function noRoom(asked: Asked): Reply {
  const busy = refusal(asked, 503, 'UPLOAD_LIMIT', TOO_MANY_UPLOADS, { retryAfterSeconds: RETRY_SECONDS });
  return { ...busy, headers: { ...busy.headers, 'retry-after': String(RETRY_SECONDS) } };
}

/** Method and content type: what a browser would send without asking first is refused (no preflight, no CSRF). */
function checkKind(asked: Asked, limits: Limits): Reply | null {
  if (asked.method === 'GET' || asked.method === 'HEAD') return null;
  if (asked.method !== 'POST') {
    const reply = refusal(asked, 405, 'METHOD', WRONG_METHOD);
    return { ...reply, headers: { ...reply.headers, allow: 'GET, POST' } };
  }
  const type = kindOf(asked);
  const preflighted = asked.headers['graphql-require-preflight'] !== undefined;
  if (type !== 'application/json' && !(type === 'multipart/form-data' && preflighted)) {
    return refusal(asked, 415, 'CONTENT_TYPE', WRONG_TYPE, { found: type ?? null });
  }
  const most = type === 'application/json' ? limits.jsonBytes : limits.uploadBytes;
  const declared = Number(asked.headers['content-length'] ?? 0);
  return declared > most ? refusal(asked, 413, 'BODY_LIMIT', TOO_LARGE, { found: declared, expected: most }) : null;
}

type FetchApi = { Request: typeof Request };

/**
 * The request as yoga takes it: JSON read whole within its limit, an upload streamed within its own.
 * @param broken is told why a streamed body broke off, which yoga takes for a malformed one
 */
async function toFetch(
  asked: Asked,
  message: IncomingMessage,
  limits: Limits,
  api: FetchApi,
  broken: { problem?: unknown },
): Promise<Request> {
  const query = asked.query.toString();
  const url = `http://server/graphql${query ? `?${query}` : ''}`;
  const headers: Record<string, string> = {};
  for (const name of ['accept', 'content-type']) {
    const value = asked.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  if (asked.method !== 'POST') return new api.Request(url, { method: 'GET', headers });
  if (headers['content-type']?.toLowerCase().startsWith('application/json')) {
    const body = await readBody(message, bodyLimits(limits, limits.jsonBytes));
    return new api.Request(url, { method: 'POST', headers, body: body.toString('utf8') });
  }
  async function* pieces() {
    try {
      yield* limited(message, bodyLimits(limits, limits.uploadBytes));
    } catch (error) {
      broken.problem = error;
      throw error;
    }
  }
  const body = Readable.from(pieces()) as unknown as ReadableStream;
  const streamed: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body, duplex: 'half' };
  return new api.Request(url, streamed);
}

type Context = { graphql: GraphqlContext };

function documentLimits(limits: Limits): Plugin<Context, Context> {
  return {
    onParams({ params, setResult }) {
      const excess = typeof params.query === 'string' ? excessOf(params.query, limits) : null;
      if (excess) {
        const extensions = { ...excess, http: { status: 400 } };
        return setResult({ errors: [taught('DOCUMENT_LIMIT', TOO_COMPLEX, extensions)] });
      }
      const bad = (typeof params.query === 'string' ? badLiteral(params.query) : null) ?? badVariable(params.variables);
      if (!bad) return;
      const { sentence, ...details } = bad;
      setResult({ errors: [badInput(sentence, { ...details, http: { status: 400 } })] });
    },
  };
}

function noIntrospection(): Plugin {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(NoSchemaIntrospectionCustomRule);
    },
  };
}

/** Every error leaves with the request id; what is not meant for the caller is logged and masked. */
function errorMask(log: (line: string) => void, open: boolean): Plugin<Context, Context> {
  return {
    onExecutionResult({ result, context, setResult }) {
      const { requestId, language } = context.graphql;
      if (!result || Symbol.asyncIterator in result || !result.errors) return;
      const { variables } = (context as { params?: { variables?: Record<string, unknown> } }).params ?? {};
      const tell = errorTeller(schema, variables ?? {}, open);
      const errors = result.errors.map((error) => {
        if (isForCaller(error)) {
          const ofInput = isOfInput(error);
          const { sentence, ...given } = ofInput ? {} : extensionsOf(error);
          const { sentence: said, ...more } = sentence ? { sentence, code: codeOf(error) } : tell(error);
          const place = { nodes: error.nodes ?? null, path: error.path ?? null };
          const both = { messageZh: said.zh, messageEn: said.en };
          const extensions = { ...more, ...given, ...both, requestId };
          return new GraphQLError(said[language], { ...place, extensions });
        }
        const { code, status, sentence } = mistakeOf(error);
        log(mistakeLine(error, { requestId, code }));
        const both = { messageZh: sentence.zh, messageEn: sentence.en };
        const extensions = { code, ...both, requestId, http: { status } };
        return new GraphQLError(sentence[language], { path: error.path ?? null, extensions });
      });
      setResult({ ...result, errors });
    },
  };
}

/** An error of the document, or one that we made for the caller. */
function isForCaller(error: GraphQLError): boolean {
  const { originalError } = error;
  return originalError === undefined || originalError === null || originalError instanceof GraphQLError;
}

type Taught = { readonly [name: string]: unknown; readonly sentence?: Sentence };

/** The extensions of an error or of the one it came from, with both sentences if it was made without a language. */
function extensionsOf({ extensions, originalError }: GraphQLError): Taught {
  return originalError instanceof GraphQLError ? { ...originalError.extensions, ...extensions } : extensions;
}

function codeOf(error: GraphQLError): string {
  return error.path === undefined ? 'GRAPHQL_VALIDATION_FAILED' : 'BAD_USER_INPUT';
}
