// Article 12: what stands in an official paper is what a reader sees, and no more than a page can hold.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dispatching, dispatchViolations } from '../../../src/regulation/applications/dispatch.ts';
import { resolutionViolations } from '../../../src/regulation/resolution/resolution.ts';
import { readEdition } from '../../../src/regulation/standard/edition-load.ts';
import { WRITTEN_TEXTS, type WrittenText } from '../../../src/regulation/texts/written-kinds.ts';
import { writtenTextViolations } from '../../../src/regulation/texts/written-texts.ts';
import { keysOf } from '../../../src/regulation/vocabulary.ts';
import { codes } from '../samples.ts';

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

  it.each([
    ['with gaps anywhere, when its check character is right', '1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X'],
    ['parted by dots and dashes of any width', '110105．19491231—002X'],
    ['beside another number', '案号12 110105194912310021'],
    ['behind letters, when its check character is right', 'ID11010519491231002X'],
    ['of the first generation', '110105491231002'],
    ['of the first generation, parted', '110105 491231 002'],
    ['of a foreigner who lives here for good', '911124198108030024'],
  ])('Article 21: finds one %s', (_, number) => {
    expect(codes(writtenTextViolations('finding', `身份证号${number}。`))).toEqual(['identity-number-in-text@finding']);
  });

  it.each([
    ['days side by side', '2026-06-30 2026-07-15 20:15'],
    ['days without dashes', '20260630 20260715 20'],
    ['telephones', '13800138000 1234567'],
    ['a certificate of graduation of a school whose code begins like a region', '110661202605012345'],
    ['certificates one after another', '1044742026000001、1044742026000002 13'],
    ['a case number', 'GG-2026-0003'],
    ['a number of a parcel', 'SF1234567890123'],
    ['a code of an organisation', '91370000495571303U'],
    ['a digest', 'a110105194912310021b'],
  ])('Article 21: takes %s', (_, other) => {
    expect(writtenTextViolations('finding', `见${other}`)).toEqual([]);
  });

  it('Article 21: takes fifteen digits where a number of a paper or parcel belongs, and eighteen nowhere', () => {
    expect(writtenTextViolations('receipt', '110105491231002')).toEqual([]);
    expect(codes(writtenTextViolations('receipt', '11010519491231002X'))).toEqual(['identity-number-in-text@receipt']);
  });

  it('Article 21: tells a student where the number belongs', () => {
    const [told] = writtenTextViolations('ownReason', '应为11010519491231002X');
    expect(told).toMatchObject({
      code: 'identity-number-in-own-words',
      messageEn: expect.stringContaining('encrypted'),
    });
  });

  it('refuses what is only white space, owed or not', () => {
    for (const blank of [' ', '\u3000', '\u00a0 ']) {
      expect(codes(writtenTextViolations('note', blank))).toEqual(['text-blank@note']);
      const owed = writtenTextViolations('title', blank, 'here', { missing: 'application-evidence-untitled' });
      expect(owed).toMatchObject([
        { code: 'application-evidence-untitled', path: 'here', found: '0', expected: '≥ 1' },
      ]);
    }
    expect(writtenTextViolations('note', '')).toEqual([]);
  });

  it('the rules that are asked after a file have been read use it, too', () => {
    const said = '第11010519491231002X次';
    const resolution = { number: said, meeting: said, headName: '周明远', chairName: '周明远' };
    const votes = { members: 21, present: 19, yes: 19, no: 0, abstain: 0 };
    const days = { decidedOn: '2026-06-20', effectiveOn: '2026-06-22' };
    const dispatching: Dispatching = {
      kind: 'change-request',
      addressee: 'provincial-office',
      channel: 'by-hand',
      dispatchedOn: '2026-06-22',
      receipt: said,
      proof: true,
      documentDate: '2026-06-20',
      today: '2026-06-24',
      sent: [],
    };
    const wrong = (path: string) => `identity-number-in-text@${path}`;
    expect(codes(resolutionViolations({ ...resolution, ...votes, ...days }))).toEqual([
      wrong('number'),
      wrong('meeting'),
    ]);
    expect(codes(dispatchViolations(dispatching))).toEqual([wrong('receipt')]);
    const head = {
      id: 'master-2027',
      zh: said,
      en: said,
      source: said,
      validFrom: null,
      validUntil: null,
      categories: [],
    };
    expect(codes(readEdition(head, []).violations)).toEqual(
      expect.arrayContaining([wrong('name'), wrong('nameEn'), wrong('source')]),
    );
  });

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
    ['a letter without a shape', '\u3164', 'U+3164'],
    ['a variant of nothing', '\ufe0f\ufe0f', 'U+FE0F'],
    ['a point that is no character', '\ufdd0', 'U+FDD0'],
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
