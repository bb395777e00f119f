// What can be wrong with a file as a file: one table of sentences and the one error type that carries them.

/**
 * Every way in which bytes can fail to be the file that was asked for. A closed table: codes are added here, nowhere else.
 * Sentences are fixed; what was found and expected travels beside them, language-neutral.
 */
export const FILE_PROBLEMS = {
  unreadable: { zh: '文件无法读取。', en: 'The file cannot be read.' },
  'empty-file': { zh: '文件是空的。', en: 'The file is empty.' },
  'too-large': { zh: '文件超过允许的大小。', en: 'The file is larger than allowed.' },
  'binary-file': {
    zh: '文件含有零字节，不是文本文件。请另存为 CSV（UTF-8 或 GB 18030）或 XLSX。',
    en: 'The file contains zero bytes, so it is not text. Save it as CSV (UTF-8 or GB 18030) or XLSX.',
  },
  'wrong-encoding': {
    zh: '文件的编码无法识别。请另存为 UTF-8 或 GB 18030。',
    en: 'The encoding of the file is not supported. Save it as UTF-8 or GB 18030.',
  },
  'unsupported-type': { zh: '不接受这种类型的文件。', en: 'Files of this type are not accepted.' },
  'old-excel': {
    zh: '这是旧版 Excel 文件（.xls），或是设有密码的工作簿。请不设密码另存为 .xlsx 或 CSV。',
    en: 'This is an old Excel file (.xls) or a workbook with a password. Save it without a password as .xlsx or CSV.',
  },
  'no-header': { zh: '没有找到表头行。', en: 'No header row was found.' },
  'broken-quotes': {
    zh: '这一行的双引号不成对。含有双引号的单元格应整体加引号，其中的双引号写两次。',
    en: 'The double quotes of this row do not match. Quote the whole cell and write each quote inside it twice.',
  },
  'too-many-columns': { zh: '表头的列数过多。', en: 'The header has too many columns.' },
  'too-many-cells': {
    zh: '这一行的单元格多于表头的列数。',
    en: 'This row has more cells than the header has columns.',
  },
  'too-many-rows': { zh: '文件的行数超过上限。', en: 'The file has more rows than allowed.' },
  'row-too-long': {
    zh: '这一行过长，可能缺少一个右引号。',
    en: 'This row is too long; a closing quote may be missing.',
  },
  'cell-too-long': { zh: '单元格的文字过长。', en: 'The text of a cell is too long.' },
  'broken-xlsx': { zh: '电子表格文件已损坏或不完整。', en: 'The spreadsheet file is damaged or incomplete.' },
  'broken-dbf': { zh: 'DBF 文件已损坏或不完整。', en: 'The DBF file is damaged or incomplete.' },
  'unsupported-dbf': {
    zh: 'DBF 文件含有备注、二进制字段或加密，请只用字符、数值、日期和逻辑字段另存。',
    en: 'The DBF file has memo or binary columns or is encrypted. Save it with text, number, date and logical columns only.',
  },
  'broken-zip': { zh: '压缩包已损坏或不完整。', en: 'The ZIP archive is damaged or incomplete.' },
  'encrypted-zip': {
    zh: '压缩包设有密码，请去掉密码后再上传。',
    en: 'The ZIP archive has a password. Remove it and upload again.',
  },
  'unsupported-zip': {
    zh: '压缩包使用了不支持的压缩方法，请用普通 ZIP 方式重新压缩。',
    en: 'The ZIP archive uses an unsupported compression method. Make it again as an ordinary ZIP.',
  },
  'unsafe-path': { zh: '压缩包内有不安全的文件路径。', en: 'The ZIP archive contains an unsafe file path.' },
  'link-entry': { zh: '压缩包内有链接或特殊文件。', en: 'The ZIP archive contains a link or a special file.' },
  'duplicate-entry': { zh: '压缩包内有同名文件。', en: 'The ZIP archive contains the same file name twice.' },
  'too-many-entries': { zh: '压缩包内的文件过多。', en: 'The ZIP archive contains too many files.' },
  'entry-too-large': {
    zh: '压缩包内有文件超过允许的大小。',
    en: 'A file inside the ZIP archive is larger than allowed.',
  },
  'zip-bomb': {
    zh: '压缩包解压后的体积异常，已拒绝。',
    en: 'The ZIP archive would expand beyond all measure and was refused.',
  },
  'not-a-pdf': { zh: '这不是 PDF 文件。', en: 'This is not a PDF file.' },
  'broken-pdf': { zh: 'PDF 文件已损坏或不完整。', en: 'The PDF file is damaged or incomplete.' },
  'encrypted-pdf': {
    zh: 'PDF 文件已加密，请去掉密码和限制后再上传。',
    en: 'The PDF file is encrypted. Remove its password and restrictions.',
  },
  'active-pdf': {
    zh: 'PDF 文件含有脚本或启动动作，不接受。',
    en: 'The PDF file contains a script or a launch action and is not accepted.',
  },
  'too-many-pages': {
    zh: 'PDF 文件的页数超过上限。这里只收批准文件，不收论文。',
    en: 'The PDF has more pages than allowed. This is the place of an approval, not of a thesis.',
  },
  'not-an-image': { zh: '这不是 JPEG 或 PNG 图片。', en: 'This is not a JPEG or PNG image.' },
  'broken-image': { zh: '图片已损坏或不完整。', en: 'The image is damaged or incomplete.' },
  'image-too-large': { zh: '图片的像素过多。', en: 'The image has too many pixels.' },
} as const satisfies Record<string, { zh: string; en: string }>;

/** A code of {@link FILE_PROBLEMS}. */
export type FileProblemCode = keyof typeof FILE_PROBLEMS;

/** Where in the file: row counts lines or sheet rows from 1, column counts from 1, entry is a name inside a ZIP archive. */
export type FilePlace = { row?: number; column?: number; entry?: string };

/** What was found and expected, as neutral values (numbers, names of encodings), never the content of a cell. */
export type FileProblemDetails = { found?: string; expected?: string; place?: FilePlace };

/**
 * A file that is not what was asked for. `zh` and `en` are whole sentences; `found`, `expected` and `place` stand beside them.
 * The place may hold a file name that identifies a person (R21.1), so it is kept out of `message` and out of what
 * `console.error` or `JSON.stringify` prints.
 */
export class FileProblem extends Error {
  readonly code: FileProblemCode;
  readonly zh: string;
  readonly en: string;
  declare readonly found?: string;
  declare readonly expected?: string;
  declare readonly place?: FilePlace;

  constructor(code: FileProblemCode, details: FileProblemDetails = {}) {
    const { zh, en } = FILE_PROBLEMS[code];
    super(`${code}: ${en}`);
    this.name = 'FileProblem';
    this.code = code;
    this.zh = zh;
    this.en = en;
    if (details.found !== undefined) this.found = details.found;
    if (details.expected !== undefined) this.expected = details.expected;
    if (details.place !== undefined) Object.defineProperty(this, 'place', { value: details.place, enumerable: false });
  }
}

/** Runs `work`; a FileProblem passes through, any other error becomes the problem `code` (its text is not passed on). */
export async function asProblem<T>(code: FileProblemCode, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof FileProblem ? error : new FileProblem(code);
  }
}
