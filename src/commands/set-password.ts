// `set-password <loginName>`: a new password for one officer; made at random and printed once, or the one that is given.
import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { setOfficerPassword } from '../procedures/offices/set-password.ts';
import { withDatabase } from './database.ts';

/**
 * The password comes from VERMILION_NEW_PASSWORD, with `--stdin` from standard input, else it is made here. Never from the
 * arguments, which other users of the machine can see. Exit code 0 when set, 1 for an unknown officer, 2 for a bad call.
 */
export async function setPassword(args: string[]): Promise<number> {
  const fromInput = args.includes('--stdin');
  const [loginName, ...more] = args.filter((word) => word !== '--stdin');
  if (!loginName || more.length > 0) {
    console.error('用法：set-password <登录名> [--stdin]；也可由 VERMILION_NEW_PASSWORD 给出新口令。');
    console.error('Usage: set-password <loginName> [--stdin]; VERMILION_NEW_PASSWORD may give the new password.');
    return 2;
  }
  const given = fromInput ? (await text(process.stdin)).replace(/\r?\n$/, '') : process.env.VERMILION_NEW_PASSWORD;
  const password = given ?? randomBytes(15).toString('base64url');
  const outcome = await withDatabase((db) => setOfficerPassword(db, loginName, password));
  switch (outcome.kind) {
    case 'refused':
      for (const { zh, en } of outcome.problems) console.error(`- ${zh}\n  ${en}`);
      return 2;
    case 'no-such-officer':
      console.error(`没有登录名为 ${loginName} 的人员。`);
      console.error(`No officer has the login name ${loginName}.`);
      return 1;
    case 'done':
      if (given === undefined) console.log(`${loginName}\t${password}`);
      console.error(`口令已更换，账户已解锁，${loginName} 的会话已全部结束。`);
      console.error(`The password is set, the account unlocked, and all sessions of ${loginName} have ended.`);
      return 0;
  }
}
