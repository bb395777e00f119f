// Officers who try what is not theirs: another office, another institution, their own record, a session that is none.
import type { Answer } from '../api.ts';
import type { PlayedGroup } from './collect-group.ts';
import type { Kind } from './ledger.ts';
import { INSTITUTION, type Story } from './story.ts';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });

/** Tries everything on a batch of regular bachelors. */
export async function trespass(story: Story, { batch }: PlayedGroup): Promise<void> {
  const check = (officer: string) => () =>
    story.act(officer, 'crossCheckRecords', { batch, errorPolicy: 'SKIP_REFUSED' });
  await story.refused(
    kind('other-category', 'not-your-category', '别的部门管理的类别', 'a category of another office'),
    check('yanjiu.he'),
  );
  await story.refused(
    kind('other-institution', 'not-your-institution', '别的学校的人员', 'an officer of another institution'),
    check('donghai.he'),
  );
  await story.refused(
    kind('other-office', 'not-your-office', '不由本部门办理', 'a step of another kind of office'),
    check('sheng.shen'),
  );
  await story.refused(
    kind('other-duty', 'duty-missing', '没有校核职责', 'an officer without the duty'),
    check('jiaowu.cai'),
  );
  await story.refused(kind('auditor', 'read-only-duty', '监督人员办理', 'an auditor who acts'), check('jiancha'));
  const stale = { batch, expectedVersion: 99_999, errorPolicy: 'SKIP_REFUSED' };
  await story.refused(kind('stale', 'Stale', '按旧版本办理', 'acting on an old version'), () =>
    story.act('jiaowu.cai', 'reportBatch', stale),
  );
  const invalid = { batch: Buffer.from(`Batch:${INSTITUTION}/nothing`).toString('base64url') };
  await story.refused(kind('unknown-batch', 'NotFound', '不存在的批次', 'a batch that does not exist'), () =>
    story.act('jiaowu.he', 'openDisclosure', invalid),
  );
  if (!story.mistakes) return;
  await unseen(story, batch);
  const visitor = (token: string | null) => () => story.api.act(token, 'openDisclosure', { batch }, 'from');
  await story.refused(kind('no-session', 'UNAUTHENTICATED', '未登录', 'nobody signed in'), visitor(null));
  await story.refused(
    kind('wrong-session', 'UNAUTHENTICATED', '伪造的会话', 'a made-up session'),
    visitor('made-up-token'),
  );
  await story.refused(kind('ended-session', 'SESSION_EXPIRED', '已结束的会话', 'a session that is over'), async () => {
    const signedIn = await signIn(story, 'vermilion-trial');
    const token = String(signedIn.value.token);
    await story.api.query(token, 'mutation { signOut { ended } }');
    return visitor(token)();
  });
  const password = kind('password', 'sign-in-refused', '口令错误', 'a wrong password');
  await story.refused(password, () => signIn(story, 'wrong'));
}

function signIn(story: Story, password: string): Promise<Answer> {
  return story.api.act(null, 'signIn', { loginName: 'jiaowu.zhang', password }, 'token');
}

/** The other institution's officers do not even see that the batch exists. */
async function unseen(story: Story, batch: string): Promise<void> {
  const peep = kind('other-institution-reads', 'null', '别的学校的人员查看', 'another institution reading');
  story.ledger.plant(peep);
  const data = await story.query('donghai.xuewei', 'query($id: ID!) { batch(id: $id) { id } }', { id: batch });
  if (data.batch === null) story.ledger.find(peep.id);
  else story.ledger.miss(peep.id, 'the batch is shown');
}

/** The collector of a record tries to cross-check it. */
export async function checkOwnRecord(story: Story, officer: string, batch: string, record: string): Promise<void> {
  const own = kind(
    'own-record',
    'collector-may-not-cross-check',
    '采集人校核自己采集的信息',
    'the collector cross-checking their own record',
  );
  const input = { batch, records: [record], errorPolicy: 'ALL_OR_NOTHING' };
  await story.refused(own, () => story.act(officer, 'crossCheckRecords', input, 'checked'));
}
