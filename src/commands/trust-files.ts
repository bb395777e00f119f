// The files of who verifies: root certificates and revocation lists, PEM or DER. Any other thing is refused by its name and never passed over.
import { readRevocationList } from '../sealing/verify/revocation.ts';
import type { Trust } from '../sealing/verify/verdict.ts';
import { readCertificate } from '../sealing/verify/x509.ts';

/** What was read, in DER; or what the file holds instead, in both languages. */
export type Believed = { readonly ders: Uint8Array[] } | { readonly found: readonly [zh: string, en: string] };

/** A thing in such a file: its label, and its DER unless it is encrypted or damaged. */
interface Block {
  readonly label: string;
  readonly der: Uint8Array;
}

const CERTIFICATE = 'CERTIFICATE';
const LIST = 'X509 CRL';
const WORDS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  [CERTIFICATE]: ['证书', 'a certificate'],
  [LIST]: ['吊销列表', 'a revocation list'],
  'PUBLIC KEY': ['公钥', 'a public key'],
  'CERTIFICATE REQUEST': ['证书申请', 'a certificate request'],
};

/** The root certificates of a file; every one must be readable. */
export function rootsIn(bytes: Uint8Array): Believed {
  return believed(bytes, CERTIFICATE, readCertificate);
}

/** The revocation lists of a file; every one must be readable: one that is damaged, or speaks of some certificates only, is no answer. */
export function listsIn(bytes: Uint8Array): Believed {
  return believed(bytes, LIST, readRevocationList);
}

function believed(bytes: Uint8Array, label: string, read: (der: Uint8Array) => unknown): Believed {
  const blocks = blocksOf(bytes);
  const wanted = blocks.filter((block) => block.label === label);
  const [zh, en] = WORDS[label] ?? ['', ''];
  if (wanted.some(({ der }) => !readable(read, der)))
    return { found: [`无法识别的${zh}`, `${en} that cannot be read`] };
  if (wanted.length > 0) return { ders: wanted.map(({ der }) => der) };
  const names = [...new Set(blocks.map((block) => block.label))].map(wordsOf);
  if (names.length > 0)
    return { found: [names.map((name) => name[0]).join('、'), names.map((name) => name[1]).join(', ')] };
  return { found: bytes.length === 0 ? ['空文件', 'nothing'] : [`既无证书也无吊销列表`, 'no certificate and no list'] };
}

/** PEM (RFC 7468) as most files are; without it, DER as authorities publish their lists. */
function blocksOf(bytes: Uint8Array): Block[] {
  const pem = Buffer.from(bytes).toString('latin1');
  const found = [...pem.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----/gs)];
  if (found.length > 0) {
    return found.map(([, label = '', text = '']) => ({ label, der: new Uint8Array(Buffer.from(text, 'base64')) }));
  }
  const der = new Uint8Array(bytes);
  if (readable(readRevocationList, der)) return [{ label: LIST, der }];
  return readable(readCertificate, der) ? [{ label: CERTIFICATE, der }] : [];
}

function readable(read: (der: Uint8Array) => unknown, der: Uint8Array): boolean {
  try {
    return read(der) !== undefined;
  } catch {
    return false;
  }
}

function wordsOf(label: string): readonly [zh: string, en: string] {
  if (label.endsWith('PRIVATE KEY')) return ['私钥', 'a private key'];
  return WORDS[label] ?? [label, label];
}

/** What is said when a file holds something else. */
export function notThat(file: string, wanted: 'root' | 'list', found: readonly [zh: string, en: string]): string {
  const [zh, en] = wanted === 'root' ? ['根证书', 'a root certificate'] : ['吊销列表', 'a revocation list'];
  return `无法从 ${file} 读取${zh}：其中是${found[0]}。Cannot read ${en} from ${file}: it holds ${found[1]}.`;
}

/** Who names a list wants it heeded: one that says nothing about the seals must not look as if it had cleared them. */
export function demandOf(listsGiven: boolean, required: boolean | undefined): Pick<Trust, 'revocation'> {
  if (listsGiven) return { revocation: 'by-given-lists' };
  return required ? { revocation: 'required' } : {};
}
