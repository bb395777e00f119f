// The finished file, judged from outside: qpdf for its structure, poppler for its text and fonts.
import { beforeAll, describe, expect, it } from 'vitest';
import { type FontSet, loadFonts, MissingGlyph } from '../../src/documents/fonts/fonts.ts';
import { renderApplication } from '../../src/documents/render.ts';
import { has, needing } from '../support/outside.ts';
import { judge, objectsOf, type Shown, textOf } from './judges.ts';
import { people, sample } from './sample.ts';

const createdAt = new Date('2026-03-18T02:00:00Z');
let fonts: FontSet;
let sealed: Uint8Array;
let draft: Uint8Array;

const render = (count: number, isDraft = false, more = {}) =>
  renderApplication('supplementary-report', sample(count, more), { fonts, draft: isDraft, createdAt });

beforeAll(async () => {
  fonts = await loadFonts();
  sealed = await render(3);
  draft = await render(3, true);
});

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const count = (text: string, part: string) => text.split(part).length - 1;

describe('the bytes', () => {
  it('are the same for the same input and date', async () => {
    expect(Buffer.compare(await render(3), sealed)).toBe(0);
    expect(Buffer.compare(await render(3, true), draft)).toBe(0);
    const other = await renderApplication('supplementary-report', sample(3), {
      fonts,
      draft: false,
      createdAt: new Date(0),
    });
    expect(Buffer.compare(other, sealed)).not.toBe(0);
  });

  it('do not depend on what was printed before', async () => {
    await render(40, false, { reason: '㛃䶮垚喆。' });
    expect(Buffer.compare(await render(3), sealed)).toBe(0);
  });

  it('have one revision with a classic cross-reference table and no object streams', () => {
    const text = latin1(sealed);
    expect(count(text, '%%EOF')).toBe(1);
    expect(count(text, '\nxref\n')).toBe(1);
    expect(text).not.toContain('/ObjStm');
    expect(text).not.toContain('/NeedAppearances');
  });

  it('hold exactly one place for a signature, at fixed width', () => {
    const text = latin1(sealed);
    expect(count(text, '/ByteRange [0 9999999999 9999999999 9999999999]')).toBe(1);
    expect(count(text, `/Contents <${'0'.repeat(16384)}>`)).toBe(1);
    expect(text).toContain('/SubFilter /ETSI.CAdES.detached');
    expect(text).toContain('/M (D:20260318020000Z)');
  });

  it('of a draft hold neither field nor seal', () => {
    const text = latin1(draft);
    for (const part of ['/ByteRange', '/AcroForm', '/Perms', '/Widget', '/Multiply']) expect(text).not.toContain(part);
  });

  it('escape what would break the XMP packet', async () => {
    const bytes = await render(1, false, { institutionName: 'A&B<大学>' });
    expect(Buffer.from(bytes).toString('utf8')).toContain('A&amp;B&lt;大学&gt;');
  });
});

describe('the structure', () => {
  it.skipIf(!has('qpdf'))(
    needing('qpdf', 'passes qpdf --check, sealed and draft, with 1, 40 and 1000 people'),
    async () => {
      for (const bytes of [sealed, draft, await render(1), await render(40), await render(1000)]) {
        expect(judge(bytes, 'qpdf', ['--check', '{}'])).toContain('No syntax or stream encoding errors');
      }
    },
  );

  it.skipIf(!has('qpdf'))(needing('qpdf', 'has everything that PDF/A-3a asks of the catalog'), () => {
    const objects = objectsOf(sealed);
    const at = (value: Shown | undefined): Record<string, Shown> => resolve(objects, value);
    const catalog = at(at(objects.get('trailer'))['/Root']);
    expect(catalog['/Lang']).toBe('u:zh-CN');
    expect(at(catalog['/MarkInfo'])['/Marked']).toBe(true);
    expect(at((at(catalog)['/OutputIntents'] as Shown[])[0])['/S']).toBe('/GTS_PDFA1');
    const attached = at((catalog['/AF'] as Shown[])[0]);
    expect(attached['/AFRelationship']).toBe('/Source');
    const form = at(catalog['/AcroForm']);
    expect(form['/SigFlags']).toBe(3);
    const fields = form['/Fields'] as Shown[];
    expect(fields).toHaveLength(1);
    const field = at(fields[0]);
    expect(field['/FT']).toBe('/Sig');
    expect(at(field['/V'])['/Filter']).toBe('/Adobe.PPKLite');
    expect(at(catalog['/Perms'])['/DocMDP']).toBe(field['/V']);
    expect(at(at(field['/AP'])['/N'])['/Subtype']).toBe('/Form');
    const elements = [...objects.values()].map((value) => at(value)['/S']);
    for (const type of ['/H1', '/H2', '/P', '/L', '/Table', '/TH', '/TD', '/Figure', '/Form'])
      expect(elements).toContain(type);
  });

  it.skipIf(!has('qpdf'))(
    needing('qpdf', 'marks every element with content that its parent tree leads back to'),
    () => {
      const objects = objectsOf(sealed);
      const at = (value: Shown | undefined): Record<string, Shown> => resolve(objects, value);
      const root = at(at(at(objects.get('trailer'))['/Root'])['/StructTreeRoot']);
      const nums = at(root['/ParentTree'])['/Nums'] as Shown[];
      const pages = nums.length / 2 - 1;
      expect(nums.filter((_, index) => index % 2 === 0)).toEqual([...Array(pages + 1).keys()]);
      for (let page = 0; page < pages; page++) {
        const owners = nums[page * 2 + 1] as string[];
        owners.forEach((owner, mcid) => {
          const element = at(owner);
          const kids = [element['/K']].flat();
          const mine = kids.some((kid) => kid === mcid || at(kid)['/MCID'] === mcid);
          expect(mine).toBe(true);
        });
      }
      expect(at(nums[pages * 2 + 1])['/S']).toBe('/Form');
    },
  );

  it.skipIf(!has('pdffonts'))(needing('pdffonts', 'embeds every font as a subset with a map to Unicode'), () => {
    const rows = judge(sealed, 'pdffonts', ['{}']).trim().split('\n').slice(2);
    expect(rows.length).toBeGreaterThanOrEqual(4);
    for (const row of rows) expect(row).toMatch(/Identity-H\s+yes yes yes/);
  });
});

