// The finished file of every kind as other programs see it: profile, tags, outline, fonts, attachment; and what a draft lacks.
import { beforeAll, describe, expect, it } from 'vitest';
import { type FontSet, loadFonts, MissingGlyph } from '../../src/documents/fonts/fonts.ts';
import type { OfficialLetter } from '../../src/documents/letter.ts';
import { canonicalJson } from '../../src/documents/pdf/pdf-a.ts';
import { PDF_A_1B } from '../../src/documents/pdf/pdf-file.ts';
import { renderApplication, renderLetter } from '../../src/documents/render.ts';
import type { DocumentKind } from '../../src/documents/wording/data.ts';
import { wordings } from '../../src/documents/wording/wording.ts';
import { has, needing } from '../support/outside.ts';
import { judge, objectsOf, preflight, type Shown, textOf } from './judges.ts';
import { samples } from './sample.ts';

const createdAt = new Date('2026-03-18T02:00:00Z');
const KINDS = Object.keys(samples) as DocumentKind[];
let fonts: FontSet;

beforeAll(async () => {
  fonts = await loadFonts();
});

const render = (kind: DocumentKind, count: number, draft = false) =>
  renderApplication(kind, samples[kind](count), { fonts, draft, createdAt });
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

/** Objects of a document and a way to follow references. */
function opened(bytes: Uint8Array) {
  const objects = objectsOf(bytes);
  const at = (value: Shown | undefined): Record<string, Shown> => {
    const found = typeof value === 'string' ? (objects.get(value) ?? null) : (value ?? null);
    return found !== null && typeof found === 'object' && !Array.isArray(found) ? found : {};
  };
  return { objects, at, catalog: at(at(objects.get('trailer'))['/Root']) };
}

/** The elements as a line: P×3 is three paragraphs, TR(TD×4)×2 two rows of four cells. */
function tree(at: (value: Shown | undefined) => Record<string, Shown>, value: Shown): string {
  const element = at(value);
  const type = String(element['/S']).slice(1);
  const kids = [element['/K'] ?? []].flat().filter((kid) => at(kid)['/S'] !== undefined);
  const inner = kids.map((kid) => tree(at, kid));
  const groups: [string, number][] = [];
  for (const one of inner) {
    const last = groups.at(-1);
    if (last?.[0] === one) last[1]++;
    else groups.push([one, 1]);
  }
  const text = groups.map(([one, count]) => (count > 1 ? `${one}×${count}` : one)).join(' ');
  return text === '' ? type : `${type}(${text})`;
}

const SHEET = {
  'supplementary-report': 'TR(TH TD TH TD)×4 TR(TH TD)×8',
  'change-request': 'TR(TH TD TH TD)×3 TR(TH TD) TR(TH TD TH TD) TR(TH TD)×7',
  'deletion-request': 'TR(TH TD TH TD)×4 TR(TH TD)×8',
  'revocation-report': 'TR(TH TD TH TD)×5 TR(TH TD)×8',
};

