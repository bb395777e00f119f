// Institutions, offices and officers as they are set up from the command line.
import type { Database } from '../database/connect.ts';
import { inTransaction, type Transaction } from '../database/transaction.ts';
import { uuidv7 } from '../database/uuid.ts';

/** A database, or one transaction of it as `{ prisma: tx }`. */
type Writer<Model extends keyof Transaction> = { readonly prisma: Pick<Transaction, Model> };

/** Adds an institution unless its code is there. */
export async function keepInstitution(
  db: Writer<'institution'>,
  institution: {
    code: string;
    name: string;
    documentPrefix: string;
    headName: string;
    chairName: string;
    provincialOfficeId: string;
  },
): Promise<void> {
  await db.prisma.institution.upsert({ where: { code: institution.code }, create: { ...institution }, update: {} });
}

/** Adds an office unless its id is there. */
export async function keepOffice(
  db: Writer<'office'>,
  office: { id: string; institution: string | null; kind: string; name: string },
): Promise<void> {
  const { institution, ...rest } = office;
  const create = { ...rest, institutionCode: institution };
  await db.prisma.office.upsert({ where: { id: office.id }, create, update: {} });
}

/** Adds an officer unless the login name is there. Returns whether the officer is new. */
export async function keepOfficer(
  db: Writer<'officer'>,
  officer: { loginName: string; name: string; office: string; duties: readonly string[] },
  passwordHash: () => Promise<string>,
): Promise<boolean> {
  const there = await db.prisma.officer.findUnique({ where: { loginName: officer.loginName }, select: { id: true } });
  if (there) return false;
  await db.prisma.officer.create({
    data: {
      id: uuidv7(),
      officeId: officer.office,
      name: officer.name,
      loginName: officer.loginName,
      passwordHash: await passwordHash(),
      duties: [...officer.duties],
    },
  });
  return true;
}

/** Ends all sessions of an officer and changes the account, both or neither. False when nobody has the login name. */
async function changeAccount(
  db: Database,
  loginName: string,
  data: { passwordHash?: string; initialUntil?: null; active?: boolean; lockedUntil?: null; failedAttempts?: number },
  at: Date,
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { count } = await tx.officer.updateMany({ where: { loginName }, data });
    await tx.session.updateMany({ where: { officer: { loginName }, endedAt: null }, data: { endedAt: at } });
    return count > 0;
  });
}

/** Gives an officer another password, unlocks the account and ends all its sessions. False: no such login name. */
export function replacePassword(db: Database, loginName: string, passwordHash: string, at: Date): Promise<boolean> {
  return changeAccount(db, loginName, { passwordHash, initialUntil: null, lockedUntil: null, failedAttempts: 0 }, at);
}

/** Retires an officer: no sign-in from now on, and all sessions end. What they did stays. False: no such login name. */
export function retireOfficer(db: Database, loginName: string, at: Date): Promise<boolean> {
  return changeAccount(db, loginName, { active: false }, at);
}

/** Which of these login names are taken. */
export async function takenLoginNames(db: Database, loginNames: readonly string[]): Promise<Set<string>> {
  const where = { loginName: { in: [...loginNames] } };
  const officers = await db.prisma.officer.findMany({ where, select: { loginName: true } });
  return new Set(officers.map((officer) => officer.loginName));
}

/** What can be referred to: the kind of every office by its id, and the codes of the institutions. */
export async function knownPlaces(
  db: Database,
): Promise<{ offices: ReadonlyMap<string, string>; institutions: ReadonlySet<string> }> {
  const offices = await db.prisma.office.findMany({ select: { id: true, kind: true } });
  const institutions = await db.prisma.institution.findMany({ select: { code: true } });
  return {
    offices: new Map(offices.map((office) => [office.id, office.kind])),
    institutions: new Set(institutions.map((institution) => institution.code)),
  };
}

/** Every office, to open its seal; `openedOn` of one that a sealed step added. */
export function listOffices(
  db: Database,
): Promise<{ id: string; name: string; openedOn: string | null; closedOn: string | null }[]> {
  const select = { id: true, name: true, openedOn: true, closedOn: true } as const;
  return db.prisma.office.findMany({ select, orderBy: { id: 'asc' } });
}

/** The public half of an office's seal, as it is on this start; a replaced certificate takes the place of the old one for new steps. */
export async function keepSeal(
  db: Database,
  seal: {
    id: string;
    officeId: string;
    text: string;
    diameterMm: number;
    demo: boolean;
    signer: {
      algorithm: string;
      certificate: Uint8Array;
      chain: readonly Uint8Array[];
      notBefore: Date;
      notAfter: Date;
    };
  },
): Promise<void> {
  const { id, officeId, text: name, diameterMm, demo, signer } = seal;
  const present = {
    officeId,
    kind: 'statutory',
    name,
    algorithm: signer.algorithm,
    certificate: Uint8Array.from(signer.certificate),
    chain: signer.chain.map((one) => Uint8Array.from(one)),
    diameterMm,
    demo,
    validFrom: signer.notBefore,
    validUntil: signer.notAfter,
  };
  const issued = { create: { at: signer.notBefore, status: 'issued', reason: '启用' } };
  await db.prisma.seal.upsert({ where: { id }, create: { id, ...present, statuses: issued }, update: present });
}

/** Whether a DEMO seal was ever kept here. */
export async function hasDemoSeals(db: Database): Promise<boolean> {
  return (await db.prisma.seal.count({ where: { demo: true } })) > 0;
}

/** The password hashes of all officers, to find sample passwords before production starts. */
export function passwordHashes(db: Database): Promise<{ loginName: string; passwordHash: string }[]> {
  return db.prisma.officer.findMany({ select: { loginName: true, passwordHash: true } });
}

/** Whether there is anything that only the key ring can open: enrolment records, degree records, stored files. */
export async function holdsSealedData({ prisma }: Database): Promise<boolean> {
  const select = { id: true } as const;
  return Boolean(
    (await prisma.degreeRecord.findFirst({ select })) ??
      (await prisma.enrolmentRecord.findFirst({ select })) ??
      (await prisma.storedFile.findFirst({ select: { digest: true } })),
  );
}
