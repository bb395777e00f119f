// The pages for people in a real browser on a phone: they work under their own policy, ask nobody else, and never scroll sideways.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalId } from '../../src/graphql/global-id.ts';
import { startApi, type TestApi } from '../support/api.ts';
import {
  BROWSER_MISSING,
  BROWSER_PATH,
  overhang,
  startBrowser,
  type WatchedPage,
  watchedPage,
} from '../support/browser.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { scanPdf } from '../support/sample-files.ts';
import { bringTo } from '../support/stages.ts';
import { linkTo } from '../support/student.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
let api: TestApi;
let browser: Browser;
let batch: Collected;
let watched: WatchedPage;

const judged = describe.skipIf(BROWSER_PATH === undefined);

/** Opens an address; the page is closed with the next one. */
async function visit(path: string, locale?: string): Promise<WatchedPage> {
  await watched?.context.close();
  watched = await watchedPage(browser, api.url, locale);
  await watched.page.goto(api.url + path);
  return watched;
}

function expectNoComplaint(): void {
  expect(watched.complaints).toEqual([]);
  expect(watched.strangers).toEqual([]);
}

beforeAll(async () => {
  if (BROWSER_PATH === undefined) return;
  world = await testWorld();
  world.setClock('2026-06-23');
  api = await startApi(world, { graphiql: true });
  batch = await collectedBatch(world, 3);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
  await world?.close();
});

judged(`The student's page in a browser${BROWSER_MISSING}`, () => {
  it('opens the link once, shows the own record, reveals the own number, confirms', async () => {
    const token = await linkTo(world, batch.recordIds[0] ?? '');
    const { page, context } = await visit(`/s#${token}`);
    expect(page.url()).toBe(`${api.url}/s`);
    await page.getByRole('button', { name: '查看我的信息' }).click();
    await page
      .getByText(batch.fields[0]?.name ?? '-')
      .first()
      .waitFor();
    const { identityNumber = '-' } = batch.fields[0] ?? {};
    expect(await page.textContent('body')).not.toContain(identityNumber);
    expect(await overhang(page)).toBe(0);
    expect(await page.evaluate('[...document.images].map((image) => image.naturalWidth)')).toEqual([150]);
    await page.getByRole('button', { name: '显示' }).first().click();
    await page.getByText(identityNumber).waitFor();
    await page.getByRole('button', { name: '我确认' }).click();
    await page.getByText('确认已登记').waitFor();
    expect(await overhang(page)).toBe(0);
    expect(await context.cookies()).toEqual([]);
    expectNoComplaint();
    await page.goto(`${api.url}/s#${token}`);
    await page.reload();
    expect(await page.textContent('body')).not.toContain(token);
  });

  it('hands in a dispute with a file, and what looks like markup stays text', async () => {
    const { page } = await visit(`/s#${await linkTo(world, batch.recordIds[1] ?? '')}`);
    await page.getByRole('button', { name: '查看我的信息' }).click();
    const row = page.locator('dl > div', { hasText: '论文题目' });
    await row.locator('input[type=checkbox]').check();
    await row.locator('.wrong input').fill('<img src=x onerror="document.title=1">');
    await row.locator('textarea').fill('题目误录，以封面为准');
    expect(await overhang(page)).toBe(0);
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        ...{ name: '论文封面.pdf', mimeType: 'application/pdf', buffer: Buffer.from(scanPdf('封面')) },
      });
    await page.getByRole('button', { name: '提交疑义' }).click();
    await page.getByText('疑义已提交').waitFor();
    expect(await page.title()).toBe('学位授予信息本人确认');
    expect(await page.locator('#records img[onerror]').count()).toBe(0);
    const where = { recordId: batch.recordIds[1] ?? '' };
    expect((await world.world.db.prisma.studentDispute.findFirstOrThrow({ where })).evidence).toHaveLength(1);
    expectNoComplaint();
  });

  it('can be used with the keyboard alone', async () => {
    const { page } = await visit(`/s#${await linkTo(world, batch.recordIds[2] ?? '')}`);
    await page.getByRole('button', { name: '查看我的信息' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page
      .getByText(batch.fields[2]?.name ?? '-')
      .first()
      .waitFor();
    const reached: string[] = [];
    for (let time = 0; time < 80 && !reached.some((text) => text.includes('我确认')); time++) {
      await page.keyboard.press('Tab');
      reached.push((await page.evaluate('document.activeElement?.textContent')) as string);
    }
    expect(reached.at(-1)).toContain('我确认');
    await page.keyboard.press('Enter');
    await page.getByText('确认已登记').waitFor();
    expectNoComplaint();
  });
});

judged(`What anybody can open, in a browser${BROWSER_MISSING}`, () => {
  it('the page of a disclosure: masked names, the table, an objection from the form', async () => {
    const content = { nameMask: 'family-name' };
    await world.world.db.prisma.policy.create({ data: { institution: HERE, effectiveFrom: '2026-01-01', content } });
    const other = await collectedBatch(world, 3);
    await bringTo(world, other, 'disclosing');
    const input = { batch: globalId('Batch', { institution: HERE, id: other.batchId }) };
    const query = `mutation ($input: DisclosureLinkInput!) { disclosureLink(input: $input) {
      ... on DisclosureLinkSuccess { link { url } } } }`;
    const { data } = await api.ask(query, { as: 'jiaowu.he', variables: { input } });
    const { page } = await visit(new URL(data.disclosureLink.link.url).pathname);
    expect(await page.textContent('body')).not.toContain(other.fields[0]?.name ?? '-');
    expect(await overhang(page)).toBe(0);
    await page.locator('[name=sequence]').fill('2');
    await page.locator('[name=reason]').fill('专业名称与培养方案不一致');
    await page.locator('[name=name]').fill('王同学');
    await page.locator('[name=contact]').fill('wang@example.cn');
    await page.locator('form button').click();
    await page.getByText(/YY-[0-9A-F]{12}/).waitFor();
    expect(await overhang(page)).toBe(0);
    expectNoComplaint();
  });

  it('the page that checks a printed code, in both languages', async () => {
    for (const [locale, title] of [
      ['zh-CN', '公文核验'],
      ['en-GB', 'document'],
    ] as const) {
      const { page } = await visit('/v/', locale);
      expect((await page.textContent('body'))?.toLowerCase()).toContain(title);
      await page.locator('input').first().fill('2222-2222-2222');
      await page.locator('form button').click();
      await page.waitForURL(/code=/);
      expect(await overhang(page)).toBe(0);
      // The answer to an unknown code is 404, which the browser notes.
      expect(watched.complaints.filter((one) => !one.includes('404'))).toEqual([]);
      expect(watched.strangers).toEqual([]);
    }
  });

  it('GraphiQL answers a query and loads nothing from elsewhere', async () => {
    const { page } = await visit('/graphql');
    const query = '{ __typename }';
    const answer = await page.evaluate(
      async (text) =>
        (
          await fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: text })
        ).json(),
      JSON.stringify({ query }),
    );
    expect(answer).toEqual({ data: { __typename: 'Query' } });
    await page.locator('.graphiql-container').first().waitFor();
    await page.getByText('mutation SignIn').first().waitFor();
    expect(watched.strangers).toEqual([]);
    expect(watched.complaints).toEqual([]);
  });
});
