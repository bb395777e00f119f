// `serve`: opens the world, starts the HTTP server, says where it is and how to sign in, and stops in good order.
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type Config, readConfig } from '../config.ts';
import { mistakeLine } from '../http/mistakes.ts';
import { makeServer } from '../http/server.ts';
import { keepReminding } from '../procedures/deadlines/remind.ts';
import { keepRunningJobs } from '../procedures/run-jobs.ts';
import { DUTIES, OFFICE_KINDS } from '../regulation/vocabulary.ts';
import { StartProblem } from '../start-problems.ts';
import { SAMPLE, TRIAL_PASSWORD } from '../trial/sample-institutions.ts';
import { openWorld } from '../world.ts';

const DRAIN_MS = 8_000;
/** About 480 people: ready in half a minute. */
const SAMPLE_SCALE = 0.05;

/** Runs until SIGINT or SIGTERM; exit code 0 after everything acknowledged is kept. */
export async function serve(args: string[]): Promise<number> {
  const config = readConfig();
  const { world, close } = await openWorld(config);
  const server = makeServer(world, {
    production: config.mode === 'production',
    graphiql: config.graphiql,
    corsOrigins: [...config.corsOrigins],
    ...(config.mode === 'trial' ? { signIn: { loginName: 'jiaowu.cai', password: TRIAL_PASSWORD } } : {}),
  });
  const tell = (facts: object) =>
    console.error(JSON.stringify({ level: 'error', time: new Date().toISOString(), ...facts }));
  // Node would print the whole error, and a driver's error holds the values that it was given (R21.1).
  process.once('uncaughtException', (error) => {
    console.error(mistakeLine(error, { code: 'UNCAUGHT' }));
    process.exit(1);
  });
  const stopJobs = keepRunningJobs(world, tell);
  const stopReminding = keepReminding(world, tell);
  try {
    const port = await listen(server, config.port, config.host);
    await welcome(config, port, (await world.fonts()).report);
    if (args.includes('--sample')) await loadSample(port, args.includes('--whole-year') ? 1 : SAMPLE_SCALE);

    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    console.log('正在停止… stopping');
    return 0;
  } finally {
    await stopReminding();
    await stopJobs();
    await stop(server);
    await close();
  }
}

/**
 * Listens, and gives the port it got.
 * @throws {StartProblem} when the address cannot be had, saying why and which setting to change.
 */
export async function listen(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new StartProblem(cannotListen((error as NodeJS.ErrnoException).code ?? '', port, host), { cause: error });
  }
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

function cannotListen(code: string, port: number, host: string): string {
  switch (code) {
    case 'EADDRINUSE':
      return `端口 ${port}（${host}）已被其他程序占用，请停止该程序或改用其他 PORT。Port ${port} on ${host} is in use; stop the other program or set another PORT.`;
    case 'EACCES':
      return `没有权限使用端口 ${port}（${host}），请改用 1024 以上的 PORT。Port ${port} on ${host} is not permitted to this user; set a PORT above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `本机没有地址 ${host}，请检查 HOST。This machine has no address ${host}; check HOST.`;
    default:
      return `无法监听 ${host}:${port}（${code}）。Cannot listen on ${host}:${port} (${code}).`;
  }
}

/** Answers what has been asked, for some seconds at most. A server that never listened is closed already. */
async function stop(server: Server): Promise<void> {
  if (!server.listening) return;
  server.close();
  server.closeIdleConnections();
  await Promise.race([once(server, 'close'), new Promise((done) => setTimeout(done, DRAIN_MS).unref())]);
  server.closeAllConnections();
}

/** The year of the demo without its mistakes, played into this server through its own API. */
async function loadSample(port: number, scale: number): Promise<void> {
  const { playYear } = await import('../trial/play-year.ts');
  const { filed } = await playYear({
    endpoint: `http://127.0.0.1:${port}`,
    say: (line) => console.log(line),
    out: null,
    scale,
    mistakes: false,
  });
  console.log(`样例学年已载入：备案 ${filed} 人。The sample year is loaded: ${filed} people filed.`);
}

async function welcome(
  config: Config,
  port: number,
  faces: readonly { role: string; family: string; fallback: boolean }[],
): Promise<void> {
  const base = `http://${config.host === '0.0.0.0' ? 'localhost' : config.host}:${port}`;
  const lines = [`Vermilion 学位授予信息管理 — ${base}/graphql`];
  if (!config.databaseUrl) {
    lines.push(
      '内嵌数据库，仅供试用；正式使用请设置 DATABASE_URL。Embedded database: for trying out; set DATABASE_URL for real use.',
    );
  }
  const replaced = faces.filter((face) => face.fallback).map((face) => `${face.role} → ${face.family}`);
  if (replaced.length > 0) lines.push(`公文字体替代 Faces replaced in documents: ${replaced.join(', ')}`);
  if (config.mode === 'trial') {
    lines.push(
      '',
      '════ 试用模式 TRIAL MODE ════ 样例人员、演示印章（DEMO），不具法律效力。Sample officers and DEMO seals without legal effect.',
      `口令均为 Every password is: ${TRIAL_PASSWORD}`,
      ...SAMPLE.officers.map((officer) => {
        const office = SAMPLE.offices.find((one) => one.id === officer.office);
        const duties = officer.duties.map((duty) => DUTIES[duty].zh).join('、');
        return `  ${officer.loginName.padEnd(15)} ${officer.name}（${office?.name ?? officer.office}；${duties}） ${office ? OFFICE_KINDS[office.kind].en : ''}`;
      }),
      '',
      '登录 Sign in (GraphiQL or curl):',
      `  mutation { signIn(input: { loginName: "jiaowu.cai", password: "${TRIAL_PASSWORD}" }) { ... on SignInSuccess { token } } }`,
      '  之后以 Authorization: Bearer <token> 访问。Then send Authorization: Bearer <token>.',
      '载入样例学年 Load a sample year: npm start -- --sample（约 480 人 about 480 people；--whole-year：9700 余人 over 9,700）',
    );
  }
  console.log(lines.join('\n'));
}
