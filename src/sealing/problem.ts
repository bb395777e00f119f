// The typed errors of the sealing side. None of them ever holds a passphrase or a key.

/** What is wrong: `missing`, `permissions`, `passphrase`, `format`, `mismatch`, `validity`, `algorithm`. */
export type SealKeyFault = 'missing' | 'permissions' | 'passphrase' | 'format' | 'mismatch' | 'validity' | 'algorithm';

/** A seal's key cannot be used. Carries one clear sentence in Chinese and one in English (R12.1: no seal, no step). */
export class SealKeyProblem extends Error {
  override readonly name = 'SealKeyProblem';
  readonly fault: SealKeyFault;
  readonly zh: string;
  readonly en: string;

  /** @param fault the kind @param texts the sentences shown to an officer */
  constructor(fault: SealKeyFault, texts: { zh: string; en: string }) {
    super(texts.en);
    this.fault = fault;
    this.zh = texts.zh;
    this.en = texts.en;
  }
}

/** A PDF cannot be sealed: no placeholder, more than one, or too little room for the signature. */
export class SealPdfProblem extends Error {
  override readonly name = 'SealPdfProblem';
  readonly zh: string;
  readonly en: string;

  /** @param texts the sentences in both languages */
  constructor(texts: { zh: string; en: string }) {
    super(texts.en);
    this.zh = texts.zh;
    this.en = texts.en;
  }
}
