// The certificate of destruction of an analysis dataset as the sealed PDF that was kept (R18.1): for whoever sees the dataset.
import type { World } from '../procedures/call.ts';
import { datasetScope } from '../procedures/datasets/dataset-scope.ts';
import { paperOfDataset } from '../store/datasets/destruction-papers.ts';
import { readFile } from '../store/stored-files.ts';
import { fileReply } from './file-reply.ts';
import { type Holder, keyIn, type Place } from './place.ts';
import type { Reply } from './reply.ts';
import type { Asked } from './request.ts';

/** Where the certificates are, beside the documents of applications. */
export const DESTRUCTION_PLACES: readonly Place[] = [
  { pattern: /^\/documents\/datasets\/([\w-]{1,200})\.pdf$/, answer: certificate },
];

/** @throws FileAltered when the kept bytes do not have their digest. NotFound for what is no id. */
async function certificate(world: World, asked: Asked, holder: Holder, [id = '']: string[]): Promise<Reply | null> {
  const { institution, id: datasetId } = keyIn(id, 'Dataset');
  const db = world.db.prisma;
  const scope = holder === 'link' ? {} : datasetScope(holder);
  const seen = await db.dataset.findFirst({
    where: { AND: [scope, { institution, id: datasetId }] },
    select: { id: true },
  });
  const digest = seen && (await paperOfDataset(db, institution, datasetId));
  const found = digest && (await readFile(db, { institution, digest, kinds: ['issued-document'] }, world.cipher));
  if (!found) return null;
  return fileReply(asked, { name: found.name, mediaType: found.mediaType, bytes: found.bytes, tag: digest });
}
