// Names of files that every system can unpack.
import { describe, expect, it } from 'vitest';
import { safeName } from '../../src/files/safe-name.ts';

describe('a text as the name of a file', () => {
  it.each([
    ['关于赵小李的说明', '关于赵小李的说明'],
    ['a\\b/c:d*e?f"g<h>i|j', 'a_b_c_d_e_f_g_h_i_j'],
    ['  ..说明. . ', '说明'],
    ['x\u0000y\u202Ez\uD800', 'x_y_z_'],
    ['e\u0301', 'é'],
    ['con', '_con'],
    ['NUL.txt', '_NUL.txt'],
    ['console', 'console'],
    ['...', '_'],
    ['', '_'],
  ])('%j is called %j', (text, name) => expect(safeName(text)).toBe(name));

  it('is cut by bytes, no character in half, and never ends in a dot for it', () => {
    expect(safeName('𠮷'.repeat(60))).toBe('𠮷'.repeat(37));
    expect(safeName(`${'长'.repeat(49)}a....bcd`)).toBe(`${'长'.repeat(49)}a`);
  });
});
