// The student's page: served under a strict policy, and its script in a document of a browser's kind against the real server.
import { Window } from 'happy-dom';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerDispute } from '../../src/procedures/student/answer-dispute.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { scanPdf } from '../support/sample-files.ts';
import { linkTo } from '../support/student.ts';
import { until as comesTo } from '../support/until.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let test: TestWorld;
let api: TestApi;
let batch: Collected;
let page: Window;
const requested: string[] = [];
beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-23');
  api = await startApi(test);
});
afterAll(async () => {
  await api.close();
  await test.close();
});
beforeEach(async () => {
  batch = await collectedBatch(test, 2);
});
afterEach(() => page?.happyDOM.close());

const text = async (path: string) => (await fetch(api.url + path)).text();

/** The page at an address, with its script run as a browser runs it; what it asks of the server goes to the real one. */
async function visit(fragment: string, kept = ''): Promise<void> {
  page = new Window({ url: `${api.url}/s${fragment}` });
  const { document } = page;
  document.write((await text('/s')).replace(/<(?:script|link)[^>]*>(?:<\/script>)?/g, ''));
  if (kept !== '') page.sessionStorage.setItem('student-session', kept);
  const ask = (path: string, init: RequestInit) => {
    requested.push(path, String(init.body));
    return fetch(api.url + path, init);
  };
  const given = {
    ...{ document, sessionStorage: page.sessionStorage, location: page.location, history: page.history },
    ...{ fetch: ask, addEventListener: page.addEventListener.bind(page), FormData, URL },
  };
  page.HTMLElement.prototype.scrollIntoView = () => {};
  new Function(...Object.keys(given), await text('/s/app.js'))(...Object.values(given));
}

const shown = (selector: string) => page.document.querySelector(selector) as unknown as HTMLElement | null;
const visible = (id: string) => shown(`#${id}`)?.hidden === false;
const until = (what: () => boolean) => comesTo(what, () => page.document.body.textContent ?? '');
const buttonWith = (words: string) =>
  [...page.document.querySelectorAll('button')].find((one) => one.textContent?.includes(words)) as unknown as
    | HTMLButtonElement
    | undefined;
const message = () => shown('#message')?.textContent ?? '';

async function enter(at = 0): Promise<void> {
  await visit(`#${await linkTo(test, batch.recordIds[at] ?? '')}`);
  await until(() => visible('arrival'));
  buttonWith('查看我的信息')?.click();
  await until(() => visible('records') && shown('#records dl') !== null);
}

