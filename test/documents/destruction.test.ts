// Article 18: the certificate that an analysis dataset was destroyed, as a letter of two pages whatever became of the dataset.
import { beforeAll, describe, expect, it } from 'vitest';
import { type FontSet, loadFonts } from '../../src/documents/fonts/fonts.ts';
import { spelledOut } from '../../src/documents/printable.ts';
import { renderLetter } from '../../src/documents/render.ts';
import { type DestructionData, destructionCertificate } from '../../src/documents/wording/wording-destruction.ts';
import { has, needing } from '../support/outside.ts';
import { judge, objectsOf, textOf } from './judges.ts';

let fonts: FontSet;
beforeAll(async () => {
  fonts = await loadFonts();
});

const digest = 'dbcc094b2f20bb87d6bc4ec63b99e1a063f1d24adb85426a665062804c50842a';
function certificateOf(more: Partial<DestructionData> = {}) {
  return destructionCertificate({
    ...{ institutionName: '聊城大学', senderName: '聊城大学学位评定委员会办公室', date: '2026-10-01' },
    ...{ documentNumber: '聊大学位办函〔2026〕13号', datasetId: '01a2b3c4-1111-7222-8333-444455556666' },
    ...{ organisationName: '山东教育评估研究院', organisationCode: '91350100M000100Y43', purpose: '学位授予质量评价' },
    ...{ fields: ['性别', '民族', '出生日期'], categories: ['普通高等教育本科学士'], yearFrom: 2024, yearUntil: 2026 },
    ...{ k: 5, l: 2, t: null, firstDay: '2026-07-01', lastDay: '2026-09-30', agreementDigest: digest },
    ...{ generatedAt: '2026-06-25 10:12', rows: 1187, readings: 14, destroyedAt: '2026-10-01 00:05', before: null },
    ...{ contentDigest: digest, reportDigest: digest, boxesDigest: digest },
    seal: { text: '聊城大学学位评定委员会办公室', diameterMm: 42, demo: true },
    verification: { code: '7QK3-M9TD-2F8A', url: 'https://degrees.example/v/7QK3-M9TD-2F8A', dataDigest: digest },
    machineData: { rows: 1187 },
    ...more,
  });
}
const NEVER_MADE = {
  ...{ generatedAt: null, rows: 0, readings: 0, contentDigest: null, reportDigest: null, boxesDigest: null },
} as const;
const EARLY = { before: { officerName: '管学', reason: '申请单位来函说明研究已经结束。' } } as const;
const render = (more: Partial<DestructionData> = {}, draft = false) =>
  renderLetter(certificateOf(more), { fonts, draft, createdAt: new Date('2026-09-30T16:05:00Z') });
const said = (more: Partial<DestructionData> = {}) => JSON.stringify(certificateOf(more));

describe('Article 18: the certificate of a destruction', () => {
  it('has the same bytes for the same destruction', async () => {
    const one = await render();
    expect(Buffer.compare(await render(), one)).toBe(0);
    expect(Buffer.compare(await render({ rows: 1188 }), one)).not.toBe(0);
  });

  it('says how it came to it, who did it and why', () => {
    expect(said()).toContain(
      '使用期限届满，信息系统按照审批决定自动予以销毁。全部数据行和解密密钥已在同一次操作中删除',
    );
    expect(said()).not.toContain('提前');
    expect(said(EARLY)).toContain('在使用期限届满前销毁，原因见附件。');
    for (const part of ['提前销毁', '管学', '申请单位来函说明研究已经结束']) expect(said(EARLY)).toContain(part);
  });

  it('claims nothing of a dataset that was never made', () => {
    const letter = said({ ...NEVER_MADE, ...EARLY });
    expect(letter).toContain('尚未生成，没有数据');
    for (const part of ['密钥', '已经下载', '共0行']) expect(letter).not.toContain(part);
  });

  it('spells out what no face has, and nothing else', () => {
    expect(spelledOut(fonts, '张\u{e000}三·A')).toBe('张〔U+E000〕三·A');
    expect(spelledOut(fonts, '山东教育评估研究院')).toBe('山东教育评估研究院');
  });

  it.skipIf(!has('qpdf'))(
    needing('qpdf', 'is sound, on two pages; long names and reasons go on on more, nothing is cut'),
    async () => {
      const pagesOf = (bytes: Uint8Array) =>
        [...objectsOf(bytes).values()].filter(
          (one) => one !== null && typeof one === 'object' && !Array.isArray(one) && one['/Type'] === '/Page',
        ).length;
      for (const more of [{}, EARLY, { ...NEVER_MADE, ...EARLY }]) {
        const bytes = await render(more);
        expect(judge(bytes, 'qpdf', ['--check', '{}'])).toContain('No syntax or stream encoding errors');
        expect(pagesOf(bytes)).toBe(2);
      }
      const organisationName = '新疆维吾尔自治区克孜勒苏柯尔克孜自治州高等教育质量监测与评估研究中心（阿克陶县分中心）';
      const reason = `${'研究已经结束，申请提前销毁；'.repeat(60)}完。`;
      const long = await render({ organisationName, before: { officerName: '买买提·吐尔逊·阿卜杜拉', reason } });
      expect(judge(long, 'qpdf', ['--check', '{}'])).toContain('No syntax or stream encoding errors');
      expect(pagesOf(long)).toBeLessThanOrEqual(6);
      if (!has('pdftotext')) return;
      const text = textOf(long);
      expect(text.split('研究已经结束').length - 1).toBe(60);
      expect(text).toContain(`${organisationName}：`);
    },
  );

  it.skipIf(!has('pdftotext'))(needing('pdftotext', 'prints what the sheet holds, and how to check it'), async () => {
    const text = textOf(await render(EARLY));
    for (const part of [
      '91350100M000100Y43',
      '01a2b3c4-1111',
      '2026年7月1日至2026年9月30日',
      'DBCC094B…',
      '特此证明。',
    ]) {
      expect(text).toContain(part);
    }
    for (const part of ['电子文件核验', '7QK3-M9TD-2F8A', 'https://degrees.example/v/']) expect(text).toContain(part);
    expect(textOf(await render({}, true))).not.toContain('7QK3-M9TD-2F8A');
  });
});