describe('R11.6: what is read', () => {
  it.skipIf(!has('pdftotext'))(needing('pdftotext', 'the document says what the data says'), () => {
    const text = textOf(sealed);
    for (const part of [
      '聊城大学关于补报硕士学位授予信息的请示',
      '山东省学位委员会办公室：',
      '最迟应于2026年1月10日上报',
      '至今逾期67日',
      '信息由王立新采集、刘㛃校核，采集与校核由不同人员完成。',
      '妥否，请批示。',
      '附件：1.学位授予信息补报申请表',
      '2.申请补报学位获得者名单（3人）',
      '3.学位评定委员会授予学位的决议（聊大学位〔2025〕17号）扫描件',
      '2026年3月18日',
      '（联系人：王立新，联系电话：0635-8230000）',
      '（共3人，以下空白）',
      '核验码：7QK3-M9TD-2F8A',
      '—2—',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('—1—');
    expect(text).not.toContain('草稿');
    expect(text).not.toContain('演示');
  });

  it.skipIf(!has('pdftotext'))(needing('pdftotext', 'a draft says that it is one and gives no code to check'), () => {
    const text = textOf(draft);
    expect(text).toContain('本件未加盖电子印章');
    expect(text).not.toContain('核验码');
  });

  it.skipIf(!has('pdftotext'))(needing('pdftotext', 'rare names come back as they were written'), async () => {
    // 兀 and its compatibility twin, 一 and the radical ⼀ share a glyph in the face: each must come back as itself.
    const names = ['张㛃', '李䶮', '王𰻝', '阿卜杜拉·买买提江', 'Nguyễn', '丁兀', '丁\ufa0c', '丁一', '丁⼀', '垚喆'];
    const bytes = await render(names.length, false, {
      people: people(names.length).map((person, index) => ({ ...person, name: names[index] ?? '' })),
    });
    const text = textOf(bytes);
    for (const name of names) expect(text).toContain(name);
  });

  it.skipIf(!has('pdftotext'))(needing('pdftotext', 'nobody is lost from a list of 1000'), async () => {
    const text = textOf(await render(1000));
    for (const person of people(1000)) expect(text).toContain(person.certificateNumber);
    expect(text).toContain('（共1000人，以下空白）');
  });

  it.skipIf(!has('qpdf'))(needing('qpdf', 'the attached data is the canonical JSON'), () => {
    const data = judge(sealed, 'qpdf', ['--show-attachment=data.json', '{}']);
    expect(data).toBe('{"kind":"supplementary-report","people":3,"乙":null,"甲":[1,true,"㛃"]}');
  });

  it.skipIf(!has('pdftotext'))(
    needing('pdftotext', 'a long reason in several paragraphs keeps the signature with its text'),
    async () => {
      const paragraph = '因业务系统更换，原系统中的学籍学历信息未能及时迁移，经多次核对方告完成。'.repeat(4);
      for (const paragraphs of [1, 2, 3, 5, 8, 13]) {
        const reason = Array(paragraphs).fill(paragraph).join('\n\n');
        const { contact: _, ...rest } = sample(2, { reason });
        const bytes = await renderApplication('supplementary-report', rest, { fonts, draft: false, createdAt });
        const pages = judge(bytes, 'pdftotext', ['-raw', '{}', '-'])
          .split('\f')
          .map((page) => page.replace(/\s/g, ''));
        const signature = pages.find((page) => page.includes('2026年3月18日'));
        expect(signature).toContain('妥否，请批示。');
      }
    },
  );

  it.skipIf(!has('pdftotext'))(
    needing('pdftotext', 'with a signer the red head of an upward document is used'),
    async () => {
      const text = textOf(await render(1, false, { signer: '李某某' }));
      expect(text).toContain('签发人：李某某');
      expect(text).toContain('—1—');
    },
  );

  it('a character without a glyph stops the printing and is named', async () => {
    const list = people(2).map((person) => ({ ...person, name: '张𪚥' }));
    await expect(render(2, false, { people: list })).rejects.toBeInstanceOf(MissingGlyph);
  });
});

function resolve(objects: Map<string, Shown>, value: Shown | undefined): Record<string, Shown> {
  const found = typeof value === 'string' ? (objects.get(value) ?? null) : (value ?? null);
  return found !== null && typeof found === 'object' && !Array.isArray(found) ? found : {};
}
