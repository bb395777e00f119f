// Which stored files an officer may have (R4.2): those that something they see rests on. Uploaded tables of people are never given back.
import type { FileFacts } from '../store/stored-files.ts';
import type { Actor, World } from './call.ts';
import { applicationScope, recordScope, resolutionScope } from './read-access.ts';

/** Facts of a file that the officer may have, without its bytes; null when there is none or they may not. */
export async function findVisibleFile(
  world: Pick<World, 'db'>,
  actor: Actor,
  institution: string,
  digest: string,
): Promise<FileFacts | null> {
  const db = world.db.prisma;
  const found = await db.storedFile.findUnique({
    where: { institution_digest: { institution, digest } },
    select: { institution: true, digest: true, kind: true, name: true, mediaType: true, size: true },
  });
  if (!found) return null;
  const applications = applicationScope(actor);
  const wholeRoster =
    actor.institution === null || actor.officeKind === 'degree-office' || actor.duties.includes('audit');
  const resolutionFiles = [{ scanDigest: digest }, ...(wholeRoster ? [{ rosterDigest: digest }] : [])];
  const seen = await Promise.all([
    db.resolution.findFirst({
      where: { AND: [resolutionScope(actor), { institution, OR: resolutionFiles }] },
      select: { id: true },
    }),
    db.writtenApplication.findFirst({
      where: { AND: [applications, { institution, OR: [{ pdfDigest: digest }, { decisionFileDigest: digest }] }] },
      select: { id: true },
    }),
    db.evidence.findFirst({
      where: { institution, fileDigest: digest, application: applications },
      select: { position: true },
    }),
    found.kind === 'photo'
      ? db.degreeRecord.findFirst({
          where: { AND: [recordScope(actor), { institution, photoDigest: digest }] },
          select: { id: true },
        })
      : null,
  ]);
  return seen.some((row) => row !== null) ? found : null;
}
