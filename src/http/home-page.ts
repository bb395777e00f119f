// `/`: what there is at this server, for who knows only its address. Both languages, no scripts, nothing of anybody.
import type { Reply } from './reply.ts';

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
const STYLE =
  'body{font:16px/1.6 system-ui,"Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif;color:#222;max-width:46rem;margin:0 auto;padding:1rem}h1{font-size:1.3rem;border-bottom:3px double #c00;padding-bottom:.4rem}dt{margin-top:.8rem}dd{margin:0}.en{color:#666}';

type Place = readonly [path: string, zh: string, en: string];

const API: Place = [
  '/graphql',
  '接口：以 POST 提交 GraphQL，本服务器不提供 GraphiQL 页面',
  'the API: send GraphQL by POST; this server has no GraphiQL page',
];
const GRAPHIQL: Place = [
  '/graphql',
  '接口及 GraphiQL 页面，其中已写好登录语句',
  'the API, with GraphiQL, which begins with the sign-in',
];
const PLACES: readonly Place[] = [
  ['/s', '学位获得者核对本人信息', 'where students confirm their own records'],
  ['/v/', '核验公文', 'checking a printed document by its code'],
  ['/trust/root.pem', '根证书，核验签章时信任它', 'the root certificate by which seals are checked'],
  ['/health', '服务器是否可用', 'whether the server can work'],
];

const line = ([path, zh, en]: Place) =>
  `<dt><a href="${path}">${path}</a></dt><dd>${zh}<br><span class="en" lang="en">${en}</span></dd>`;

/** The page; null for another address. @param graphiql whether `/graphql` answers a browser with a page */
export function homePage(path: string, graphiql: boolean): Reply | null {
  if (path !== '/') return null;
  const places = [graphiql ? GRAPHIQL : API, ...PLACES].map(line).join('');
  const body = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Vermilion</title><style>${STYLE}</style><h1>Vermilion 学位授予信息管理 <span class="en" lang="en">degree-conferral information</span></h1><dl>${places}</dl></html>`;
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY },
    body,
  };
}
