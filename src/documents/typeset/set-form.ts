// A form set as a table: a label beside each box, boxes of many lines going on on the next page.

import type { FontSet } from '../fonts/fonts.ts';
import type { Form, FormField } from '../letter.ts';
import { BLOCK } from '../page.ts';
import type { Line, Setting } from './boxes.ts';
import { setLabel } from './set-list.ts';
import type { SetCell, SetRow, SetTable } from './table.ts';
import { typeset } from './typeset.ts';

/** 小四. */
const TYPE = 12;
const LABEL = 84;
const PAD = 6;
const PITCH = 18;
const LEAST = 32;

/** Sets a form to the width of the block. */
export function setForm(fonts: FontSet, form: Form): SetTable {
  const rows = form.rows.map((fields) => setRow(fonts, fields));
  return { size: TYPE, pitch: PITCH, rows, together: form.together };
}

function setRow(fonts: FontSet, fields: readonly FormField[]): SetRow {
  const room = BLOCK.width / fields.length;
  const cells = fields.flatMap((field, index): SetCell[] => {
    const label = (text: string): Line[] => {
      // 部门负责人 above 意见: the word that all opinions end with stays whole.
      const parted = text.replace(/^(.{5,6})(意见(?:（续）)?)$/u, '$1\n$2');
      return setLabel(parted, fonts.styles.hei, TYPE, LABEL - 2 * PAD);
    };
    const x = index * room;
    return [
      {
        x,
        width: LABEL,
        pad: PAD,
        lines: label(field.label),
        again: () => label(`${field.label}（续）`),
        scope: 'Row',
      },
      { x: x + LABEL, width: room - LABEL, pad: PAD, ...setBox(fonts, field, room - LABEL - 2 * PAD) },
    ];
  });
  const values = cells.filter(({ scope }) => scope === undefined);
  const most = (count: (cell: SetCell) => number): number =>
    values.reduce((max, cell) => Math.max(max, count(cell)), 0);
  const lines = most((cell) => cell.lines.length);
  const feet = most((cell) => cell.foot?.length ?? 0);
  const labels = cells.reduce((max, cell) => (cell.scope ? Math.max(max, cell.lines.length) : max), 1);
  const least = Math.max(LEAST, labels * PITCH + 8, ...fields.map((field) => field.least ?? 0));
  return { cells, lines, feet, least, splits: lines > 3 };
}

/** The lines of a box; facts stand in the middle. */
function setBox(fonts: FontSet, field: FormField, width: number): Pick<SetCell, 'lines' | 'foot'> {
  const setting: Setting = { style: fonts.styles.fangsong, size: TYPE, width };
  const signature = field.signature?.flatMap((line) => {
    return typeset(line, { ...setting, width: width - TYPE, align: 'right' });
  });
  const lines = field.text.flatMap(({ text, indent = 0, hang = 0, ragged = false }) => {
    if (field.align === 'center') return typeset(text, { ...setting, align: 'center' });
    const align = ragged ? 'left' : 'justify';
    return typeset(text, { ...setting, align, indent: indent * TYPE, hang: hang * TYPE });
  });
  return { lines, ...(signature === undefined ? {} : { foot: signature }) };
}
