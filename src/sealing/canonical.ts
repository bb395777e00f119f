// Canonical JSON for the sealing side. The code is the verifier's own, so that both sides can only agree.
export { CanonicalProblem, canonicalBytes, canonicalize, type JsonValue } from './verify/canonical.ts';
