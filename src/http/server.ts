// The HTTP server: which address is answered by whom, and what holds for all of them.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { World } from '../procedures/call.ts';
import { isRecipientToken } from '../procedures/datasets/open-dataset-access.ts';
import { recipientOf } from '../procedures/datasets/read-dataset.ts';
import { actorOf } from '../procedures/offices/sign-in.ts';
import { isStudentToken, studentOf } from '../procedures/student/student-sessions.ts';
import { BodyTooSlow } from './body.ts';
import { answerClientError, brokenRequest } from './client-error.ts';
import { corsHeaders } from './cors.ts';
import { disclosurePage } from './disclosure-page.ts';
import { download } from './downloads.ts';
import { type GraphqlEndpoint, makeGraphqlEndpoint, type Visitor } from './graphql-endpoint.ts';
import { type Health, makeHealth } from './health.ts';
import { homePage } from './home-page.ts';
import { LAYOUT_PREVIEW, layoutPreview } from './layout-preview.ts';
import { mistakeLine, mistakeOf } from './mistakes.ts';
import { bodyLimits, DEFAULT_LIMITS, type Limits, type ServerOptions } from './options.ts';
import { type Reply, refusal, send } from './reply.ts';
import { type Asked, readRequest } from './request.ts';
import { statisticsFile } from './statistics.ts';
import { statusListFile } from './status-list.ts';
import { studentPage } from './student-page.ts';
import { trustFile } from './trust.ts';
import { verifyPage } from './verify-page.ts';

const NO_SUCH_PLACE = { zh: '没有这个地址。', en: 'There is nothing at this address.' };
const READ_ONLY = { zh: '只接受 GET 和 HEAD。', en: 'Only GET and HEAD are accepted.' };

const TOO_SLOW = {
  zh: '请求内容传输过慢，已停止接收，未作任何处理。',
  en: 'The request body came too slowly; it was not waited for any longer, and nothing was done.',
};

/** Makes the server; the caller listens and closes. */
export function makeServer(world: World, options: ServerOptions): Server {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const log = options.log ?? ((line: string) => process.stderr.write(`${line}\n`));
  const graphql = makeGraphqlEndpoint(world, options, limits, log);
  const health = makeHealth(world);

  const handle = async (message: IncomingMessage, response: ServerResponse) => {
    const asked = readRequest(message);
    if (!asked) {
      const { requestId, reply } = brokenRequest();
      await send(response, { requestId, method: message.method ?? 'GET' }, reply, { connection: 'close' });
      return;
    }
    const cors = corsHeaders(asked, options.corsOrigins);
    let reply: Reply;
    try {
      reply =
        asked.method === 'OPTIONS'
          ? { status: 204 }
          : await answer(world, asked, message, { graphql, health, log, limits, graphiql: options.graphiql });
    } catch (error) {
      // The visitor has gone away in the middle of the body: nothing was done, and who can still hear it was told so.
      if (message.destroyed && !message.complete) return void response.destroy();
      if (error instanceof BodyTooSlow) reply = refusal(asked, 408, 'BODY_SLOW', TOO_SLOW, { expected: error.least });
      else {
        const { code, status, sentence } = mistakeOf(error);
        log(mistakeLine(error, { requestId: asked.requestId, code }));
        reply = refusal(asked, status, code, sentence);
      }
    }
    // A body that nobody read would be taken for the next request.
    const unread = message.method === 'POST' && !message.readableEnded;
    await send(response, asked, reply, unread ? { ...cors, connection: 'close' } : cors);
  };

  const answers = new WeakMap<object, ServerResponse>();
  const server = createServer((message, response) => {
    answers.set(message.socket, response);
    handle(message, response).catch((error) => {
      // The visitor has gone away, or the answer broke off half-way: nothing more can be said.
      if (!message.destroyed) log(mistakeLine(error, { code: 'ANSWER_BROKEN' }));
      response.destroy();
    });
  });
  server.on('clientError', (error, socket) => {
    const answer = answers.get(socket);
    // The answer before on the same connection is finished; one that has begun is not to be mixed with another, nor is one to a
    // request that came whole: what it asked for is being done.
    const begun = answer !== undefined && !answer.writableFinished && (answer.headersSent || answer.req.complete);
    answerClientError(error, socket as Socket, begun);
  });
  server.headersTimeout = limits.headersMs;
  // What a body waits for room is our time, not the visitor's.
  server.requestTimeout = limits.requestMs + limits.uploadsWaitMs;
  server.keepAliveTimeout = 65_000;
  server.maxHeadersCount = 100;
  return server;
}

/** Browsers ask for an icon by themselves: there is none, and that is no mistake. */
const NO_ICON: Reply = { status: 204, headers: { 'cache-control': 'public, max-age=86400' }, body: '' };

async function visitorOf(world: World, asked: Asked): Promise<Visitor> {
  const nobody = { actor: null, student: null, recipient: null, expired: false };
  if (asked.token === undefined) return nobody;
  if (isStudentToken(asked.token)) {
    const student = await studentOf(world, asked.token);
    if (student === null) return nobody;
    return 'expired' in student ? { ...nobody, expired: true } : { ...nobody, student };
  }
  if (isRecipientToken(asked.token)) return { ...nobody, recipient: await recipientOf(world, asked.token) };
  const actor = await actorOf(world, asked.token);
  if (actor === null) return nobody;
  return 'expired' in actor ? { ...nobody, expired: true } : { ...nobody, actor };
}

interface Parts {
  readonly graphql: GraphqlEndpoint;
  readonly health: Health;
  readonly log: (line: string) => void;
  readonly limits: Limits;
  /** Whether `/graphql` answers a browser with a page. */
  readonly graphiql: boolean;
}

async function answer(
  world: World,
  asked: Asked,
  message: IncomingMessage,
  { graphql, health, log, limits, graphiql }: Parts,
): Promise<Reply> {
  const { path, method, requestId } = asked;
  const note = (facts: Record<string, string>) =>
    log(JSON.stringify({ level: 'error', time: new Date().toISOString(), requestId, ...facts }));
  if (path === '/graphql') return graphql(asked, message, await visitorOf(world, asked));
  if (path === LAYOUT_PREVIEW && method === 'POST') {
    return layoutPreview(world, asked, message, await visitorOf(world, asked), bodyLimits(limits, limits.jsonBytes));
  }
  const disclosed = await disclosurePage(world, asked, message, bodyLimits(limits, limits.jsonBytes));
  if (disclosed) return disclosed;
  const reply =
    path === '/health'
      ? await health.ready()
      : path === '/health/live'
        ? health.live()
        : path === '/favicon.ico'
          ? NO_ICON
          : (homePage(path, graphiql) ??
            studentPage(path) ??
            trustFile(world, path) ??
            (await statusListFile(world, asked)) ??
            (await statisticsFile(world, asked)) ??
            (await verifyPage(world, asked)) ??
            (await download(world, asked, () => visitorOf(world, asked), note)));
  if (!reply) return refusal(asked, 404, 'NOT_FOUND', NO_SUCH_PLACE);
  if (method === 'GET' || method === 'HEAD') return reply;
  const refused = refusal(asked, 405, 'METHOD', READ_ONLY);
  return { ...refused, headers: { ...refused.headers, allow: 'GET, HEAD' } };
}
