// `/d/{token}`: an internal disclosure for students and staff who have its link – read-only, masked, paged, as a page and as CSV – and the form for an objection. No scripts.
import type { IncomingMessage } from 'node:http';
import { writeCsv } from '../files/write-csv.ts';
import type { World } from '../procedures/call.ts';
import { disclosureByToken, type OpenDisclosure, receiveObjection } from '../procedures/disclosure/disclosed-page.ts';
import { NotFound, Refused } from '../procedures/errors.ts';
import { type BodyLimits, BodyTooLarge, readBody } from './body.ts';
import { CSV_HEADER, disclosurePageHtml, levelOf, messagePageHtml, shownRow } from './disclosure-html.ts';
import { dispositionOf } from './file-reply.ts';
import { type Reply, refusal } from './reply.ts';
import type { Asked } from './request.ts';

const PLACE = /^\/d\/([\w-]{43})(\.csv|\/objections)?$/;
const ANY = /^\/d(\/|$)/;

/** People on one page. */
const PAGE = 100;
/** A form of two thousand Chinese characters, percent-encoded, and a little around it. */
const FORM_BYTES = 24 * 1024;

const READ_ONLY = { zh: '此地址不接受这种请求。', en: 'This address does not take such a request.' };

/** Answers addresses `/d/…`; null for any other. Unknown, revoked and closed links are told apart by nobody. */
export async function disclosurePage(
  world: World,
  asked: Asked,
  message: IncomingMessage,
  limits: BodyLimits,
): Promise<Reply | null> {
  if (!ANY.test(asked.path)) return null;
  const [, token = '', what = ''] = PLACE.exec(asked.path) ?? [];
  const { method } = asked;
  const posting = what === '/objections';
  if (posting ? method !== 'POST' : method !== 'GET' && method !== 'HEAD') {
    const refused = refusal(asked, 405, 'METHOD', READ_ONLY);
    return { ...refused, headers: { ...refused.headers, allow: posting ? 'POST' : 'GET, HEAD' } };
  }
  if (posting) return objection(world, asked, token, message, limits);
  const open = token === '' ? null : await disclosureByToken(world, token);
  if (!open) return html(asked, 404, messagePageHtml(asked.language, 'closed'));
  if (what === '.csv') return csv(open);
  const given = asked.query.get('after') ?? '0';
  const after = /^\d{1,9}$/.test(given) ? Number(given) : 0;
  const people = await open.people(after, PAGE + 1);
  return html(asked, 200, disclosurePageHtml(asked.language, token, open, people.slice(0, PAGE), people.length > PAGE));
}

function html({ language }: Asked, status: number, body: string): Reply {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': language === 'zh' ? 'zh-CN' : 'en',
      // The page holds names of a school: no index keeps it, no other page frames it.
      'x-robots-tag': 'noindex, nofollow, noarchive',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
      vary: 'Accept-Language',
    },
    body,
  };
}

function csv(open: OpenDisclosure): Reply {
  const name = `校内公开 ${open.resolutionNumber}.csv`;
  const headers = {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': dispositionOf(name),
    'x-robots-tag': 'noindex, nofollow, noarchive',
  };
  return { status: 200, headers, body: writeCsv(CSV_HEADER, rowsOf(open)) };
}

async function* rowsOf(open: OpenDisclosure): AsyncGenerator<string[]> {
  const level = levelOf(open);
  let after = 0;
  for (;;) {
    const people = await open.people(after, 1000);
    for (const person of people) yield shownRow(person, level);
    after = people.at(-1)?.rosterSequence ?? after;
    if (people.length < 1000) return;
  }
}

async function objection(
  world: World,
  asked: Asked,
  token: string,
  message: IncomingMessage,
  limits: BodyLimits,
): Promise<Reply> {
  const { language, address = '' } = asked;
  const type = asked.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') return html(asked, 415, messagePageHtml(language, 'form'));
  let form: URLSearchParams;
  try {
    form = new URLSearchParams((await readBody(message, { ...limits, most: FORM_BYTES })).toString('utf8'));
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
    return html(asked, 413, messagePageHtml(language, 'long'));
  }
  const text = (name: string) => form.get(name) ?? '';
  const sequence = /^\s*\d{1,9}\s*$/.test(text('sequence')) ? Number(text('sequence')) : 0;
  const sent = { sequence, reason: text('reason'), name: text('name'), contact: text('contact') };
  try {
    const { receipt } = await receiveObjection(world, token, sent, address);
    return html(asked, 201, messagePageHtml(language, 'received', [receipt]));
  } catch (error) {
    if (error instanceof NotFound) return html(asked, 404, messagePageHtml(language, 'closed'));
    if (!(error instanceof Refused)) throw error;
    const many = error.violations.some(({ code }) => code === 'objections-too-many');
    const sentences = error.violations.map((broken) => (language === 'zh' ? broken.message : broken.messageEn));
    const reply = html(asked, many ? 429 : 422, messagePageHtml(language, 'refused', sentences));
    return many ? { ...reply, headers: { ...reply.headers, 'retry-after': '3600' } } : reply;
  }
}
