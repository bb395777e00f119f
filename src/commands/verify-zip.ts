// Verifying an archive in its ZIP, member by member: the whole table of contents is judged first, and nothing is unpacked to a disk.
import { FileProblem } from '../files/problems.ts';
import { openZip, type ZipLimits } from '../files/zip-entries.ts';
import { verifyArchive } from '../sealing/verify/archive.ts';
import type { ArchiveSource } from '../sealing/verify/archive-format.ts';
import { type Trust, unreadable, type Verdict } from '../sealing/verify/verdict.ts';
import { archiveOpener } from './archive-opener.ts';

/** A year of 200,000 records with their photos stays far below; what is made to hurt does not. */
const LIMITS: ZipLimits = {
  maxEntries: 4_000_000,
  maxEntryBytes: 1024 ** 3,
  maxTotalBytes: 256 * 1024 ** 3,
  maxRatio: 200,
};

/** The verdict on a ZIP file. Bombs, paths that lead out, two members of one name, encrypted or damaged ones are unreadable. */
export async function verifyZip(path: string, trust: Trust, passphrase: string | undefined): Promise<Verdict> {
  let zip: Awaited<ReturnType<typeof openZip>>;
  try {
    zip = await openZip({ path }, LIMITS);
  } catch (error) {
    const { zh, en } = error instanceof FileProblem ? error : { zh: 'ZIP 无法读取。', en: 'The ZIP cannot be read.' };
    return unreadable(`${zh} 未作验证。`, `${en} It was not verified.`);
  }
  try {
    const entries = new Map(zip.entries.filter(({ name }) => !name.endsWith('/')).map((entry) => [entry.name, entry]));
    const source: ArchiveSource = {
      paths: [...entries.keys()],
      async read(member) {
        const entry = entries.get(member);
        if (!entry) return undefined;
        try {
          const parts: Uint8Array[] = [];
          for await (const part of zip.stream(entry)) parts.push(part);
          return new Uint8Array(Buffer.concat(parts));
        } catch {
          return undefined; // damaged: as if it were not there
        }
      },
    };
    const open = passphrase === undefined ? undefined : await archiveOpener(source, passphrase);
    return await verifyArchive(open ? { ...source, open } : source, trust);
  } finally {
    zip.close();
  }
}
