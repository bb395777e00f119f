// How large a GraphQL document may be, judged by its tokens before anything parses it.
import { Lexer, Source, TokenKind } from 'graphql';
import type { Limits } from './options.ts';

/** A limit that a document exceeds. */
export interface Excess {
  readonly limit: 'tokens' | 'depth' | 'aliases' | 'directives';
  readonly found: number;
  readonly expected: number;
}

const OPENING: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * The first limit that a document exceeds, or null. Linear in its length and without recursion: a parser would already
 * be in trouble. A text that is no GraphQL exceeds nothing; the parser names the mistake.
 */
export function excessOf(text: string, limits: Limits): Excess | null {
  const lexer = new Lexer(new Source(text));
  const open: string[] = [];
  let parentheses = 0;
  let tokens = 0;
  let aliases = 0;
  let directives = 0;
  let name = false;
  try {
    for (;;) {
      const { kind } = lexer.advance();
      if (kind === TokenKind.EOF) return null;
      tokens++;
      if (tokens > limits.tokens) return { limit: 'tokens', found: tokens, expected: limits.tokens };
      if (OPENING.has(kind)) {
        open.push(kind);
        if (kind === TokenKind.PAREN_L) parentheses++;
        if (open.length > limits.depth) return { limit: 'depth', found: open.length, expected: limits.depth };
      } else if (CLOSING.has(kind) && open.pop() === TokenKind.PAREN_L) parentheses--;
      else if (kind === TokenKind.AT && ++directives > limits.directives) {
        return { limit: 'directives', found: directives, expected: limits.directives };
      } else if (kind === TokenKind.COLON && name && parentheses === 0 && ++aliases > limits.aliases) {
        return { limit: 'aliases', found: aliases, expected: limits.aliases };
      }
      name = kind === TokenKind.NAME;
    }
  } catch {
    return null;
  }
}
