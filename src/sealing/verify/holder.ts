// Whose seal it is: binding the name in a certificate to the office and the institution that sealed texts name.
import type { JsonValue } from './canonical.ts';
import type { Certificate } from './x509.ts';

/** A statement as shown; nothing about it has been verified. */
export type Shown = { readonly [name: string]: JsonValue | undefined };

/** Id and name of the office that a statement names; a bare text is an id. */
function officeOf({ office }: Shown): { id?: string; name?: string } {
  if (typeof office === 'string') return { id: office };
  if (typeof office !== 'object' || office === null || Array.isArray(office)) return {};
  const { id, name } = office as Shown;
  return { ...(typeof id === 'string' ? { id } : {}), ...(typeof name === 'string' ? { name } : {}) };
}

/** The certificate of a public authority bears no id of ours: the name must be the very one. */
function bearsName({ subject: { attributes } }: Certificate, name: string | undefined): boolean {
  return name !== undefined && name !== '' && (attributes.O === name || attributes.CN === name);
}

/**
 * Whether the certificate belongs to the office that the statement names: its UID is the office's id or below it; without a
 * UID, its O or CN is the office's name. A seal named in the statement must be that UID besides.
 */
export function holderAgrees(statement: Shown, signer: Certificate): boolean {
  const uid = signer.subject.attributes.UID;
  if (statement.seal !== undefined && statement.seal !== uid) return false;
  const { id, name } = officeOf(statement);
  if (uid === undefined) return bearsName(signer, name);
  return id !== undefined && id !== '' && (uid === id || uid.startsWith(`${id}/`));
}

/** The institution that every one of the statements names; `undefined` when one names none or another. */
export function commonInstitution(statements: readonly Shown[]): string | undefined {
  const institution = statements[0]?.institution;
  // A slash would let one institution's id end like that of another.
  if (typeof institution !== 'string' || !/^[^/]+$/.test(institution)) return undefined;
  return statements.every((one) => one.institution === institution) ? institution : undefined;
}

/** Whether an origin (`<anything>/<institution>`) is that of the institution's log. */
export function originAgrees(origin: string, institution: string): boolean {
  const slash = origin.lastIndexOf('/');
  return slash > 0 && origin.slice(slash + 1) === institution;
}

/**
 * Whether the certificate belongs to an office of the institution: by its UID; without one, by the name of an office of that
 * institution that one of the statements names.
 */
export function sealsFor(institution: string, statements: readonly Shown[], signer: Certificate): boolean {
  const uid = signer.subject.attributes.UID;
  if (uid !== undefined) return uid.startsWith(`${institution}/`);
  return statements
    .map(officeOf)
    .some(({ id, name }) => id?.startsWith(`${institution}/`) === true && bearsName(signer, name));
}
