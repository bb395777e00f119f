// SHA-256 (FIPS 180-4) without waiting: for the many short texts of a proof WebCrypto's way to another thread and back costs far more than the hashing.

/** The first 32 bits of the fractional parts of the roots of primes (FIPS 180-4 sections 4.2.2 and 5.3.3), worked out exactly. */
function fractions(count: number, root: 2 | 3): Uint32Array {
  const out = new Uint32Array(count);
  const primes: bigint[] = [];
  for (let n = 2n; primes.length < count; n += 1n) {
    if (primes.some((prime) => n % prime === 0n)) continue;
    primes.push(n);
    // floor(root of n · 2^32), by bisection.
    const scaled = n << BigInt(32 * root);
    let [low, high] = [0n, n << 32n];
    while (low < high) {
      const middle = (low + high + 1n) >> 1n;
      if (middle ** BigInt(root) <= scaled) low = middle;
      else high = middle - 1n;
    }
    out[primes.length - 1] = Number(low & 0xffffffffn);
  }
  return out;
}

const K = new Int32Array(fractions(64, 3));
const START = new Int32Array(fractions(8, 2));
const W = new Int32Array(64);

/** One block of 64 bytes, from `at` on, into the state. */
function compress(state: Int32Array, bytes: Uint8Array, at: number): void {
  for (let t = 0, i = at; t < 16; t += 1, i += 4) {
    const [one = 0, two = 0, three = 0, four = 0] = [bytes[i], bytes[i + 1], bytes[i + 2], bytes[i + 3]];
    W[t] = (one << 24) | (two << 16) | (three << 8) | four;
  }
  for (let t = 16; t < 64; t += 1) {
    const x = W[t - 15] as number;
    const y = W[t - 2] as number;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    W[t] = ((W[t - 16] as number) + s0 + (W[t - 7] as number) + s1) | 0;
  }
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let t = 0; t < 64; t += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const first = (h + s1 + ((e & f) ^ (~e & g)) + (K[t] as number) + (W[t] as number)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) state[i] = ((state[i] as number) + word) | 0;
}

/** SHA-256 of bytes that are few: it does not give way to others while it works. */
export function sha256Now(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const state = START.slice();
  const whole = bytes.length - (bytes.length % 64);
  for (let at = 0; at < whole; at += 64) compress(state, bytes, at);
  const rest = bytes.length - whole;
  const tail = new Uint8Array(rest < 56 ? 64 : 128);
  tail.set(bytes.subarray(whole));
  tail[rest] = 0x80;
  const view = new DataView(tail.buffer);
  view.setUint32(tail.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(tail.length - 4, (bytes.length << 3) >>> 0);
  for (let at = 0; at < tail.length; at += 64) compress(state, tail, at);
  const out = new Uint8Array(32);
  const words = new DataView(out.buffer);
  for (const [i, word] of state.entries()) words.setInt32(4 * i, word);
  return out;
}
