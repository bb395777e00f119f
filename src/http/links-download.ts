// The mailing sheet of one-time links: only by the address that a sealed step gave out (R21.1).

import type { World } from '../procedures/call.ts';
import { LINK_SHEET_HEADER, linkSheetRows } from '../procedures/student/export-links.ts';
import { type Holder, keyIn, type Place } from './place.ts';
import { type Reply, refusal } from './reply.ts';
import type { Asked } from './request.ts';
import { type TableFormat, tableReply } from './table-download.ts';

const REASON_NEEDED = {
  zh: '链接清单含敏感信息，请先通过 exportLinks 说明理由，再用所得地址下载。',
  en: 'The sheet of links shows secrets: ask for it by exportLinks with a reason, and use the address that it gives.',
};

/** The mailing sheet of links: only by the address that the sealed step `exportLinks` gave out, never by a session alone (R21.1). */
async function links(
  world: World,
  asked: Asked,
  holder: Holder,
  [id = '', format = '']: string[],
): Promise<Reply | null> {
  if (holder !== 'link') return refusal(asked, 403, 'REASON_NEEDED', REASON_NEEDED);
  const { institution, id: jobId } = keyIn(id, 'Job');
  const rows = linkSheetRows(world, institution, jobId);
  return tableReply(format as TableFormat, '本人确认链接清单', LINK_SHEET_HEADER, rows);
}

/** Where the sheet is. */
export const LINK_PLACES: readonly Place[] = [{ pattern: /^\/links\/([\w-]{1,200})\.(csv|xlsx)$/, answer: links }];
