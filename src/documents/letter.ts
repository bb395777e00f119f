// An official letter as it is before it is set: what every kind of written application has in common.
import type { JsonValue, SealAppearance, VerificationReference } from './data.ts';
import type { RichText } from './shape.ts';

/** A paragraph of the text; headings are 一、 in 黑体 and （一）in 楷体. */
export interface Paragraph {
  role: 'heading1' | 'heading2' | 'body';
  text: RichText;
}

/** A column of an annexed list. `fixed` columns are as wide as their content, the others share what is left. */
export interface Column {
  heading: string;
  fixed: boolean;
  /** Cells are names: one face for the whole cell. */
  name?: boolean;
}

/** A list annexed to the letter (附件1). */
export interface Annex {
  /** Printed over the title: 附件1. */
  label: string;
  title: string;
  columns: readonly Column[];
  rows: readonly (readonly string[])[];
  /** Under the table: （共3人，以下空白）. */
  note: string;
}

/** Everything printed in one document. */
export interface OfficialLetter {
  /** The title in pieces that a line end may not part. */
  titlePieces: readonly string[];
  senderName: string;
  documentNumber: string;
  addressee: string;
  signer?: string;
  paragraphs: readonly Paragraph[];
  /** 妥否，请批示。 */
  closing: string;
  attachments: readonly string[];
  contact?: { name: string; phone: string };
  /** YYYY-MM-DD */
  date: string;
  annex?: Annex;
  seal: SealAppearance;
  verification: VerificationReference;
  machineData: JsonValue;
}
