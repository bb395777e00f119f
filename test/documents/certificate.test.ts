// Article 11(7): the page of a certificate, judged from outside; and what it never has: a seal, a signature, a name cut short.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CertificateContent, renderCertificate } from '../../src/documents/certificate/certificate.ts';
import { setCertificate, TextsDoNotFit } from '../../src/documents/certificate/certificate-set.ts';
import { packagedPath } from '../../src/documents/fonts/font-files.ts';
import { type FontSet, loadFonts, MissingGlyph } from '../../src/documents/fonts/fonts.ts';
import { PDF_A_1B, PDF_A_3A } from '../../src/documents/pdf/pdf-file.ts';
import { readRaster } from '../../src/documents/pdf/raster.ts';
import { defaultLayout } from '../../src/regulation/templates/certificate-defaults.ts';
import type { CertificateLayout } from '../../src/regulation/templates/certificate-layout.ts';
import { readLayoutShape } from '../../src/regulation/templates/certificate-layout-shape.ts';
import { SAMPLE_NAMES, sampleRecord } from '../../src/regulation/templates/certificate-samples.ts';
import { type CertificateValues, certificateValues } from '../../src/regulation/templates/certificate-values.ts';
import { CATEGORIES, type Category, keysOf } from '../../src/regulation/vocabulary.ts';
import { has, needing } from '../support/outside.ts';
import { photoJpeg } from '../support/sample-files.ts';
import { pngImage } from './images.ts';
import { judge, objectsOf, preflight, type Shown, textOf } from './judges.ts';

const createdAt = new Date('2026-06-20T02:00:00Z');
const EXAMPLE = new URL('../../docs/certificate-layout.example.json', import.meta.url);
const example = readLayoutShape(JSON.parse(readFileSync(EXAMPLE, 'utf8'))).layout;
let fonts: FontSet;
beforeAll(async () => {
  fonts = await loadFonts();
});

const OF = { institution: '10447', institutionName: '聊城大学', headName: '周明远', chairName: '郑国栋' };
function valuesOf(category: Category, changes: Partial<CertificateValues> = {}): CertificateValues {
  const record = sampleRecord({ ...OF, category, conferralDate: '2026-06-20' }, 'ordinary');
  return { ...certificateValues(record, OF), ...changes };
}
function layoutFor(category: Category): CertificateLayout {
  return defaultLayout({ level: CATEGORIES[category].level, categories: [category] });
}
function contentOf(category: Category, changes: Partial<CertificateContent> = {}): CertificateContent {
  return {
    ...{ layout: layoutFor(category), values: valuesOf(category), kind: 'sample', background: null, photo: null },
    ...{ title: '学位证书样张', template: 'XS v1', machineData: { official: false } },
    ...changes,
  };
}
const render = (category: Category, changes: Partial<CertificateContent> = {}, profile = PDF_A_3A) =>
  renderCertificate(contentOf(category, changes), { fonts, createdAt }, profile);
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
function raster(bytes: Uint8Array) {
  const read = readRaster(bytes);
  if (typeof read === 'string') throw new Error(read);
  return read;
}

describe('Article 11(7): the bytes of a page', () => {
  it('are the same for the same input and date, whatever was printed before', async () => {
    const first = await render('regular-bachelor');
    await render('academic-master', { values: valuesOf('academic-master', { name: '㛃䶮垚喆' }) });
    expect(Buffer.compare(await render('regular-bachelor'), first)).toBe(0);
    expect(Buffer.compare(await render('regular-bachelor', { kind: 'specimen' }), first)).not.toBe(0);
  });

  it.each(['sample', 'specimen'] as const)('of a %s hold neither signature nor seal', async (kind) => {
    const text = latin1(await render('regular-bachelor', { kind, layout: example }));
    for (const part of ['/ByteRange', '/AcroForm', '/Sig', '/Widget', '/Seal']) expect(text).not.toContain(part);
    expect(text).toContain('/Watermark');
  });
});

