// The shape of one row in the tables of violation codes.

/** One way in which a rule is broken: the article that says so and the sentence in both languages; `{label}` is the name of the field or thing. */
export interface ViolationEntry {
  readonly article: string;
  readonly zh: string;
  readonly en: string;
}
