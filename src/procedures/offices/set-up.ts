// Setting up institutions, offices and officers: from the command line only, before anyone can sign in.
import type { Duty, OfficeKind } from '../../regulation/vocabulary.ts';
import { hashPassword } from '../../secrecy/passwords.ts';
import type { Database } from '../../store/database/connect.ts';
import { inTransaction } from '../../store/database/transaction.ts';
import { keepInstitution, keepOffice, keepOfficer, takenLoginNames } from '../../store/offices/offices.ts';

/** What is set up: institutions with their offices and officers. */
export interface SetUp {
  readonly institutions: readonly {
    readonly code: string;
    readonly name: string;
    readonly documentPrefix: string;
    readonly headName: string;
    readonly chairName: string;
    readonly provincialOfficeId: string;
  }[];
  readonly offices: readonly {
    readonly id: string;
    readonly institution: string | null;
    readonly kind: OfficeKind;
    readonly name: string;
  }[];
  readonly officers: readonly {
    readonly loginName: string;
    readonly name: string;
    readonly office: string;
    readonly duties: readonly Duty[];
  }[];
}

/** What a set-up did with the officers it names, by login name. */
export interface SetUpDone {
  readonly added: readonly string[];
  /** Were there already: name, office, duties and password stay as they are. */
  readonly unchanged: readonly string[];
}

/**
 * Adds what is missing of a set-up, all of it or nothing; what is there already stays as it is, so that it can be repeated.
 * @param description free of problems, see `setUpProblems`.
 * @param passwordOf gives the first password of an officer, asked only for officers that are new.
 */
export async function setUp(
  db: Database,
  description: SetUp,
  passwordOf: (loginName: string) => string,
): Promise<SetUpDone> {
  const { institutions, offices, officers } = description;
  const names = officers.map((officer) => officer.loginName);
  const taken = await takenLoginNames(db, names);
  // Hashing is slow on purpose: done before the transaction, which others may have to wait for.
  const hashes = new Map<string, string>();
  for (const name of names) if (!taken.has(name)) hashes.set(name, await hashPassword(passwordOf(name)));
  await inTransaction(db, async (prisma) => {
    const tx = { prisma };
    for (const office of offices) if (office.institution === null) await keepOffice(tx, office);
    for (const institution of institutions) await keepInstitution(tx, institution);
    for (const office of offices) {
      if (office.institution !== null) await keepOffice(tx, office);
    }
    for (const officer of officers) {
      const hash = hashes.get(officer.loginName);
      if (hash !== undefined) await keepOfficer(tx, officer, async () => hash);
    }
  });
  return { added: [...hashes.keys()], unchanged: names.filter((name) => taken.has(name)) };
}
