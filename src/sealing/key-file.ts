// A private key and its certificates from a PKCS#12 file that only its owner can read. Every fault is one clear sentence.
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { open } from 'node:fs/promises';
import { type AlgorithmName, algorithmOf } from './algorithms.ts';
import { type Pkcs12Content, Pkcs12Passphrase, readPkcs12 } from './pkcs12-read.ts';
import { type SealKeyFault, SealKeyProblem } from './problem.ts';
import { type Certificate, readCertificate } from './verify/x509.ts';

/** An opened key file: the key, its own certificate, and all certificates of the file. */
export interface KeyFile {
  key: KeyObject;
  algorithm: AlgorithmName;
  own: Certificate;
  certificates: Certificate[];
}

const LARGEST_FILE = 1 << 20;

function problem(fault: SealKeyFault, id: string, zh: string, en: string): SealKeyProblem {
  return new SealKeyProblem(fault, { zh: `印章“${id}”不能使用：${zh}`, en: `Seal "${id}" cannot be used: ${en}` });
}

async function readPrivateFile(id: string, path: string): Promise<Buffer> {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EACCES') {
      throw problem(
        'permissions',
        id,
        `没有读取密钥文件 ${path} 的权限。`,
        `the key file ${path} may not be read by this user.`,
      );
    }
    throw problem('missing', id, `找不到密钥文件 ${path}。`, `the key file ${path} was not found.`);
  });
  try {
    // Asked of the open file, so that it cannot be exchanged in between.
    const { mode, size } = await handle.stat();
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      const found = (mode & 0o777).toString(8).padStart(4, '0');
      throw problem(
        'permissions',
        id,
        `密钥文件 ${path} 的权限为 ${found}，其他用户可以读取；请执行 chmod 600。`,
        `the key file ${path} has mode ${found}, so other users can reach it; run chmod 600.`,
      );
    }
    if (size > LARGEST_FILE) throw notPkcs12(id, path);
    return await handle.readFile().catch(() => {
      throw notPkcs12(id, path);
    });
  } finally {
    await handle.close();
  }
}

function notPkcs12(id: string, path: string): SealKeyProblem {
  return problem(
    'format',
    id,
    `文件 ${path} 不是完好的 PKCS#12 密钥文件。`,
    `the file ${path} is not an intact PKCS#12 key file.`,
  );
}

function wrongPassphrase(id: string, path: string): SealKeyProblem {
  return problem(
    'passphrase',
    id,
    `密钥文件 ${path} 的口令不正确。`,
    `the passphrase of the key file ${path} is wrong.`,
  );
}

function openContent(id: string, path: string, file: Buffer, passphrase: string): Pkcs12Content {
  try {
    return readPkcs12(file, passphrase);
  } catch (error) {
    // Causes are dropped on purpose: a parser's message could quote what it read.
    throw error instanceof Pkcs12Passphrase ? wrongPassphrase(id, path) : notPkcs12(id, path);
  }
}

function openKey(id: string, path: string, content: Pkcs12Content, passphrase: string): KeyObject {
  const [first, second] = content.keys;
  if (!first || second) {
    throw problem(
      'format',
      id,
      `文件 ${path} 应当只含一个私钥。`,
      `the file ${path} must hold exactly one private key.`,
    );
  }
  try {
    return createPrivateKey({
      key: Buffer.from(first.der),
      format: 'der',
      type: 'pkcs8',
      ...(first.encrypted ? { passphrase } : {}),
    });
  } catch {
    throw notPkcs12(id, path);
  }
}

/**
 * Opens a PKCS#12 key file. There is no fallback: without this key there is no seal.
 * @param opts `id` of the seal for messages, `path` of the file (mode 0600 or stricter on POSIX), its `passphrase`
 * @throws {SealKeyProblem} `missing`, `permissions`, `passphrase`, `format`, `mismatch` or `algorithm`; never names a secret
 */
export async function openKeyFile(opts: { id: string; path: string; passphrase: string }): Promise<KeyFile> {
  const { id, path, passphrase } = opts;
  const content = openContent(id, path, await readPrivateFile(id, path), passphrase);
  const key = openKey(id, path, content, passphrase);
  const algorithm = algorithmOf(key);
  if (!algorithm) {
    throw problem(
      'algorithm',
      id,
      `密钥算法不受支持（须为 RSA 3072 位或 ECDSA P-256）。`,
      'its key is neither RSA with 3072 bits nor ECDSA on P-256.',
    );
  }
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const certificates = content.certificates.map((der) => {
    try {
      return readCertificate(der);
    } catch {
      throw notPkcs12(id, path);
    }
  });
  const own = certificates.find((certificate) => Buffer.compare(certificate.spki, spki) === 0);
  if (!own) {
    throw problem(
      'mismatch',
      id,
      `文件 ${path} 中没有与私钥相符的证书。`,
      `the file ${path} has no certificate that belongs to its private key.`,
    );
  }
  return { key, algorithm, own, certificates };
}
