// 决议文号: one number however it was typed. The official form has hexagonal brackets around the year (党政机关公文格式 GB/T 9704: 〔2026〕).
import { codePointLabel, UNREADABLE } from '../texts/code-points.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';

/** Every bracket that a year is written in; full-width ones are ordinary ones by then. */
const YEAR = /[〔[({【〖「『<《〈⟨⟦]\s*(\d{4})\s*年?\s*[〕\])}】〗」』>》〉⟩⟧]/g;
/** A space parts only letters and digits of the Latin kind; elsewhere it says nothing. */
const IDLE_SPACE = /(?<![0-9A-Za-z]) | (?![0-9A-Za-z])/g;
/** The ordinary forms of strokes that stand for a hyphen. */
const HYPHENS = /[\u2010-\u2015\u2212]/g;
/** What a number is written with; anything else, markup first of all, is no number. */
const ALLOWED = /^[\p{L}\p{M}\p{N}〔〕()[\]\-./·:、，, ]$/u;
const EXPECTED = '文字 letters, 0-9 〔〕 () [] - . / · : 、';
const PLAIN = /^[\u4e00-\u9fff]+〔\d{4}〕[\u4e00-\u9fff]*\d+号$/;
const MOST = 8;

/** The number in its official form: ordinary digits and letters, 〔〕 around the year, no spaces that say nothing. */
export function normalizeResolutionNumber(raw: string): string {
  if (PLAIN.test(raw)) return raw;
  return raw
    .normalize('NFKC')
    .replace(HYPHENS, '-')
    .replace(YEAR, '〔$1〕')
    .replace(/\s+/g, ' ')
    .replace(IDLE_SPACE, '');
}

/** Whether two numbers are one, however each was typed. */
export function isSameResolutionNumber(one: string, other: string): boolean {
  return one === other || normalizeResolutionNumber(one) === normalizeResolutionNumber(other);
}

/** Characters that no number of a resolution (already normalised) is written with, each once with its place from 1. */
export function resolutionNumberViolations(number: string): Violation[] {
  if (PLAIN.test(number)) return [];
  const bad = new Map<string, number>();
  let place = 0;
  for (const character of number) {
    place++;
    // What nobody can read is named already by the rules of written texts.
    if (!ALLOWED.test(character) && !UNREADABLE.test(character) && !bad.has(character)) bad.set(character, place);
    if (bad.size > MOST) break;
  }
  if (bad.size === 0) return [];
  const shown = [...bad].slice(0, MOST).map(([character, at]) => `${codePointLabel(character)} #${at}`);
  const details = { found: shown.join(', ') + (bad.size > MOST ? ', …' : ''), expected: EXPECTED };
  return [violation('resolution-number-malformed', 'number', details)];
}
