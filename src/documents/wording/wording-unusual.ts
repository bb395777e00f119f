// The report of unusual acts as a working paper (R23.1). It is not sealed: it is worked out anew for whoever asks, each sees another part of it,
// and nothing in it is established – a seal would make of a hint the word of an office.
import { NO_GUILT, UNUSUAL_ACTS, type UnusualCode } from '../../regulation/responsibility/unusual-acts.ts';
import { keysOf } from '../../regulation/vocabulary.ts';
import type { List } from '../letter.ts';
import type { WorkingPaper } from '../working-paper.ts';
import { chineseDate } from './dates.ts';

/** One finding, in words; moments `YYYY-MM-DD HH:mm:ss` in Shanghai. */
export interface PrintedFinding {
  readonly code: UnusualCode;
  /** Null where nobody is known. */
  readonly officerName: string | null;
  readonly first: string;
  readonly last: string;
  readonly found: string;
  readonly expected: string;
}

/** What is printed of a report. */
export interface UnusualReport {
  readonly institutionCode: string;
  readonly institutionName: string;
  /** First and last day, YYYY-MM-DD. */
  readonly from: string;
  readonly until: string;
  /** Who asked: nobody is told of themselves, so that the report of another may hold more or less. */
  readonly askedBy: string;
  /** `YYYY-MM-DD HH:mm` in Shanghai. */
  readonly askedAt: string;
  /** No more than so many of one kind are told, the newest. */
  readonly mostOfAKind: number;
  readonly findings: readonly PrintedFinding[];
}

/** The report. */
export function unusualPaper(report: UnusualReport): WorkingPaper {
  const { institutionCode, institutionName, from, until, askedBy, askedAt, findings } = report;
  const kinds = keysOf(UNUSUAL_ACTS).flatMap((code) => {
    const count = findings.filter((finding) => finding.code === code).length;
    return count === 0 ? [] : [{ code, count }];
  });
  const full = kinds.filter(({ count }) => count >= report.mostOfAKind).map(({ code }) => `“${UNUSUAL_ACTS[code].zh}”`);
  const many = full.length === 0 ? '' : `其中${full.join('、')}只列最近${report.mostOfAKind}条。`;
  const said =
    findings.length === 0
      ? '该期间内没有异常操作提示。'
      : `该期间内共有异常操作提示${findings.length}条，列表如下。${many}`;
  return {
    title: '异常操作提示',
    author: institutionName,
    running: `异常操作提示　${institutionCode}　${from} 至 ${until}`,
    lead: [
      `单位：${institutionName}（${institutionCode}）。期间：${chineseDate(from)}至${chineseDate(until)}。`,
      `本件由信息系统应${askedBy}的查询于${askedAt}（北京时间）即时生成，不列查询人本人的操作。` +
        `本件是工作资料，未加盖电子印章，不作为正式文件，也不作为认定违规、追究责任的依据；每一条须对照盖章的操作记录核实（第二十三条）。`,
      NO_GUILT.zh,
      said,
    ],
    tables:
      findings.length === 0
        ? []
        : [
            { heading: '一、提示', list: listOf(findings) },
            { heading: '二、各类提示的含义', list: meanings(kinds) },
          ],
  };
}

function listOf(findings: readonly PrintedFinding[]): List {
  return {
    kind: 'list',
    columns: [
      { heading: '序号', fixed: true },
      { heading: '提示', fixed: false },
      { heading: '人员', fixed: false, name: true },
      { heading: '首次', fixed: true },
      { heading: '末次', fixed: true },
      { heading: '现为', fixed: false },
      { heading: '通常', fixed: false },
    ],
    rows: findings.map(({ code, officerName, first, last, found, expected }, at) => [
      ...[String(at + 1), UNUSUAL_ACTS[code].zh, officerName ?? '—', inTwo(first), inTwo(last), found, expected],
    ]),
  };
}

/** Day and time in two lines of a cell. */
function inTwo(moment: string): string {
  return moment.replace(' ', '\n');
}

function meanings(kinds: readonly { readonly code: UnusualCode; readonly count: number }[]): List {
  return {
    kind: 'list',
    columns: [
      { heading: '提示', fixed: false },
      { heading: '条数', fixed: true },
      { heading: '含义和可能的正当原因', fixed: false },
    ],
    rows: kinds.map(({ code, count }) => [UNUSUAL_ACTS[code].zh, String(count), UNUSUAL_ACTS[code].why.zh]),
  };
}