describe('Article 11(7): the structure of a page', () => {
  it.skipIf(!has('qpdf')).each(keysOf(CATEGORIES))(needing('qpdf', 'of %s passes qpdf --check'), async (category) => {
    const bytes = await render(category, { photo: raster(photoJpeg('photo')) });
    expect(judge(bytes, 'qpdf', ['--check', '{}'])).toContain('No syntax or stream encoding errors');
  });

  it.skipIf(!has('qpdf'))(
    needing('qpdf', 'is a paragraph for each text, and a figure for photo and code'),
    async () => {
      const objects = objectsOf(
        await render('regular-bachelor', { layout: example, photo: raster(photoJpeg('photo')) }),
      );
      const at = (value: Shown | undefined): Record<string, Shown> => {
        const found = typeof value === 'string' ? (objects.get(value) ?? null) : (value ?? null);
        return found !== null && typeof found === 'object' && !Array.isArray(found) ? found : {};
      };
      const root = at(at(at(objects.get('trailer'))['/Root'])['/StructTreeRoot']);
      const document = at([root['/K'] ?? []].flat()[0]);
      const kids = [document['/K'] ?? []].flat().map((kid) => at(kid));
      expect(kids.map((kid) => kid['/S'])).toEqual(['/Figure', ...Array(10).fill('/P'), '/Figure', '/P']);
      expect(kids.filter((kid) => kid['/S'] === '/Figure').map((kid) => kid['/Alt'])).toEqual([
        'u:学位获得者照片',
        'u:二维码，内容为：非正式证书 SPECIMEN XS v1',
      ]);
      const page = [...objects.values()].map((value) => at(value)).find((value) => value['/Type'] === '/Page');
      expect(page?.['/MediaBox']).toEqual([0, 0, 841.889764, 595.275591]);
    },
  );

  it.skipIf(!has('pdffonts'))(needing('pdffonts', 'has every font as a subset with a map to Unicode'), async () => {
    const rows = judge(await render('regular-bachelor'), 'pdffonts', ['{}'])
      .trim()
      .split('\n')
      .slice(2);
    expect(rows.length).toBeGreaterThanOrEqual(3);
    for (const row of rows) expect(row).toMatch(/Identity-H\s+yes yes yes/);
  });

  it.skipIf(!has('PDFBox Preflight'))(
    needing('PDFBox Preflight', 'is valid PDF/A-1b but for what only part 3 knows'),
    async () => {
      const pictures = {
        photo: raster(photoJpeg('photo')),
        background: raster(pngImage({ width: 40, height: 30 })),
      };
      expect(preflight(await render('regular-bachelor', { layout: example, ...pictures }, PDF_A_1B))).toEqual([]);
      const palette = raster(pngImage({ width: 40, height: 30, colour: 3, depth: 1 }, 0xaa));
      expect(preflight(await render('academic-master', { background: palette }, PDF_A_1B))).toEqual([]);
    },
  );

  it('draws the background first and the words across the page last, over photo and text', async () => {
    const bytes = await render('regular-bachelor', {
      background: raster(pngImage({ width: 40, height: 30 })),
      photo: raster(photoJpeg('photo')),
    });
    const plain = judge(bytes, 'qpdf', ['--qdf', '--object-streams=disable', '{}', '-']);
    const drawn = [...plain.matchAll(/\/(Background|Photo|Watermark) Do|(\] TJ)/g)].map(
      ([, name, text]) => name ?? text,
    );
    expect(drawn[0]).toBe('Background');
    expect(drawn[1]).toBe('Photo');
    expect(drawn.at(-1)).toBe('Watermark');
    expect(drawn.length).toBeGreaterThan(8);
  });
});

