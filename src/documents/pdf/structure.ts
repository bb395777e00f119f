// The logical structure of a tagged document: which text is a heading, a paragraph, a cell (ISO 32000-1, 14.7; PDF/A-3a 6.7).
import { type PdfFile, type PdfRef, textString } from './pdf-file.ts';

/** A structure element. */
export interface Tag {
  type: string;
  /** Alternative text of figures and form fields. */
  alt?: string;
  /** Attribute dictionary (`A`). */
  attributes?: Record<string, unknown>;
  kids: (Tag | MarkedContent | ObjectReference)[];
  ref?: PdfRef;
}

interface MarkedContent {
  page: PdfRef;
  mcid: number;
}

interface ObjectReference {
  page: PdfRef;
  object: PdfRef;
}

/** Makes an element inside another. */
export function addTag(parent: Tag, type: string, more: Pick<Tag, 'alt' | 'attributes'> = {}): Tag {
  const tag: Tag = { type, kids: [], ...more };
  parent.kids.push(tag);
  return tag;
}

/** What the parent tree needs to know: per page the element of each marked content, per annotation its element. */
export interface ParentEntry {
  key: number;
  tags: readonly Tag[] | Tag;
}

/** Writes all elements and the parent tree. `Tag`s without content are left out. */
export function writeStructure(file: PdfFile, root: Tag, parents: readonly ParentEntry[]): void {
  prune(root);
  writeTag(file, root, file.structureRoot);
  const entries = [...parents].sort((a, b) => a.key - b.key);
  const nums: unknown[] = [];
  for (const { key, tags } of entries)
    nums.push(key, 'ref' in tags ? tags.ref : (tags as readonly Tag[]).map((tag) => tag.ref));
  Object.assign(file.structureRoot.data, {
    K: [root.ref],
    ParentTree: { Nums: nums },
    ParentTreeNextKey: (entries.at(-1)?.key ?? -1) + 1,
  });
}

function isTag(kid: Tag['kids'][number]): kid is Tag {
  return 'kids' in kid;
}

function prune(tag: Tag): boolean {
  tag.kids = tag.kids.filter((kid) => !isTag(kid) || prune(kid));
  return tag.kids.length > 0;
}

function writeTag(file: PdfFile, tag: Tag, parent: PdfRef): PdfRef {
  const ref = file.ref({ S: tag.type, P: parent });
  tag.ref = ref;
  let page: PdfRef | undefined;
  const kids = tag.kids.map((kid) => {
    if (isTag(kid)) return writeTag(file, kid, ref);
    page ??= kid.page;
    if ('object' in kid) return { Type: 'OBJR', Pg: kid.page, Obj: kid.object };
    return kid.page === page ? kid.mcid : { Type: 'MCR', Pg: kid.page, MCID: kid.mcid };
  });
  if (page !== undefined) ref.data.Pg = page;
  if (tag.alt !== undefined) ref.data.Alt = textString(tag.alt);
  if (tag.attributes !== undefined) ref.data.A = tag.attributes;
  ref.data.K = kids.length === 1 ? kids[0] : kids;
  ref.end();
  return ref;
}
