// The texts written into a GraphQL document itself: held to the same as those in variables.
import { Lexer, Source, type Token, TokenKind } from 'graphql';
import { type BadText, badText } from '../graphql/bad-input.ts';
import { placesIn } from './literal-places.ts';

/**
 * The first bad text of a document; its path is the input that it stands in, `line:column` where it stands in none. A document that is no
 * GraphQL is left to the parser.
 */
export function badLiteral(document: string): BadText | null {
  const bad = firstBad(document);
  if (!bad) return null;
  const { place } = placesIn(document)(bad.token) ?? {};
  return place === undefined ? bad.text : { ...bad.text, path: place };
}

function firstBad(document: string): { readonly token: Token; readonly text: BadText } | null {
  const lexer = new Lexer(new Source(document));
  try {
    for (;;) {
      const token = lexer.advance();
      const { kind, value, line, column } = token;
      if (kind === TokenKind.EOF) return null;
      if (kind !== TokenKind.STRING && kind !== TokenKind.BLOCK_STRING) continue;
      const text = badText(value ?? '', `${line}:${column}`);
      if (text) return { token, text };
    }
  } catch {
    return null;
  }
}
