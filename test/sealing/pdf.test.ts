// A sealed PDF: valid as it was made, and not valid when it was touched, is of another form, or is no PDF.
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { sealPdf } from '../../src/sealing/pdf.ts';
import { SealPdfProblem } from '../../src/sealing/problem.ts';
import { type PdfVerdict, verifyPdf } from '../../src/sealing/verify/pdf.ts';
import { pdfDate } from '../../src/sealing/verify/pdf-signature.ts';
import { runs } from '../support/chance.ts';
import { judged, run } from '../support/outside.ts';
import { flipped, NOW, type TestAuthority, temporaryDirectory, testAuthority } from './seals.ts';
import { appendRevision, PLACEHOLDER_DIGITS, tinyObjects, writePdf } from './tiny-pdf.ts';

let authority: TestAuthority;
let sealed: Uint8Array;
beforeAll(async () => {
  authority = await testAuthority();
  sealed = await sealPdf(writePdf(tinyObjects()), authority.office, { at: NOW });
});

const verify = (pdf: Uint8Array, roots = [authority.root]) => verifyPdf(pdf, { roots, crls: authority.crls });
const failed = (verdict: PdfVerdict) => verdict.checks.filter((one) => one.outcome === 'failed').map((one) => one.name);
const edit = (pdf: Uint8Array, from: string | RegExp, to: string) => {
  const text = Buffer.from(pdf).toString('latin1');
  const out = text.replace(from, () => to);
  if (out === text) throw new Error(`nothing to edit: ${from}`);
  return Buffer.from(out, 'latin1');
};
/** Seals a file made of these objects after a change to them. */
const sealedWith = (change: (objects: string[]) => void, trailer?: string) => {
  const objects = tinyObjects();
  change(objects);
  return sealPdf(writePdf(objects, trailer), authority.office);
};

describe('a sealed PDF', () => {
  it('is valid to somebody who trusts the root, with every check passed', async () => {
    const verdict = await verify(sealed);
    expect(verdict.checks.filter((one) => one.outcome !== 'passed')).toEqual([]);
    expect(verdict.verdict).toBe('valid');
    expect(verdict.sha256).toBe(createHash('sha256').update(sealed).digest('hex'));
    expect(verdict.facts).toMatchObject({
      office: '聊城大学学位评定委员会办公室',
      when: '2026-06-30T08:00:00.000Z',
      reason: '补报',
      sha256: verdict.sha256,
    });
  });

  it('has the length and, outside the seal, the bytes of its draft', () => {
    const draft = writePdf(tinyObjects());
    expect(sealed.length).toBe(draft.length);
    const hide = (pdf: Uint8Array) =>
      Buffer.from(pdf)
        .toString('latin1')
        .replace(/\/ByteRange \[[^\]]*\]/, '')
        .replace(/\/Contents <[0-9a-f]*>/, '');
    expect(hide(sealed)).toBe(hide(draft));
  });

  it('is not valid under another root', async () => {
    expect(failed(await verify(sealed, [(await testAuthority()).root]))).toEqual(['chain']);
  });

  it('at a time when the certificate was not in force is not valid', async () => {
    const early = await sealPdf(writePdf(tinyObjects(new Date('2020-01-01T00:00:00Z'))), authority.office);
    expect(failed(await verify(early))).toEqual(['chain']);
  });

  judged('pdfsig', 'is signed as a whole to pdfsig', async () => {
    const path = join(await temporaryDirectory(), 'sealed.pdf');
    await writeFile(path, sealed);
    const { stdout } = run('pdfsig', [path]);
    expect(stdout).toContain('Signature is Valid');
    expect(stdout).toContain('Total document signed');
    expect(stdout).toContain('ETSI.CAdES.detached');
  });

  judged('qpdf', 'is well formed to qpdf', async () => {
    const path = join(await temporaryDirectory(), 'sealed.pdf');
    await writeFile(path, sealed);
    const { stdout, stderr, status } = run('qpdf', ['--check', path]);
    expect(status, stdout + stderr).toBe(0);
  });

  judged('openssl', 'holds a CMS that openssl accepts over the two ranges', async () => {
    const text = Buffer.from(sealed).toString('latin1');
    const [, before = 0, after = 0] = (/\/ByteRange \[0 (\d+) (\d+) (\d+) *\]/.exec(text) ?? []).map(Number);
    const contents = Buffer.from(text.slice(before + 1, after - 1), 'hex');
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 'cms'), contents.subarray(0, 4 + contents.readUInt16BE(2)));
    await writeFile(join(directory, 'data'), Buffer.concat([sealed.subarray(0, before), sealed.subarray(after)]));
    const args = [
      'cms',
      '-verify',
      '-cades',
      '-binary',
      '-inform',
      'DER',
      '-in',
      join(directory, 'cms'),
      '-content',
      join(directory, 'data'),
    ];
    const { stderr, status } = run('openssl', [
      ...args,
      '-CAfile',
      join(authority.directory, 'root.pem'),
      '-out',
      join(directory, 'out'),
    ]);
    expect(stderr).toContain('CAdES Verification successful');
    expect(status).toBe(0);
  });
});

