// Reading request bodies within their limits, whatever their headers claim.

/** A body that is larger than it may be. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
  readonly most: number;
  constructor(most: number) {
    super('the body is too large');
    this.most = most;
  }
}

/** The pieces of a body, until they exceed the limit. @throws BodyTooLarge */
export async function* limited(body: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of body) {
    size += piece.length;
    if (size > most) throw new BodyTooLarge(most);
    yield piece;
  }
}

/** A whole body. @throws BodyTooLarge */
export async function readBody(body: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of limited(body, most)) pieces.push(piece);
  return Buffer.concat(pieces);
}