describe('Article 8, 11(7): what is read', () => {
  it.skipIf(!has('pdftotext')).each<[Category, string]>([
    [
      'regular-bachelor',
      '李样张，女，二〇〇四年十二月三十日生。在聊城大学计算机科学与技术专业完成了本科学习计划，业已毕业，经审核符合《中华人民共和国学位法》的规定，授予工学学士学位。',
    ],
    ['international-student-bachelor', '李样张，女，中国国籍，二〇〇四年十二月三十日生。在聊城大学'],
    ['adult-education-bachelor', '完成了成人高等教育本科学习计划，业已毕业，'],
    [
      'academic-master',
      '在聊城大学计算机科学与技术学科（专业）已通过硕士学位的课程考试和论文答辩，成绩合格。根据《中华人民共和国学位法》的规定，授予工学硕士学位。',
    ],
    [
      'professional-master',
      '在聊城大学电子信息专业学位领域已通过硕士专业学位的课程考试和学位论文（实践成果）答辩，成绩合格。根据《中华人民共和国学位法》的规定，授予电子信息硕士学位。',
    ],
    ['equivalent-education-master', '具有研究生毕业同等学力，在聊城大学计算机科学与技术学科（专业）已通过硕士学位'],
  ])(needing('pdftotext', 'on a certificate of %s'), async (category, sentence) => {
    const text = textOf(await render(category));
    for (const part of [
      `${CATEGORIES[category].level === 'bachelor' ? '学士' : '硕士'}学位证书`,
      sentence,
      '校（院、所）长：周明远',
      '学位评定委员会主席：郑国栋',
      '二〇二六年六月二十日',
      '证书编号：10447',
      '所载人员信息均为虚构',
    ]) {
      expect(text).toContain(part);
    }
  });

  it.skipIf(!has('pdftotext'))(needing('pdftotext', 'of a specimen: that it is none'), async () => {
    const text = textOf(await render('academic-master', { kind: 'specimen' }));
    expect(text).toContain('本页为学位证书样本，未签名、未盖章，不是学位证书，不具有证明效力。');
  });

  it('degrees of before the law of 2025 are conferred under the regulations', () => {
    const record = sampleRecord({ ...OF, category: 'regular-bachelor', conferralDate: '2024-12-31' }, 'ordinary');
    expect(certificateValues(record, OF).lawName).toBe('《中华人民共和国学位条例》');
  });

  it.skipIf(!has('pdftotext')).each(keysOf(SAMPLE_NAMES))(
    needing('pdftotext', 'the %s name comes back as it was written'),
    async (sample) => {
      const { name } = SAMPLE_NAMES[sample];
      const text = textOf(await render('regular-bachelor', { values: valuesOf('regular-bachelor', { name }) }));
      expect(text).toContain(name.replaceAll(' ', ''));
    },
  );

  it('the texts stand where they stood before', async () => {
    // With the packaged face in every role, so that it is the same on every machine.
    const song = packagedPath('song');
    const own = await loadFonts({ fangsong: song, kaiti: song });
    const lines = setCertificate(own, layoutFor('regular-bachelor'), valuesOf('regular-bachelor')).flatMap(
      ({ field, size, lines }) => lines.map(({ text, left, right }) => [field.x, field.y, size, left, right, text]),
    );
    const rounded = lines.map((row) => row.map((one) => (typeof one === 'number' ? Math.round(one * 10) / 10 : one)));
    expect(rounded).toMatchInlineSnapshot(`
      [
        [
          48.5,
          24,
          36,
          133.5,
          433.5,
          "学士学位证书",
        ],
        [
          84,
          58,
          18,
          36,
          518.7,
          "李样张，女，二〇〇四年十二月三十日生。在聊城大学计算",
        ],
        [
          84,
          58,
          18,
          0,
          518.7,
          "机科学与技术专业完成了本科学习计划，业已毕业，经审核符合",
        ],
        [
          84,
          58,
          18,
          0,
          441,
          "《中华人民共和国学位法》的规定，授予工学学士学位。",
        ],
        [
          34,
          126,
          16,
          67.1,
          187.1,
          "校（院、所）长：",
        ],
        [
          101,
          126,
          16,
          0,
          48,
          "周明远",
        ],
        [
          34,
          141,
          16,
          35.1,
          187.1,
          "学位评定委员会主席：",
        ],
        [
          101,
          141,
          16,
          0,
          48,
          "郑国栋",
        ],
        [
          172,
          126,
          16,
          102.6,
          166.6,
          "聊城大学",
        ],
        [
          172,
          141,
          16,
          54.6,
          214.6,
          "二〇二六年六月二十日",
        ],
        [
          34,
          174,
          13,
          0,
          169,
          "证书编号：1044742026000000",
        ],
      ]
    `);
  });
});

describe('Article 8(1): names are printed as they are, or not at all', () => {
  const alone = (changes: object): CertificateLayout => {
    const field = { text: '{name}', x: 20, y: 20, width: 50, face: 'kaiti', size: 18, minSize: 12, ...changes };
    return readLayoutShape({ ...example, fields: [field] }).layout;
  };
  const set = (name: string, changes = {}) =>
    setCertificate(fonts, alone(changes), valuesOf('regular-bachelor', { name }))[0];

  it('a short name keeps the size, a longer one shrinks, and no further than the layout allows', () => {
    expect(set('张三')?.size).toBe(18);
    const longer = set('阿卜杜拉·买买提依明');
    expect(longer?.size).toBeLessThan(18);
    expect(longer?.size).toBeGreaterThanOrEqual(12);
    expect(longer?.text).toBe('阿卜杜拉·买买提依明');
    expect(() => set('NGUYEN THI MINH KHAI ALEXANDRA MARIE')).toThrow(TextsDoNotFit);
    expect(() => set('NGUYEN THI MINH KHAI', { minSize: 18 })).toThrow(TextsDoNotFit);
  });

  it('two lines take it, parted between its words and never inside one', () => {
    const lines = set('NGUYEN THI MINH KHAI ALEXANDRA MARIE', { lines: 2 })?.lines.map((line) => line.text.trim());
    expect(lines?.join(' ')).toBe('NGUYEN THI MINH KHAI ALEXANDRA MARIE');
    expect(lines).toHaveLength(2);
    expect(() => set('CHRISTOPHERSONALEXANDRAMARIE'.repeat(2), { lines: 2 })).toThrow(TextsDoNotFit);
  });

  it('every field that does not fit is named, and every character without a glyph', () => {
    const layout = { ...example, fields: [...alone({ minSize: 18 }).fields, ...alone({ y: 60 }).fields] };
    const long = valuesOf('regular-bachelor', { name: 'NGUYEN THI MINH KHAI ALEXANDRA MARIE' });
    expect(() => setCertificate(fonts, layout, long)).toThrow(expect.objectContaining({ fields: [0, 1] }));
    expect(() => set('张𪚥')).toThrow(MissingGlyph);
  });

  it('the whole name has one face', () => {
    const faces = set('李𬭼䶮')?.lines.flatMap((line) => line.glyphs.map(({ grapheme }) => grapheme.shape.face.name));
    expect(new Set(faces).size).toBe(1);
  });
});