describe('a sealed PDF that was touched is not valid:', () => {
  it('one byte changed, anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: sealed.length - 1 }), async (at) => {
        expect((await verify(flipped(sealed, at))).verdict).not.toBe('valid');
      }),
      { numRuns: runs(300) },
    );
    const start = Buffer.from(sealed).indexOf('/Contents <3');
    for (let at = 0; at < start; at += 7) expect((await verify(flipped(sealed, at))).verdict).not.toBe('valid');
  });

  it('one byte of the signature changed: digits, their case, the zeros behind it', async () => {
    const text = Buffer.from(sealed).toString('latin1');
    const start = text.indexOf('/Contents <3') + '/Contents '.length;
    const end = text.indexOf('>', start) + 1;
    const behind = text.slice(0, end).search(/0*>$/);
    const place = fc.oneof(fc.integer({ min: start, max: behind }), fc.integer({ min: start, max: end - 1 }));
    const changed = (at: number, to: number) => {
      const copy = Uint8Array.from(sealed);
      copy[at] = to;
      return copy;
    };
    const digit = fc.constantFrom(...Buffer.from('0123456789abcdefABCDEF <>\n'));
    await fc.assert(
      fc.asyncProperty(place, fc.oneof(digit, fc.nat({ max: 255 })), async (at, to) => {
        fc.pre(sealed[at] !== to);
        expect((await verify(changed(at, to))).verdict).not.toBe('valid');
      }),
      { numRuns: runs(300) },
    );
    let letters = 0;
    for (let at = start; at < behind; at += 1) {
      if (!/[a-f]/.test(text.charAt(at)) || ++letters % 10 > 0) continue;
      expect(failed(await verify(changed(at, (sealed[at] ?? 0) ^ 0x20)))).toEqual(['contents']);
    }
    expect(letters).toBeGreaterThan(500);
    expect((await verify(edit(sealed, text.slice(start, end), text.slice(start, end).toUpperCase()))).verdict).toBe(
      'not-valid',
    );
    for (const at of [behind + 2, (behind + end) >> 1, end - 2]) {
      expect(failed(await verify(changed(at, 0x31)))).toContain('contents');
    }
  });

  it('bytes after the end, or cut off', async () => {
    expect(failed(await verify(Buffer.concat([sealed, Buffer.from('\n')])))).toEqual(['structure']);
    expect(failed(await verify(Buffer.concat([sealed, Buffer.from('%%EOF\n')])))).toEqual(['structure']);
    expect(failed(await verify(sealed.subarray(0, -3)))).toEqual(['structure']);
    // Without its last line break the file still has the strict form, but not the signed bytes.
    expect(failed(await verify(sealed.subarray(0, -1)))).toEqual(['whole-file', 'intact']);
  });

  it('a revision appended', async () => {
    const page = 'BT /F1 24 Tf 20 100 Td (Forged) Tj ET';
    const forged = appendRevision(
      sealed,
      new Map([[4, `<< /Length ${page.length} >>\nstream\n${page}\nendstream`]]),
      8,
    );
    const verdict = await verify(forged);
    expect(failed(verdict)).toEqual(['structure']);
    expect(verdict.facts).toEqual({});
  });

  it('an empty revision appended', async () => {
    expect(failed(await verify(appendRevision(sealed, new Map(), 8)))).toEqual(['structure']);
  });

  it('the seal moved over to another file', async () => {
    const other = await sealedWith((objects) => {
      objects[3] = objects[3]?.replace('Report', 'Retort') ?? '';
    });
    const [from] = /\/Contents <[0-9a-f]*>/.exec(Buffer.from(sealed).toString('latin1')) ?? [''];
    expect(failed(await verify(edit(other, /\/Contents <[0-9a-f]{1000,}>/, from)))).toEqual(['intact']);
  });

  it('something hidden in the gap behind the CMS', async () => {
    const text = Buffer.from(sealed).toString('latin1');
    const end = text.indexOf('>', text.indexOf('/Contents <3'));
    const hidden = `${text.slice(0, end - 8)}deadbeef${text.slice(end)}`;
    expect((await verify(Buffer.from(hidden, 'latin1'))).verdict).toBe('not-valid');
  });

  it('the gap wider than the signature, or the range short of the end', async () => {
    const [whole = '', before = '', after = '', rest = ''] =
      /(?<=\/ByteRange )\[0 (\d+) (\d+) (\d+) *\]/.exec(Buffer.from(sealed).toString('latin1')) ?? [];
    const ranges = [
      [0, Number(before) - 10, Number(after), Number(rest)],
      [0, Number(before), Number(after) + 10, Number(rest) - 10],
      [0, Number(before), Number(after), Number(rest) - 10],
      [1, Number(before), Number(after), Number(rest)],
    ];
    for (const range of ranges) {
      const verdict = await verify(edit(sealed, whole, `[${range.join(' ')}`.padEnd(whole.length - 1).concat(']')));
      expect(verdict.verdict).toBe('not-valid');
      expect(failed(verdict).some((name) => name === 'byte-range' || name === 'whole-file')).toBe(true);
    }
  });
});

