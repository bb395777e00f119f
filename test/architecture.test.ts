// The import table is law, small files are the habit, and what the law forbids is planted here to see that it is caught.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenRules } from './support/import-rules.ts';
import { importsBelow, importsOf, sourceFiles } from './support/source-tree.ts';

const ROOT = join(import.meta.dirname, '..');
const FILES = sourceFiles(ROOT, 'src');
/** Longer because its people are so many that every further file about them would cost CI some seconds. */
const ONE_DEAR_WORLD = ['test/http/case-downloads.test.ts', 'test/procedures/datasets/dataset.test.ts'];
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

describe('architecture', () => {
  it('has no import that the table forbids', () => {
    const imports = importsBelow(ROOT, 'src');
    expect(imports.length).toBeGreaterThan(200);
    expect(brokenRules(imports)).toEqual([]);
  });

  it.each([
    ['src/regulation/record/record.ts', "import { hash } from 'node:crypto';"],
    ['src/regulation/record/record.ts', "import { perform } from '../../procedures/perform.ts';"],
    ['src/sealing/verify/bundle.ts', "import { createHash } from 'node:crypto';"],
    ['src/sealing/verify/bytes.ts', "import { x25519 } from '@noble/curves/ed25519.js';"],
    ['src/sealing/cms.ts', "import { sha256 } from '@noble/hashes/sha2.js';"],
    ['src/sealing/verify/bundle.ts', "import { sealDetached } from '../cms.ts';"],
    ['src/sealing/cms.ts', "import { STEPS } from '../regulation/vocabulary.ts';"],
    ['src/documents/render.ts', "import { sealPdf } from '../sealing/pdf.ts';"],
    ['src/procedures/reporting/report.ts', "import { PrismaClient } from '@prisma/client';"],
    ['src/procedures/reporting/report.ts', "import type { Prisma } from '../../generated/prisma/client.ts';"],
    ['src/procedures/reporting/report.ts', "import { readConfig } from '../../config.ts';"],
    ['src/store/seals/log.ts', "import { perform } from '../../procedures/perform.ts';"],
    ['src/graphql/records/batch.ts', "import { sealDetached } from '../../sealing/cms.ts';"],
    ['src/http/server.ts', "const demo = await import('../trial/play-year.ts');"],
    ['src/procedures/reporting/report.ts', "export { x } from '../../../test/support/world.ts';"],
  ])('catches a planted violation in %s: %s', (file, text) => {
    expect(brokenRules(importsOf(ROOT, file, text))).toHaveLength(1);
  });

  it('is not fooled by comments', () => {
    expect(importsOf(ROOT, 'src/regulation/a.ts', "// import x from 'node:fs';\n/* from 'pg' */")).toEqual([]);
  });

  it('keeps regulation pure: no clock, no randomness, no environment', () => {
    const impure = /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\.|\bfetch\(|\bcrypto\b/;
    const guilty = FILES.filter(
      (file) => file.startsWith('src/regulation/') && impure.test(withoutComments(read(file))),
    );
    expect(guilty).toEqual([]);
  });

  it('reads process.env in config.ts only', () => {
    const guilty = FILES.filter(
      (file) => file !== 'src/config.ts' && /process\.env\b/.test(withoutComments(read(file))),
    );
    expect(guilty.filter((file) => !file.startsWith('src/commands/') && !file.startsWith('src/trial/'))).toEqual([]);
  });

  it('has small files: the median under 100 lines, few over 300', () => {
    const sizes = FILES.filter((file) => !file.includes('/tables/')).map((file) => ({
      file,
      lines: read(file).split('\n').length,
    }));
    const sorted = sizes.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(100);
    expect(sizes.filter(({ lines }) => lines > 300).map(({ file }) => file)).toEqual([]);
  });

  it('has tests that are read at a sitting: the median under 200 lines, few over 400', () => {
    const sizes = sourceFiles(ROOT, 'test').map((file) => ({ file, lines: read(file).split('\n').length }));
    const sorted = sizes.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted.length).toBeGreaterThan(200);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(200);
    const long = sizes.filter(({ lines }) => lines > 400).map(({ file }) => file);
    expect(long.filter((file) => !ONE_DEAR_WORLD.includes(file))).toEqual([]);
    expect(ONE_DEAR_WORLD.filter((file) => !long.includes(file))).toEqual([]);
  });

  it('begins every test with a line that says what it is about', () => {
    expect(sourceFiles(ROOT, 'test').filter((file) => !/^(\/\/ |\/\*\*)/.test(read(file)))).toEqual([]);
  });

  it('has small rooms: no folder is a heap in which a newcomer searches', () => {
    const rooms = new Map<string, number>();
    for (const file of FILES) rooms.set(dirname(file), (rooms.get(dirname(file)) ?? 0) + 1);
    expect([...rooms].filter(([, files]) => files > 45)).toEqual([]);
  });

  it('begins every file with a line that says what may live in it', () => {
    const guilty = FILES.filter((file) => !/^(\/\/ |\/\*\*)/.test(read(file)));
    expect(guilty).toEqual([]);
  });

  it('has no default exports and no barrel files', () => {
    const guilty = FILES.filter((file) => /^export (default|\* from)/m.test(read(file)) || file.endsWith('/index.ts'));
    expect(guilty).toEqual([]);
  });

  it('lets no support of tests remember what one file did: files share its modules', () => {
    const supports = sourceFiles(ROOT, 'test/support');
    expect(supports.length).toBeGreaterThan(30);
    expect(supports.filter((file) => /^(export )?(let|var) /m.test(read(file)))).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}
