// Setting up institutions, offices and officers: from the command line only, before anyone can sign in.
import { CATEGORIES, type Duty, keysOf, type OfficeKind } from '../regulation/vocabulary.ts';
import { hashPassword } from '../secrecy/passwords.ts';
import type { Database } from '../store/connect.ts';
import { keepInstitution, keepOffice, keepOfficer } from '../store/offices.ts';

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

/**
 * Adds what is missing of a set-up; what is there already stays as it is, so that it can be repeated.
 * @param passwordOf gives the first password of an officer, asked only for officers that are new.
 * @returns the login names that were added.
 */
export async function setUp(
  db: Database,
  description: SetUp,
  passwordOf: (loginName: string) => string,
): Promise<string[]> {
  const categories = keysOf(CATEGORIES);
  const province = description.offices.filter((office) => office.institution === null);
  for (const office of province) await keepOffice(db, { ...office, categories: [] });
  for (const institution of description.institutions) await keepInstitution(db, institution);
  for (const office of description.offices) {
    if (office.institution === null) continue;
    const owned =
      office.kind === 'degree-office'
        ? categories
        : categories.filter((category) => CATEGORIES[category].office === office.kind);
    await keepOffice(db, { ...office, categories: owned });
  }
  const added: string[] = [];
  for (const officer of description.officers) {
    const isNew = await keepOfficer(db, officer, () => hashPassword(passwordOf(officer.loginName)));
    if (isNew) added.push(officer.loginName);
  }
  return added;
}
