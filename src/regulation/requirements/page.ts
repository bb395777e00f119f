// docs/compliance.md, printed from the table of requirements.

import { CHAPTERS, codesOf, KEPT, REQUIREMENTS, stepsOf } from '../requirements.ts';
import { STEPS } from '../steps.ts';
import { COUNTERS } from './counters.ts';
import type { Entry, Requirement } from './requirement.ts';
import { isKept } from './requirement.ts';

const BREAK = '<br>';
/** A cell of a Markdown table is one line, and `|` would end it. */
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
const link = (path: string) => `[${path.replace(/^.*\/(?=.)/, '')}](../${path})`;

function proofOf({ tests }: Requirement): string {
  const files = Object.entries(tests).map(
    ([file, names]) => `${link(file)}: ${names.map((name) => `“${cell(name)}”`).join(', ')}`,
  );
  return files.join(BREAK);
}

function countersOf({ counters = [] }: Requirement): string {
  return counters.map((name) => `\`${name}\` ${COUNTERS[name].zh}`).join(BREAK) || '–';
}

function rowOf(entry: Entry): string {
  const rule = `${cell(entry.zh)}${BREAK}${cell(entry.en)}`;
  const head = `| ${entry.id} | ${entry.article} | ${rule} |`;
  if (!isKept(entry))
    return `${head} 由人办理 by people: ${cell(entry.byPeople.zh)}${BREAK}${cell(entry.byPeople.en)} | – | – |`;
  return `${head} ${entry.code.map(link).join(BREAK)} | ${proofOf(entry)} | ${countersOf(entry)} |`;
}

function enforcedBy(requirement: Requirement): string {
  const steps = stepsOf(requirement).map((step) => `${STEPS[step].zh} \`${step}\``);
  const codes = codesOf(requirement).map((code) => `\`${code}\``);
  return `| ${requirement.id} | ${steps.join('、') || '–'} | ${codes.join(' ') || '–'} |`;
}

/** The whole page. */
export function compliancePage(): string {
  const chapters = CHAPTERS.flatMap(({ number, zh, en, entries }) => [
    `## ${number} ${zh} · ${en}`,
    '',
    '| 编号 id | 条 article | 要求 what is asked | 代码 code | 测试 tests | 计数 counters |',
    '|---|---|---|---|---|---|',
    ...entries.map(rowOf),
    '',
  ]);
  const counters = Object.entries(COUNTERS).map(
    ([name, { zh, en, article, of }]) => `| \`${name}\` | ${article} | ${of} | ${cell(zh)}${BREAK}${cell(en)} |`,
  );
  return [
    '# 规定逐条对照 · The regulation, requirement by requirement',
    '',
    '<!-- Made by `npm run compliance` from src/regulation/requirements/. Do not edit: a test compares. -->',
    '',
    '每条要求用我们自己的话写出，并列实现它的代码、证明它的测试和随时可查的计数。没有测试的要求通不过测试；查询 `compliance` 给出每个单位的实时计数。',
    '',
    'Every requirement in our own words, with the code that keeps it, the tests that prove it, and what is counted of it at any moment.',
    'A requirement without a test fails the suite; the query `compliance` gives the counters of an institution as they are now.',
    '',
    `${REQUIREMENTS.length} 项要求，其中 ${KEPT.length} 项由软件执行。${REQUIREMENTS.length} requirements, ${KEPT.length} of them kept by software.`,
    '',
    ...chapters,
    '## 计数 · Counters',
    '',
    '| 名称 name | 条 article | 计 of | 含义 what is counted |',
    '|---|---|---|---|',
    ...counters,
    '',
    '`unsealed` 恒为 0，除非有人绕过程序改动；`overdue-datasets` 恒为 0，除非到期时服务器停着。',
    '`unsealed` is always 0, unless somebody went around the procedures; `overdue-datasets` is, unless the server was down at the end of a term.',
    '',
    '## 步骤与拒绝 · Steps and refusals',
    '',
    '| 编号 id | 步骤 steps | 拒绝 refusals |',
    '|---|---|---|',
    ...KEPT.map(enforcedBy),
    '',
  ].join('\n');
}
