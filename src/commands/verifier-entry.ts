// Where verifier/verify.mjs of an archive begins.
import { verifyFolder } from './verify-folder.ts';

process.exitCode = await verifyFolder(process.argv.slice(2));
