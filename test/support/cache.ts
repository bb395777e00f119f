// Where tests keep what is dear to make and never changes while its sources do not: beside this checkout's packages, not where others write.
import { fileURLToPath } from 'node:url';

/** Every name in it says by a digest what it was made of. */
export const CACHE = fileURLToPath(new URL('../../node_modules/.cache/vermilion', import.meta.url));
