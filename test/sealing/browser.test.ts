// The verifier must run unchanged in a browser: nothing of Node may be named in its folder, and of packages the one that the import table allows.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const FOLDER = join(import.meta.dirname, '../../src/sealing/verify');

describe('SEALING: the verifying code runs in a browser', () => {
  it.each(readdirSync(FOLDER))('%s uses nothing of Node and nothing of the signing side', (file) => {
    const text = readFileSync(join(FOLDER, file), 'utf8').replace(/^\s*(\/\/|\/?\*).*$/gm, '');
    expect(text).not.toMatch(
      /\bBuffer\b|\bprocess\b|\brequire\(|node:|from '\.\.|from '(?!\.\/|@noble\/hashes\/sha2\.js')/,
    );
  });
});
