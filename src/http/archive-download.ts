// The file of an original-record archive: by a session, or by a link that names the officer it was made for, so that it is known who fetched it.
import { decodeGlobalId, uuidOf } from '../graphql/global-id.ts';
import { openArchive } from '../procedures/archive/open-archive.ts';
import type { Actor, World } from '../procedures/call.ts';
import { actorOfOfficer } from '../procedures/offices/sign-in.ts';
import { streamReply } from './file-reply.ts';
import { type Holder, keyIn, type Place } from './place.ts';
import type { Reply } from './reply.ts';
import type { Asked } from './request.ts';

/** Their addresses. */
export const ARCHIVE_PLACES: readonly Place[] = [
  { pattern: /^\/archives\/([\w-]{1,200})\.zip$/, answer: bySession },
  { pattern: /^\/archives\/([\w-]{1,200})\/for\/([\w-]{1,200})\.zip$/, answer: byLink },
];

async function bySession(world: World, asked: Asked, holder: Holder, [id = '']: string[]): Promise<Reply | null> {
  return holder === 'link' ? null : send(world, asked, holder, id);
}

/** Only as a signed link: the signature covers the officer whom it was made for. */
async function byLink(
  world: World,
  asked: Asked,
  holder: Holder,
  [id = '', officer = '']: string[],
): Promise<Reply | null> {
  if (holder !== 'link') return null;
  const { typename, id: local } = decodeGlobalId(officer);
  const actor = typename === 'Officer' ? await actorOfOfficer(world, uuidOf(local)) : null;
  return actor && send(world, asked, actor, id);
}

async function send(world: World, asked: Asked, actor: Actor, id: string): Promise<Reply> {
  const { row, bytes } = await openArchive(world, actor, keyIn(id, 'ArchiveExport'));
  return streamReply(asked, {
    name: `${row.title}.zip`,
    tag: row.fileDigest,
    mediaType: 'application/zip',
    bytes: bytes(),
  });
}