describe('the tags', () => {
  it.skipIf(!has('qpdf')).each([
    [
      'supplementary-report',
      1,
      `Document(P×2 H1 P×2 H2 P H2 P H2 P H2 P×2 L(LI(LBody)×2) P×2 Form Sect(P H2 Table(${SHEET['supplementary-report']})) Figure P×5)`,
    ],
    [
      'supplementary-report',
      3,
      `Document(P×2 H1 P×2 H2 P H2 P H2 P H2 P×2 L(LI(LBody)×3) P×2 Form Sect(P H2 Table(${SHEET['supplementary-report']})) Sect(P H2 Table(TR(TH×8) TR(TD×8)×3) P) Figure P×5)`,
    ],
    [
      'change-request',
      1,
      `Document(P×2 H1 P×2 H2 P H2 P Table(TR(TH×5) TR(TD×5)×2) H2 P×2 H2 P×2 L(LI(LBody)×4) P×2 Form Sect(P H2 Table(${SHEET['change-request']})) Figure P×5)`,
    ],
    [
      'deletion-request',
      1,
      `Document(P×2 H1 P×2 H2 P H2 P×2 H2 P×2 L(LI(LBody)×3) P×2 Form Sect(P H2 Table(${SHEET['deletion-request']})) Figure P×5)`,
    ],
    [
      'revocation-report',
      3,
      `Document(P×4 H1 P×2 H2 P×2 H2 P H2 P H2 P H2 P×2 L(LI(LBody)×5) P×2 Form P×2 Sect(P H2 Table(${SHEET['revocation-report']})) Sect(P H2 H3 Table(TR(TH×8) TR(TD×8)×3) H3 Table(TR(TH×8) TR(TD×8)×3) P) Figure P×5)`,
    ],
  ] as const)(needing('qpdf', 'of a %s for %i people'), async (kind, count, golden) => {
    const { at, catalog } = opened(await render(kind, count));
    const root = at(catalog['/StructTreeRoot']);
    const [document] = [root['/K'] ?? []].flat();
    const found = tree(at, document ?? null);
    expect(found).toBe(golden);
  });

  it.skipIf(!has('qpdf'))(needing('qpdf', 'say what head cells, figures and the field are'), async () => {
    for (const kind of KINDS) {
      const { objects, at } = opened(await render(kind, 3));
      const elements = [...objects.values()]
        .map((value) => at(value))
        .filter((value) => '/S' in value && '/P' in value);
      const scopes = elements.filter((one) => one['/S'] === '/TH').map((one) => at(one['/A'])['/Scope']);
      expect(new Set(scopes)).toEqual(new Set(['/Row', '/Column']));
      for (const one of elements.filter((value) => value['/S'] === '/Figure')) {
        expect(one['/Alt']).toContain('https://xwxx.lcu.edu.cn/v/7QK3-M9TD-2F8A');
      }
      const form = elements.filter((value) => value['/S'] === '/Form');
      expect(form.map((value) => value['/Alt'])).toEqual(['u:聊城大学学位评定委员会办公室（电子印章）']);
    }
  });
});

describe('the file', () => {
  it.skipIf(!has('qpdf')).each(KINDS)(
    needing('qpdf', 'of a %s has an outline, its data, and no error'),
    async (kind) => {
      const bytes = await render(kind, 3);
      expect(judge(bytes, 'qpdf', ['--check', '{}'])).toContain('No syntax or stream encoding errors');
      const { at, catalog } = opened(bytes);
      const titles: Shown[] = [];
      for (let item = at(at(catalog['/Outlines'])['/First']); '/Title' in item; item = at(item['/Next'])) {
        titles.push(item['/Title'] ?? null);
        const [page] = item['/Dest'] as Shown[];
        expect(at(page)['/Type']).toBe('/Page');
      }
      const word = wordings[kind] as (data: unknown) => OfficialLetter;
      const letter = word(samples[kind](3));
      const title = letter.titlePieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');
      expect(titles).toEqual(
        [title, ...letter.annexes.map((one) => `${one.label}　${one.title}`)].map((one) => `u:${one}`),
      );
      expect(at((catalog['/AF'] as Shown[])[0])['/AFRelationship']).toBe('/Source');
      const attached = judge(bytes, 'qpdf', ['--show-attachment=data.json', '{}']);
      expect(attached).toBe(canonicalJson(samples[kind](3).machineData));
    },
  );

  it.skipIf(!has('pdffonts')).each(KINDS)(needing('pdffonts', 'of a %s embeds all its fonts'), async (kind) => {
    const rows = judge(await render(kind, 3), 'pdffonts', ['{}'])
      .trim()
      .split('\n')
      .slice(2);
    expect(rows.length).toBeGreaterThanOrEqual(4);
    for (const row of rows) expect(row).toMatch(/^[A-Z]{6}\+.*Identity-H\s+yes yes yes/);
  });

  it.each(KINDS)(
    'of a %s is the same for the same input, and has one revision and one place for a signature',
    async (kind) => {
      const bytes = await render(kind, 3);
      await render('deletion-request', 40);
      expect(Buffer.compare(await render(kind, 3), bytes)).toBe(0);
      const text = latin1(bytes);
      expect(text.split('%%EOF')).toHaveLength(2);
      expect(text.split('/ByteRange [0 9999999999 9999999999 9999999999]')).toHaveLength(2);
    },
  );

  it.skipIf(!has('pdftotext')).each(KINDS)(
    needing('pdftotext', 'of a %s says every name of 120 as it was written'),
    async (kind) => {
      const text = textOf(await render(kind, 120));
      for (const { name, certificateNumber } of samples[kind](120).people) {
        expect(text).toContain(name.replace(/ /g, ''));
        expect(text).toContain(certificateNumber);
      }
    },
  );

  it.each(KINDS)('of a %s is not made with a name that has no glyph, and the code point is named', async (kind) => {
    const data = samples[kind](1);
    const people = data.people.map((person) => ({ ...person, name: '张𪚥' }));
    const refused = renderApplication(kind, { ...data, people } as never, { fonts, draft: true, createdAt });
    await expect(refused).rejects.toBeInstanceOf(MissingGlyph);
    await expect(refused).rejects.toThrow('U+2A6A5');
  });
});

