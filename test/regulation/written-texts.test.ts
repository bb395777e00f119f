// Article 12: what stands in an official paper is what a reader sees, and no more than a page can hold.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keysOf } from '../../src/regulation/vocabulary.ts';
import { WRITTEN_TEXTS, type WrittenText } from '../../src/regulation/written-kinds.ts';
import { writtenTextViolations } from '../../src/regulation/written-texts.ts';
import { codes } from './samples.ts';

describe('Article 12: a text of an application or decision', () => {
  it('takes what officers write: Han text, minority names, numbers with brackets, paragraphs', () => {
    expect(writtenTextViolations('decisionNumber', '鲁学位办〔2026〕15号')).toEqual([]);
    expect(writtenTextViolations('contactName', '帕提曼·古丽米热')).toEqual([]);
    expect(writtenTextViolations('reason', '第一段。\n第二段：𠮷林省。\r\n第三段。')).toEqual([]);
  });

  it.each(['371502200403150011', '37150220040315001x', '371502 20040315 0011', '３７１５０２２００４０３１５００１１'])(
    'Article 21: refuses the identity number %s in every text, without repeating it',
    (number) => {
      for (const name of keysOf(WRITTEN_TEXTS)) {
        const found = writtenTextViolations(name, `张三，${number}。`);
        const own = name === 'ownReason';
        const code = own ? 'identity-number-in-own-words' : 'identity-number-in-text';
        expect(found).toMatchObject([{ code, path: name, article: '21' }]);
        expect(JSON.stringify(found)).not.toContain(number.slice(-4));
      }
    },
  );

  it('Article 21: takes numbers of papers, bodies and certificates', () => {
    for (const other of ['123700004955713030', '1044742026000001', '10447-20260621-0001', '2022000001']) {
      expect(writtenTextViolations('proofs', `见${other}`)).toEqual([]);
    }
  });

  it.each([
    ['a bell', '\u0007', 'U+0007'],
    ['a mark that turns the text around', '\u202e', 'U+202E'],
    ['a space that nobody sees', '\u200b', 'U+200B'],
    ['a line separator', '\u2028', 'U+2028'],
    ['a private character', '\ue000', 'U+E000'],
    ['half a character', '\ud800', 'U+D800'],
    ['the sign of a lost character', '\ufffd', 'U+FFFD'],
  ])('refuses %s by its code point', (_, character, found) => {
    for (const name of keysOf(WRITTEN_TEXTS)) {
      expect(writtenTextViolations(name, `前${character}后`)).toMatchObject([
        { code: 'text-unreadable-character', path: name, article: '12', found },
      ]);
    }
  });

  it('has line ends only where it may have paragraphs', () => {
    for (const name of keysOf(WRITTEN_TEXTS)) {
      expect(writtenTextViolations(name, '一\n二').length).toBe(WRITTEN_TEXTS[name].lines ? 0 : 1);
    }
  });

  it('counts characters, not code units, and names the limit', () => {
    fc.assert(
      fc.property(fc.constantFrom<WrittenText>('title', 'receipt', 'contactName'), fc.nat(200), (name, length) => {
        const { most } = WRITTEN_TEXTS[name];
        const found = codes(writtenTextViolations(name, '𠮷'.repeat(length), 'there'));
        expect(found).toEqual(length > most ? ['field-too-long@there'] : []);
      }),
    );
  });
});
