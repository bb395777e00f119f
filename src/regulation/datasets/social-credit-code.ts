// 统一社会信用代码 (GB 32100-2015): eighteen characters, the last of which checks the others.

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const LENGTH = 18;
const MODULUS = 31;

/** The check character of the first seventeen; null when one of them cannot stand in a code. */
export function socialCreditCheckCharacter(first17: string): string | null {
  if (first17.length !== LENGTH - 1) return null;
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return null;
    sum += value * weight;
    weight = (weight * 3) % MODULUS;
  }
  return ALPHABET.charAt((MODULUS - (sum % MODULUS)) % MODULUS);
}

/** What people write for a code, as it is kept: capital letters, no spaces or dashes. */
export function normalizeSocialCreditCode(text: string): string {
  return text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
}

/** What the code should look like, or end in; null when it is a code. */
export function socialCreditCodeExpected(code: string): string | null {
  // Registering department and kind, six digits of the place, nine characters of the organisation, one to check.
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(code)) return 'GB 32100：18 位';
  const check = socialCreditCheckCharacter(code.slice(0, -1));
  return code.endsWith(check ?? ' ') ? null : `${code.slice(0, -1)}${check}`;
}