/** A change to one object. */
const swap = (index: number, from: string | RegExp, to: string) => (objects: string[]) => {
  objects[index] = objects[index]?.replace(from, () => to) ?? '';
};

describe('a PDF of another form is not valid, however well it is signed:', () => {
  it.each<[string, string[], (objects: string[]) => void, string?]>([
    ['no permission entry', ['certifying'], swap(0, '/DocMDP 5 0 R', '')],
    ['changes permitted', ['certifying'], swap(4, '/P 1', '/P 2')],
    ['another profile', ['profile'], swap(4, 'ETSI.CAdES', 'adbe.pkcs7')],
    ['no time', ['time', 'chain'], swap(4, /\/M \([^)]*\)/, '')],
    ['no field', ['one-signature'], swap(0, '[6 0 R]', '[]')],
    ['a form of another kind over it', ['one-signature'], swap(0, '/SigFlags', '/XFA 7 0 R /SigFlags')],
    [
      'a second signature',
      ['one-signature'],
      (objects) => void objects.push('<< /Type /Sig /Filter /Adobe.PPKLite /Contents <00> >>'),
    ],
    ['a second field', ['one-signature'], (objects) => void objects.push('<< /FT /Sig /T (more) >>')],
    ['a disguised name', ['one-signature'], (objects) => void objects.push('<< /Byte#52ange [0 1 2 3] >>')],
    ['a repeated key', ['structure'], swap(2, '/Type /Page', '/Type /Page /Type /Page')],
    ['encryption', ['structure'], () => undefined, '/Root 1 0 R /Encrypt 7 0 R'],
    ['an earlier revision', ['structure'], () => undefined, '/Root 1 0 R /Prev 9'],
    ['a second table', ['structure'], () => undefined, '/Root 1 0 R /XRefStm 9'],
    ['an unknown trailer', ['structure'], () => undefined, '/Root 1 0 R /Extra 9'],
    [
      'objects in a stream',
      ['structure'],
      (objects) => void objects.push('<< /Type /ObjStm /Length 0 >>\nstream\n\nendstream'),
    ],
    [
      'a wrong stream length',
      ['structure'],
      (objects) => void objects.push('<< /Length 1 >>\nstream\nlonger\nendstream'),
    ],
    ['bytes between objects', ['structure'], swap(6, /$/, '\nendobj\n99 0 obj\n<< >>')],
    ['a comment between objects', ['structure'], swap(6, /$/, '\nendobj\n% hidden\n')],
  ])('%s', async (_, names, change, trailer) => {
    expect(failed(await verify(await sealedWith(change, trailer)))).toEqual(names);
  });

  it('a freed object in its table', async () => {
    const draft = edit(writePdf(tinyObjects()), /(\d{10}) 00000 n \ntrailer/, '0000000000 00001 f \ntrailer');
    expect(failed(await verify(await sealPdf(draft, authority.office)))).toEqual(['structure']);
  });
});

