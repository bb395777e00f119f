// What can be wrong with keys and sealed fields: typed errors whose sentences never contain a key or a plain value.

/** The sentences about the key file, each with what to do; the path follows. */
export const KEY_FILE_PROBLEMS = {
  missing: {
    zh: '找不到密钥环文件。若已有密钥环，请恢复备份或检查 VERMILION_KEY_RING；正式模式首次启动之前，请运行 npm run command -- new-key-ring 生成',
    en: 'The key ring is missing. If there is one, restore its backup or check VERMILION_KEY_RING; before the first start in production, make it with npm run command -- new-key-ring',
  },
  unreadable: { zh: '无法读取密钥环文件', en: 'The key ring file cannot be read' },
  'open-to-others': {
    zh: '密钥环文件可被其他用户读取，已拒绝使用。请将权限改为 0600',
    en: 'Other users can read the key ring file, so it was refused. Set its permissions to 0600',
  },
  malformed: {
    zh: '密钥环文件的内容不完整或格式不正确',
    en: 'The content of the key ring file is incomplete or malformed',
  },
  'cannot-create': {
    zh: '无法生成密钥环文件，请检查目录的写入权限',
    en: 'The key ring file cannot be created. Check that its directory is writable',
  },
  'cannot-replace': {
    zh: '无法更新密钥环文件，原文件未改动。请检查目录的写入权限',
    en: 'The key ring file cannot be replaced; the old one is untouched. Check that its directory is writable',
  },
  'in-use': {
    zh: '另一进程正在更改密钥环，请稍后再试',
    en: 'Another process is changing the key ring; try again later',
  },
  'passphrase-needed': {
    zh: '密钥环文件受口令保护，请提供口令',
    en: 'The key ring file is protected by a passphrase; provide it',
  },
  'passphrase-wrong': {
    zh: '密钥环文件的口令不正确，或文件已被改动',
    en: 'The passphrase of the key ring file is wrong, or the file was altered',
  },
  'passphrase-unused': {
    zh: '已提供口令，但密钥环文件没有受口令保护',
    en: 'A passphrase was provided, but the key ring file is not protected by one',
  },
} as const satisfies Record<string, { zh: string; en: string }>;

/** A code of {@link KEY_FILE_PROBLEMS}. */
export type KeyFileProblemCode = keyof typeof KEY_FILE_PROBLEMS;

/** The key file cannot be used; the start must stop here. `path` is where it was looked for. */
export class KeyFileProblem extends Error {
  readonly code: KeyFileProblemCode;
  readonly path: string;
  readonly zh: string;
  readonly en: string;

  constructor(code: KeyFileProblemCode, path: string) {
    const { zh, en } = KEY_FILE_PROBLEMS[code];
    super(`${code}: ${en}: ${path}`);
    this.name = 'KeyFileProblem';
    this.code = code;
    this.path = path;
    this.zh = `${zh}：${path}`;
    this.en = `${en}: ${path}`;
  }
}

/** A sealed field names a key that is not on the key ring: the ring is of another installation, or a key was dropped. */
export class WrongKey extends Error {
  readonly keyId: string;
  readonly zh = '密钥环中没有加密此字段的密钥。';
  readonly en = 'The key that sealed this field is not on the key ring.';

  constructor(keyId: string) {
    super('The key that sealed this field is not on the key ring.');
    this.name = 'WrongKey';
    this.keyId = keyId;
  }
}

/** A sealed field was altered, cut, or moved here from another record, field or institution. */
export class Tampered extends Error {
  readonly zh = '加密字段已被改动，或不属于这条记录。';
  readonly en = 'The sealed field was altered, or does not belong to this record.';

  constructor() {
    super('The sealed field was altered, or does not belong to this record.');
    this.name = 'Tampered';
  }
}
