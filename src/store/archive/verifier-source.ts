// The verifier as plain JavaScript, as it lies in every archive; it is compiled when the packages are installed (scripts/prepare.mjs).
export { VERIFIER } from '../../generated/archive-verifier.ts';
