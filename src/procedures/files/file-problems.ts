// Files that are not what was asked for come out of procedures as refusals.
import { FileProblem } from '../../files/problems.ts';
import { fileViolation } from '../../regulation/files.ts';
import { violation } from '../../regulation/violations.ts';
import { FileAltered } from '../../store/stored-files.ts';
import { Refused } from '../errors.ts';

/**
 * Runs work on a file; what is wrong with the file comes out as {@link Refused}, with the sentence of the file problem.
 * @param article which asks for a file of this kind; what is unsafe is so under article 21 whatever it is for
 */
export async function refusingBadFiles<T>(path: string, work: () => Promise<T>, article?: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FileProblem) {
      const broken = fileViolation(error);
      throw new Refused([article && broken.code !== 'file-unsafe' ? { ...broken, article } : broken]);
    }
    if (error instanceof FileAltered) throw new Refused([violation('file-altered', path, { found: error.digest })]);
    throw error;
  }
}
