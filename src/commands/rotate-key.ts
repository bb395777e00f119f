// `rotate-key`: a fresh key for the key ring, current at once or only known at first; or a known one made current. Prints ids, never keys.
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { type KeyRing, loadKeyRing } from '../secrecy/key-ring.ts';
import { type KeyUse, withCurrent, withNewKey } from '../secrecy/rotation.ts';
import { remindOfBackup, withKeyRing } from './key-ring-change.ts';

const USAGE = [
  '用法：rotate-key [--prepare | --make-current <密钥号> | --list] [--index]',
  'Usage: rotate-key [--prepare | --make-current <id> | --list] [--index]',
  '  （无选项）/ none     新密钥立即成为当前密钥（单台服务器）。A fresh key, current at once: for one server.',
  '  --prepare           只加入新密钥（多台服务器：先分发、重启，再启用）。Only adds it: for several servers, first distribute, restart, then:',
  '  --make-current <id> 启用已加入的密钥。Makes a known key current.',
  '  --index             针对证件号码索引密钥。The key of the identity number index instead.',
  '  --list              列出密钥号。Lists the ids.',
];

/** Exit code 0 when the ring is as asked, 2 for a bad call; problems of the file end with 1 and their sentence. */
export async function rotateKey(args: string[]): Promise<number> {
  const asked = optionsOf(args);
  if (!asked) {
    for (const line of USAGE) console.error(line);
    return 2;
  }
  const use: KeyUse = asked.index ? 'index' : 'field';
  if (asked.list) {
    const { keyRingFile, keyRingPassphrase: passphrase } = readConfig();
    tell(loadKeyRing(keyRingFile, { create: false, ...(passphrase === undefined ? {} : { passphrase }) }));
    return 0;
  }
  const chosen = asked.makeCurrent;
  return withKeyRing(async (change, path) => {
    const { ring } = change((content) =>
      chosen === undefined ? withNewKey(content, use, !asked.prepare) : { content: withCurrent(content, use, chosen) },
    );
    tell(ring);
    remindOfBackup(path);
    if (!asked.prepare) {
      console.error('重启后，请各单位学位管理部门办理 reencryptSecrets（见 docs/keys.md）。');
      console.error(
        'After the restart let the degree office of each institution ask for reencryptSecrets (docs/keys.md).',
      );
    }
    return 0;
  });
}

interface Options {
  readonly index: boolean;
  readonly prepare: boolean;
  readonly list: boolean;
  readonly makeCurrent: string | undefined;
}

/** Undefined for words that say nothing, or two things at once. */
function optionsOf(args: string[]): Options | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: {
        index: { type: 'boolean' },
        prepare: { type: 'boolean' },
        list: { type: 'boolean' },
        'make-current': { type: 'string' },
      },
    });
    const { index = false, prepare = false, list = false, 'make-current': makeCurrent } = values;
    const ways = [prepare, list, makeCurrent !== undefined].filter(Boolean).length;
    return ways > 1 ? undefined : { index, prepare, list, makeCurrent };
  } catch {
    return undefined;
  }
}

/** One line per key: what it is for, its id, and `current` where it is. */
function tell(ring: KeyRing): void {
  for (const id of ring.keyIds) console.log(line('field', id, ring.currentKeyId));
  for (const id of ring.indexKeyIds) console.log(line('index', id, ring.currentIndexId));
}

const line = (use: KeyUse, id: string, current: string): string => `${use}\t${id}${id === current ? '\tcurrent' : ''}`;
