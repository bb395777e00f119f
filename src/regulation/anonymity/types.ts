// What goes into the anonymity engine and what comes out: tables by column, the goal, the result with its report, or why there is none.

/** A table by column: `columns[field][row]`; '' is no value. `F` = names of fields. */
export interface Table<F extends string> {
  readonly fields: readonly F[];
  readonly rows: number;
  readonly columns: readonly (readonly string[])[];
}

/** What must hold of the finished table (art. 18, R18.1). */
export interface AnonymityGoal {
  /** Least number of people who look alike in every quasi-identifier. */
  readonly k: number;
  /** Least number of different values of each sensitive field among people who look alike (distinct l-diversity). */
  readonly l: number;
  /** Greatest distance (0–1) of a class's sensitive values from those of the whole finished table; null = not asked for. */
  readonly t: number | null;
  /** Most rows that may be left out, in percent of the rows given. */
  readonly mostSuppressed: number;
}

/** How far the work is: `done` of `of` steps; of a search the end is not known. */
export interface Progress {
  readonly phase: 'read' | 'search' | 'write';
  readonly done: number;
  readonly of: number | null;
}

/** The finished table with its proof. `F` = names of fields. */
export interface Anonymised<F extends string = string> {
  readonly possible: true;
  /** The fields of the table given, in its order; kept rows only, in their order; quasi-identifiers generalised. */
  readonly table: Table<F>;
  /** For each row of the finished table its place (from 0) in the table given. */
  readonly keptRows: Uint32Array;
  /** Level of each quasi-identifier (0 = as recorded); other fields are not named. */
  readonly levels: Readonly<Partial<Record<F, number>>>;
  readonly report: AnonymityReport<F>;
}

/** Why no table can be made. There is no other reason: with every quasi-identifier given up everybody looks alike, and the report says how much that loses. */
export type NotPossibleReason =
  /** Columns and rows do not fit together, a field stands twice, or the goal is no goal. */
  | 'malformed'
  /** A field identifies people directly: it never leaves. */
  | 'direct-identifier'
  /** Fewer rows than k. */
  | 'too-few-rows'
  /** A sensitive field has fewer different values in the whole table than l. */
  | 'too-few-values';

/** The goal cannot be met: why, what was found, and what would help. */
export interface NotPossible {
  readonly possible: false;
  readonly reason: NotPossibleReason;
  /** The fields at fault, where it is about fields. */
  readonly fields: readonly string[];
  /** The best there can be, with every quasi-identifier given up: rows, k and l; null where nothing could be measured. */
  readonly found: { readonly rows: number; readonly k: number; readonly l: number | null } | null;
  readonly expected: string;
  readonly help: { readonly zh: string; readonly en: string };
}

/** Risk that somebody is found again, each 0–1. */
export interface ReidentificationRisk {
  /** The attacker knows that the person is in the table: greatest (1/k) and average over rows. */
  readonly prosecutorMax: number;
  readonly prosecutorAverage: number;
  /** The attacker only knows the people from whom the rows were taken: greatest, over the classes of the rows given. */
  readonly journalist: number;
  /** Expected share of rows that an attacker gets right who links them all. */
  readonly marketer: number;
  /** Share of rows that are alone in their class. */
  readonly unique: number;
}

/** How diverse one sensitive field is within classes, over the rows that have a value of it. */
export interface SensitiveMeasure {
  /** Least number of different values in a class. */
  readonly l: number;
  /** Least e^H over the classes, H = entropy of the values in natural units: as many equally frequent values tell as much. */
  readonly entropyL: number;
  /** Greatest distance of a class from the whole table (earth mover's distance, 0–1). */
  readonly t: number;
  /** Classes in which nobody has a value: nothing to tell. */
  readonly classesWithout: number;
}

/** What holds of a table at the levels it has. */
export interface Measures<F extends string = string> {
  readonly rows: number;
  readonly classes: number;
  /** k: size of the smallest class; 0 without rows. */
  readonly smallestClass: number;
  readonly largestClass: number;
  readonly averageClass: number;
  /** Worst over the sensitive fields; null when there is none with values. */
  readonly l: number | null;
  readonly entropyL: number | null;
  readonly t: number | null;
  readonly risk: ReidentificationRisk;
  readonly sensitive: Readonly<Partial<Record<F, SensitiveMeasure>>>;
}

/** What became of one field. */
export interface FieldReport<F extends string = string> {
  readonly field: F;
  readonly role: 'quasi' | 'sensitive';
  /** Chosen level and the highest there is; 0 and 0 for a sensitive field, which stays as recorded. */
  readonly level: number;
  readonly levels: number;
  readonly words: { readonly zh: string; readonly en: string };
  /** Different values before and after. */
  readonly valuesBefore: number;
  readonly valuesAfter: number;
  /** Information lost, 0–1 (normalised certainty penalty): by generalising the kept rows, and with the rows left out. Before: 0. */
  readonly lossOfKept: number;
  readonly loss: number;
}

/** What the search did. */
export interface SearchReport {
  /** `exact`: no other choice of levels loses less. `bounded`: the work set for a search was used up; the least loss lies between `leastLoss` and the loss found. */
  readonly kind: 'exact' | 'bounded';
  /** Choices of levels there are, and how often a table was grouped to find the best of them. */
  readonly lattice: number;
  readonly groupings: number;
  /** Proven: no choice loses less than this, 0–1. */
  readonly leastLoss: number;
}

/** The proof that goes with a table: k, l, t, risk and loss, before and after. */
export interface AnonymityReport<F extends string = string> {
  readonly goal: AnonymityGoal;
  readonly rowsIn: number;
  readonly rowsKept: number;
  readonly rowsSuppressed: number;
  readonly before: Measures<F>;
  readonly after: Measures<F>;
  readonly fields: readonly FieldReport<F>[];
  /** Mean loss over the quasi-identifiers and all rows given, rows left out counted as wholly lost (global certainty penalty, 0–1). */
  readonly loss: number;
  readonly search: SearchReport;
}