describe('whatever it is given', () => {
  it('the verifier says what it is', async () => {
    expect((await verify(new Uint8Array())).verdict).toBe('unreadable');
    expect((await verify(Buffer.from('hello'))).verdict).toBe('unreadable');
    expect((await verify(Buffer.concat([Buffer.from('x'), sealed]))).verdict).toBe('unreadable');
    expect((await verify(undefined as unknown as Uint8Array)).verdict).toBe('unreadable');
    expect((await verify(Buffer.from('%PDF-1.7\n'))).verdict).toBe('not-valid');
    expect(failed(await verify(writePdf(['<< /Type /Catalog >>'])))).toEqual(['one-signature']);
    expect(failed(await verify(writePdf(tinyObjects())))).toEqual([
      'byte-range',
      'whole-file',
      'intact',
      'signature',
      'signing-certificate',
    ]);
  });

  it('deep nesting and unended strings do not stop it', async () => {
    for (const body of ['['.repeat(100_000), '(', '<', '<<', '(\\', '/', '1 0', '-', '<0>', '<zz>', '(a(b)']) {
      expect((await verify(writePdf([body]))).verdict).toBe('not-valid');
    }
  });

  it('random damage does not stop it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: sealed.length - 1 }), fc.uint8Array({ maxLength: 40 }), async (at, bytes) => {
        const damaged = Buffer.concat([sealed.subarray(0, at), bytes, sealed.subarray(at)]);
        if (bytes.length > 0) expect((await verify(damaged)).verdict).not.toBe('valid');
      }),
      { numRuns: runs(100) },
    );
  });
});

describe('sealing refuses', () => {
  it('a PDF without exactly one placeholder, or with too little room', async () => {
    const refused = async (pdf: Uint8Array, reserve?: number) => {
      const options = reserve === undefined ? {} : { reserve };
      const problem = await sealPdf(pdf, authority.office, options).catch((error: unknown) => error);
      expect(problem).toBeInstanceOf(SealPdfProblem);
      return problem as SealPdfProblem;
    };
    expect((await refused(writePdf(['<< >>']))).zh).toContain('没有');
    expect((await refused(writePdf([...tinyObjects(), ...tinyObjects()]))).en).toContain('more than one');
    expect((await refused(sealed)).en).toContain('none');
    const tight = edit(writePdf(tinyObjects()), '0'.repeat(PLACEHOLDER_DIGITS), '0'.repeat(200));
    expect((await refused(tight, 100)).zh).toContain('只预留了 100 字节');
  });

  it('to seal outside the certificate’s validity', async () => {
    await expect(sealPdf(writePdf(tinyObjects()), authority.office, { at: new Date(0) })).rejects.toMatchObject({
      fault: 'validity',
    });
  });

  it('nothing in the other form of placeholder', async () => {
    const stars = edit(
      writePdf(tinyObjects()),
      /9999999999 9999999999 9999999999/,
      '/********** /********** /**********',
    );
    const draft = Buffer.from(stars);
    // The table's offsets behind the wider placeholder are three bytes short; only the filling is of interest here.
    const out = Buffer.from(await sealPdf(draft, authority.office)).toString('latin1');
    expect(out).toMatch(/\/ByteRange \[0 \d+ \d+ \d+ +\]/);
  });
});

describe('PDF dates', () => {
  it.each([
    ['D:20260630080000Z', '2026-06-30T08:00:00.000Z'],
    ["D:20260630160000+08'00'", '2026-06-30T08:00:00.000Z'],
    ["D:20260630160000+08'00", '2026-06-30T08:00:00.000Z'],
  ])('%s', (text, iso) => {
    expect(pdfDate(text)?.toISOString()).toBe(iso);
  });

  it.each(['D:2026', 'D:20260630080000', 'D:20261330080000Z', '20260630080000Z', ''])('%s is none', (text) => {
    expect(pdfDate(text)).toBeUndefined();
  });
});