describe('The page as it is served', () => {
  it('runs only its own script, loads nothing from elsewhere, and is framed by nobody', async () => {
    for (const path of ['/s', '/s/app.js', '/s/app.css']) {
      const response = await fetch(api.url + path);
      expect(response.status, path).toBe(200);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
    const html = await text('/s');
    expect(html).not.toMatch(/<script(?![^>]*src=)|\son\w+=|style=|https?:/);
    expect(html.match(/(?:src|href)="[^"]*"/g)).toEqual(['href="/s/app.css"', 'src="/s/app.js"']);
    expect(html).toMatch(/<html lang="zh-CN">/);
    expect(html).toContain('name="viewport"');
    expect(await text('/s/app.js')).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function/,
    );
  });

  it('is only read, and there is nothing beside it', async () => {
    expect((await fetch(`${api.url}/s`, { method: 'POST', body: 'x' })).status).toBe(405);
    for (const path of ['/s/', '/s/other.js', '/sx']) expect((await fetch(api.url + path)).status, path).toBe(404);
  });
});

describe('The page at work', () => {
  it('takes the token out of the address before anything else and opens the link at a press', async () => {
    const token = await linkTo(test, batch.recordIds[0] ?? '');
    requested.length = 0;
    await visit(`#${token}`);
    expect(page.location.href).toBe(`${api.url}/s`);
    await until(() => visible('arrival'));
    expect(requested).toEqual([]);
    buttonWith('查看我的信息')?.click();
    await until(() => shown('#records dl') !== null);
    expect(page.document.body.textContent).toContain(batch.fields[0]?.name);
    expect(page.document.body.textContent).not.toContain(batch.fields[0]?.identityNumber);
    expect(requested.filter((one) => one.startsWith('/'))).toEqual(['/graphql', '/graphql']);
    expect(page.sessionStorage.getItem('student-session')).toMatch(/^student_/);
  });

  it('shows the own identity number at a press, and confirms', async () => {
    await enter();
    buttonWith('显示')?.click();
    await until(() => page.document.body.textContent?.includes(batch.fields[0]?.identityNumber ?? '-') === true);
    buttonWith('我确认')?.click();
    await until(() => message().includes('确认已登记'));
    expect(buttonWith('我确认')).toBeUndefined();
    expect(
      await test.world.db.prisma.studentConfirmation.count({ where: { recordId: batch.recordIds[0] ?? '' } }),
    ).toBe(1);
  });

  it('hands in a dispute with evidence and shows the answer', async () => {
    await enter(1);
    buttonWith('提交疑义')?.click();
    await until(() => message().includes('请先勾选'));
    const rows = [...page.document.querySelectorAll('dl > div')] as unknown as HTMLElement[];
    const row = rows.find((one) => one.textContent?.startsWith('论文题目'));
    const tick = row?.querySelector('input[type=checkbox]') as HTMLInputElement;
    tick.click();
    (row?.querySelector('.wrong input') as HTMLInputElement).value = '<img src=x onerror=alert(1)>';
    (row?.querySelector('textarea') as HTMLTextAreaElement).value = '题目误录';
    const files = shown('input[type=file]') as HTMLInputElement;
    Object.defineProperty(files, 'files', { value: [new File([Uint8Array.from(scanPdf('封面'))], '封面.pdf')] });
    buttonWith('提交疑义')?.click();
    await until(() => message().includes('疑义已提交'));
    expect(shown('#records')?.querySelector('img[onerror]')).toBeNull();
    const dispute = await test.world.db.prisma.studentDispute.findFirstOrThrow({
      where: { recordId: batch.recordIds[1] ?? '' },
    });
    expect(dispute.evidence).toHaveLength(1);
    await answerDispute(test.callAs('jiaowu.cai'), {
      ...{ institution: HERE, disputeId: dispute.id, accepted: false, answer: '与存档原件一致' },
    });
    await visit('', page.sessionStorage.getItem('student-session') ?? '');
    await until(() => page.document.body.textContent?.includes('与存档原件一致') === true);
    expect(page.document.body.textContent).toContain('未采纳');
  });

  it('says what is wrong with a used link, and signs in with the own password', async () => {
    await enter();
    const form = shown('#password') as HTMLFormElement;
    (form.elements.namedItem('password') as HTMLInputElement).value = 'hai-dai-wan-2026';
    form.dispatchEvent(new page.Event('submit', { cancelable: true }) as unknown as Event);
    await until(() => message().includes('密码已设置'));
    buttonWith('退出')?.click();
    await until(() => visible('door'));
    expect(page.sessionStorage.getItem('student-session')).toBeNull();
    const used = await test.world.db.prisma.studentLink.findFirstOrThrow({
      where: { recordId: batch.recordIds[0] ?? '' },
    });
    const { linkToken } = await import('../../src/procedures/student/issue-links.ts');
    await visit(`#${linkToken(test.world, used)}`);
    buttonWith('查看我的信息')?.click();
    await until(() => message().includes('已经使用过'));
    expect(visible('door')).toBe(true);
    const door = shown('#sign-in') as HTMLFormElement;
    const put = (name: string, value: string) => {
      (door.elements.namedItem(name) as HTMLInputElement).value = value;
    };
    put('institution', HERE);
    put('number', batch.fields[0]?.studentNumber ?? '');
    put('password', 'hai-dai-wan-2026');
    door.dispatchEvent(new page.Event('submit', { cancelable: true }) as unknown as Event);
    await until(() => visible('records'));
    expect(page.document.body.textContent).toContain(batch.fields[0]?.name);
  });
});
