// An official letter as it is before it is set: what every kind of written application has in common.
import type { Chart } from './chart.ts';
import type { RichText, Span } from './typeset/shape.ts';
import type { JsonValue, SealAppearance, VerificationReference } from './wording/data.ts';

/** A paragraph of the text; headings are 一、 in 黑体 and （一）in 楷体. */
export interface Paragraph {
  role: 'heading1' | 'heading2' | 'body';
  text: RichText;
}

/** A column of a list. `fixed` columns are as wide as their content, the others share what is left. */
export interface Column {
  heading: string;
  fixed: boolean;
  /** Cells are names: one face for the whole cell. */
  name?: boolean;
}

/** A table with a head: a list of people, or the fields to be changed. */
export interface List {
  kind: 'list';
  columns: readonly Column[];
  /** A line end in a cell begins another line; names have none. */
  rows: readonly (readonly string[])[];
}

/** A paragraph in a box; indent of its first line and of the lines after it in characters. */
export interface BoxText {
  text: RichText;
  indent?: number;
  hang?: number;
  /** Not spread over its lines. */
  ragged?: boolean;
}

/** A box of a form: its label, and what is written into it. */
export interface FormField {
  label: string;
  /** An empty list is an empty box. */
  text: readonly BoxText[];
  /** Where the paragraphs stand; short facts in the middle. */
  align: 'left' | 'center';
  /** Lines at the foot of the box, set to the right: who signed, and when. */
  signature?: readonly RichText[];
  /** The least height in points. */
  least?: number;
}

/** A form with a label beside each box: one row holds one box or two. */
export interface Form {
  kind: 'form';
  rows: readonly (readonly FormField[])[];
  /** From this row on the form stays together where a page can hold it: the opinions. */
  together: number;
}

/** A part of an annex: a table, with a heading when there are several and a note under it when nothing follows; a chart of it above. */
export interface AnnexPart {
  heading?: string;
  chart?: Chart;
  table: List | Form;
  note?: string;
}

/** An annex printed with the letter, on pages of its own. */
export interface Annex {
  /** Printed over the title: 附件1. */
  label: string;
  title: string;
  parts: readonly AnnexPart[];
}

/** Everything printed in one document. */
export interface OfficialLetter {
  /** The title in pieces that a line end may not part. */
  titlePieces: readonly (string | Span)[];
  senderName: string;
  documentNumber: string;
  /** None for a notice to everybody. */
  addressees: readonly string[];
  /** 抄送, at the foot of the letter. */
  copies: readonly string[];
  signer?: string;
  /** The text; a list stands between paragraphs. */
  body: readonly (Paragraph | List)[];
  /** 妥否，请批示。 or 特此报告。 */
  closing: string;
  /** Titles of all attachments in their order: first the annexes that are printed, then the files that are bound in by digest. */
  attachments: readonly string[];
  contact?: { name: string; phone: string };
  /** YYYY-MM-DD */
  date: string;
  /** The annexes that are printed: they are the first of the attachments. */
  annexes: readonly Annex[];
  seal: SealAppearance;
  verification: VerificationReference;
  machineData: JsonValue;
}
