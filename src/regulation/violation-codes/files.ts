// Violation codes of files and calls: what arrived cannot be taken as it is (art. 6, 11(1), 21).
import type { ViolationEntry } from './entry.ts';

/** What is wrong with a file or a call before any rule about degrees can be asked. */
export const FILE_CODES = {
  'file-unreadable': {
    article: '11(1)',
    zh: '文件无法按要求的格式读取。',
    en: 'The file cannot be read in the form that was asked for.',
  },
  'file-wrong-encoding': {
    article: '11(1)',
    zh: '文件的编码无法识别。',
    en: 'The encoding of the file is not supported.',
  },
  'file-too-large': { article: '11(1)', zh: '文件超过允许的大小或行数。', en: 'The file is larger than allowed.' },
  'file-unsafe': {
    article: '21',
    zh: '文件的结构不安全，已拒绝。',
    en: 'The structure of the file is not safe; it was refused.',
  },
  'file-wrong-type': {
    article: '6',
    zh: '文件不是要求的类型。',
    en: 'The file is not of the type that was asked for.',
  },
  'file-already-imported': {
    article: '11(1)',
    zh: '同一文件已经导入过。',
    en: 'The same file has already been imported.',
  },
  'import-too-many-problems': {
    article: '11(1)',
    zh: '文件中的问题过多，只审核了一部分行；整份文件不能导入，请修改后重新预检。',
    en: 'The file has too many problems, and only some of its rows were judged; none of it can be imported. Mend it and check it again.',
  },
  'file-altered': {
    article: '12',
    zh: '文件内容与登记的摘要不一致，已被改动。',
    en: 'The content of the file is not what was registered; it has been altered.',
  },
  'photo-without-person': {
    article: '8',
    zh: '照片的文件名没有对应的人员。',
    en: 'No person belongs to the file name of the photo.',
  },
  'photo-doubled': { article: '8', zh: '同一人有多张照片。', en: 'The same person has more than one photo.' },
  'photo-not-of-standard': {
    article: '8',
    zh: '照片的尺寸、格式或大小不符合规定。',
    en: 'The size or format of the photo is not what the standard asks for.',
  },
} as const satisfies Record<string, ViolationEntry>;
