// Codes of certificate templates: layouts, the end of a template, and values that a certificate cannot show.

/** {@link VIOLATION_CODES}, certificates. */
export const CERTIFICATE_CODES = {
  'certificate-layout-malformed': {
    article: '11(7)',
    zh: '证书版式中“{label}”的写法不正确。',
    en: 'In the layout of the certificate, {label} is not written as it should be.',
  },
  'certificate-layout-unknown-property': {
    article: '11(7)',
    zh: '证书版式没有“{label}”这一项。',
    en: 'A layout of a certificate has no {label}.',
  },
  'certificate-layout-out-of-range': {
    article: '11(7)',
    zh: '证书版式中“{label}”超出允许的范围。',
    en: 'In the layout of the certificate, {label} is out of range.',
  },
  'certificate-layout-outside-page': {
    article: '11(7)',
    zh: '证书版式中的内容超出了页面的可印区域。',
    en: 'A part of the layout of the certificate lies outside the printable page.',
  },
  'certificate-layout-overlap': {
    article: '11(7)',
    zh: '证书版式中的两项内容互相重叠。',
    en: 'Two parts of the layout of the certificate overlap.',
  },
  'certificate-layout-unknown-field': {
    article: '11(7)',
    zh: '证书版式引用了不存在的信息项。',
    en: 'The layout of the certificate uses a placeholder that does not exist.',
  },
  'certificate-layout-field-of-other-category': {
    article: '11(7)',
    zh: '证书版式引用了适用类别没有的信息项“{label}”。',
    en: 'The layout of the certificate uses {label}, which a category of the template does not have.',
  },
  'certificate-layout-field-missing': {
    article: '11(7)',
    zh: '证书版式缺少必备的信息项“{label}”。',
    en: 'The layout of the certificate lacks {label}, which every certificate must say.',
  },
  'certificate-layout-unprintable': {
    article: '11(7)',
    zh: '证书版式含有现有字体无法印制的字符。',
    en: 'The layout of the certificate has characters that no configured typeface can print.',
  },
  'certificate-layout-text-too-long': {
    article: '11(7)',
    zh: '证书版式中的固定文字在其位置内排不下。',
    en: 'A fixed text of the layout of the certificate does not fit its place.',
  },
  'certificate-background-unusable': {
    article: '11(7)',
    zh: '证书底图无法使用：应为已上传的图像文件，三原色或灰度，没有透明部分，非隔行存储。',
    en: 'The background of the certificate cannot be used: an uploaded JPEG or PNG is expected, RGB or grey, without transparency or interlacing.',
  },
  'certificate-template-end-before-match': {
    article: '11(7)',
    zh: '停用日期不得早于已匹配该样式的学位授予信息的获学位日期。',
    en: 'The template cannot end before the conferral date of a record that is matched to it.',
  },
  'certificate-template-ended-already': {
    article: '11(7)',
    zh: '该样式已定有停用日期，只能提前，不能延长；如需继续使用，请新增版本。',
    en: 'The template has an end already, which can only be moved to an earlier day; to go on, add a new version.',
  },
  'certificate-value-missing': {
    article: '11(7)',
    zh: '证书样式需要“{label}”，但该学位授予信息没有填写。',
    en: 'The certificate template needs {label}, which the record does not have.',
  },
  'certificate-value-does-not-fit': {
    article: '11(7)',
    zh: '内容过长，按样式允许的最小字号仍排不下。',
    en: 'The text is too long: it does not fit even in the smallest type that the template allows.',
  },
  'certificate-value-unprintable': {
    article: '8',
    zh: '现有字体无法印制证书上的某些字符。',
    en: 'No configured typeface can print some characters of the certificate.',
  },
  'certificate-of-ended-record': {
    article: '16',
    zh: '该学位授予信息已删除、撤销或宣布无效，不再出具证书样本。',
    en: 'The record is deleted, revoked or declared invalid: no specimen of its certificate is made.',
  },
} as const;
