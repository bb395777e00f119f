// The texts written into a GraphQL document itself: held to the same as those in variables.
import { Lexer, Source, TokenKind } from 'graphql';
import { type BadText, badText } from '../graphql/bad-input.ts';

/** The first bad text of a document; its path is `line:column`. A document that is no GraphQL is left to the parser. */
export function badLiteral(document: string): BadText | null {
  const lexer = new Lexer(new Source(document));
  try {
    for (;;) {
      const { kind, value, line, column } = lexer.advance();
      if (kind === TokenKind.EOF) return null;
      if (kind !== TokenKind.STRING && kind !== TokenKind.BLOCK_STRING) continue;
      const bad = badText(value ?? '', `${line}:${column}`);
      if (bad) return bad;
    }
  } catch {
    return null;
  }
}
