// At every start: whether the key ring holds every key that this register rests on, so that a lost key is found before the first read.
import { keyCheck } from '../../secrecy/key-check.ts';
import type { KeyRing } from '../../secrecy/key-ring.ts';
import type { KeyUse } from '../../secrecy/rotation.ts';
import type { Database } from '../../store/database/connect.ts';
import { enterRingKeys, readRingKeys, setKeyCheck } from '../../store/secrecy/ring-keys.ts';

/** The ring is not the one of this register, or no longer, or not yet. */
export class KeyRingMismatch extends Error {
  override readonly name = 'KeyRingMismatch';
  readonly zh: string;
  readonly en: string;
  constructor(missing: readonly string[], other: readonly string[]) {
    const ids = (all: readonly string[]) => all.join('、');
    const zh = [
      ...(missing.length > 0
        ? [
            `数据库中有用密钥 ${ids(missing)} 加密或索引的内容，而密钥环中没有。请从备份恢复，或从已更换密钥的服务器复制密钥环文件。`,
          ]
        : []),
      ...(other.length > 0
        ? [`密钥环中的密钥 ${ids(other)} 与本数据库所用的同名密钥不同，这是另一系统的密钥环。`]
        : []),
    ].join('');
    const en = [
      ...(missing.length > 0
        ? [
            `The database holds what keys ${missing.join(', ')} have sealed or indexed, and the key ring has not got them. Restore it from its backup, or copy it from the server on which keys were changed.`,
          ]
        : []),
      ...(other.length > 0
        ? [
            `The keys ${other.join(', ')} of the ring are not those of this database under the same ids: it is the ring of another installation.`,
          ]
        : []),
    ].join(' ');
    super(en);
    this.zh = `${zh}见 docs/keys.md。`;
    this.en = `${en} See docs/keys.md.`;
  }
}

/** The keys of a ring by use and id, with their check values. */
function checksOf(ring: KeyRing): Map<string, string> {
  const of = (use: KeyUse, ids: readonly string[], key: KeyRing['fieldKey']) =>
    ids.flatMap((id): [string, string][] => {
      const found = key(id);
      return found ? [[`${use}/${id}`, keyCheck(found)]] : [];
    });
  return new Map([
    ...of('field', ring.keyIds, (id) => ring.fieldKey(id)),
    ...of('index', ring.indexKeyIds, (id) => ring.indexKey(id)),
  ]);
}

/**
 * Compares a ring with the keys that the register knows, and enters the ones that are current before anything is sealed with them. What
 * is known is never less than what is used, so that no box has to be looked at.
 * @throws {KeyRingMismatch} naming the ids that are missing or other keys
 */
export async function checkKeyRing(db: Database, ring: KeyRing, at: Date): Promise<void> {
  const checks = checksOf(ring);
  const known = await readRingKeys(db);
  const named = (key: { use: string; id: string }) => `${key.use}/${key.id}`;
  const missing = known.filter((key) => !checks.has(named(key)));
  const other = known.filter(
    (key) => key.check !== null && checks.has(named(key)) && checks.get(named(key)) !== key.check,
  );
  if (missing.length + other.length > 0) throw new KeyRingMismatch(missing.map(named), other.map(named));
  for (const { use, id, check } of known) {
    if (check === null) await setKeyCheck(db.prisma, { use, id, check: checks.get(`${use}/${id}`) ?? '' });
  }
  const current: { use: KeyUse; id: string }[] = [
    { use: 'field', id: ring.currentKeyId },
    { use: 'index', id: ring.currentIndexId },
  ];
  const entered = current.map((key) => ({ ...key, check: checks.get(named(key)) ?? '' }));
  await enterRingKeys(db.prisma, entered, at);
}
