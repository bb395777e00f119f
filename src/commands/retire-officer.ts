// `retire-officer <loginName>`: someone has left; what they did stays, they sign in no more.
import { retire as retireOfficer } from '../procedures/offices/set-password.ts';
import { withDatabase } from './database.ts';

/** Exit code 0 when the officer is retired, 1 for an unknown officer, 2 for a bad call. */
export async function retire(args: string[]): Promise<number> {
  const [loginName, ...more] = args;
  if (!loginName || more.length > 0) {
    console.error('用法：retire-officer <登录名>。');
    console.error('Usage: retire-officer <loginName>');
    return 2;
  }
  if (!(await withDatabase((db) => retireOfficer(db, loginName)))) {
    console.error(`没有登录名为 ${loginName} 的人员。`);
    console.error(`No officer has the login name ${loginName}.`);
    return 1;
  }
  console.log(`${loginName} 已停用，会话已全部结束。`);
  console.log(`${loginName} is retired and all their sessions have ended.`);
  return 0;
}