describe('a draft', () => {
  it.each(KINDS)('of a %s has neither seal nor field nor figure', async (kind) => {
    const text = latin1(await render(kind, 3, true));
    expect(text).not.toContain('7QK3-M9TD-2F8A');
    for (const part of ['/ByteRange', '/AcroForm', '/Perms', '/Widget', '/Multiply', '/Figure', '/Sig']) {
      expect(text).not.toContain(part);
    }
  });

  it.skipIf(!has('qpdf')).each(KINDS)(
    needing('qpdf', 'of a %s has a watermark on every page and no slice'),
    async (kind) => {
      const bytes = await render(kind, 3, true);
      const pages = Number(judge(bytes, 'qpdf', ['--show-npages', '{}']));
      const plain = judge(bytes, 'qpdf', ['--stream-data=uncompress', '{}', '-']);
      expect(plain.split('0.91 0.91 0.91 rg')).toHaveLength(pages + 1);
      expect(plain).not.toContain('/Seal Do');
    },
  );

  it.skipIf(!has('pdftotext'))(needing('pdftotext', 'says that it is one, and not where to check it'), async () => {
    const text = textOf(await render('revocation-report', 3, true));
    expect(text).toContain('本件未加盖电子印章，仅供核对');
    for (const part of ['核验码', '7QK3', 'https://']) expect(text).not.toContain(part);
  });
});

describe('PDFBox Preflight', () => {
  // Offsets of ten digits are too long for part 1; the real ones are written when the file is signed.
  const filled = (bytes: Uint8Array) => Buffer.from(latin1(bytes).replaceAll('9999999999', '1         '), 'latin1');

  it.skipIf(!has('PDFBox Preflight')).each(KINDS)(
    needing('PDFBox Preflight', 'finds the pages of a %s valid as PDF/A-1b'),
    async (kind) => {
      const word = wordings[kind] as (data: unknown) => OfficialLetter;
      for (const draft of [false, true]) {
        const bytes = await renderLetter(word(samples[kind](3)), { fonts, draft, createdAt }, PDF_A_1B);
        expect(preflight(filled(bytes))).toEqual([]);
      }
    },
  );

  it.skipIf(!has('PDFBox Preflight'))(
    needing('PDFBox Preflight', 'finds in the file itself only what part 3 allows and part 1 does not'),
    async () => {
      const complaints = preflight(filled(await render('revocation-report', 3)));
      const known = [
        /^1\.4\.7 .*EmbeddedFile entry is present in the Names dictionary/,
        /^1\.2\.9 .*EmbeddedFile entry is present/,
        /^4\.1\.3 .*BlendMode/,
        /^2\.2\.1 .*transparency/,
        /^3\.1\.11 .*The CIDSet entry is missing/,
        /^7\.11\.2 .*part must be 1/,
      ];
      expect(complaints.filter((line) => !known.some((pattern) => pattern.test(line)))).toEqual([]);
      for (const pattern of known) expect(complaints.some((line) => pattern.test(line))).toBe(true);
    },
  );
});
