// What the written applications say: genre, people, attachments, and nothing that the data does not bear out.
import { describe, expect, it } from 'vitest';
import type { Form, OfficialLetter } from '../../src/documents/letter.ts';
import { plainText, type RichText } from '../../src/documents/typeset/shape.ts';
import type { DocumentKind } from '../../src/documents/wording/data.ts';
import { wordings } from '../../src/documents/wording/wording.ts';
import { APPLICATION_KINDS, type ApplicationKind } from '../../src/regulation/vocabulary.ts';
import { change, deletion, evidence, people, revocation, sample, samples } from './sample.ts';

const KINDS = Object.keys(samples) as DocumentKind[];

function letterOf(kind: DocumentKind, count: number): OfficialLetter {
  const word = wordings[kind] as (data: unknown) => OfficialLetter;
  return word(samples[kind](count));
}

function textOf(letter: OfficialLetter): string {
  return letter.body.map((part) => ('kind' in part ? JSON.stringify(part.rows) : plainText(part.text))).join('\n');
}

function sheetOf(letter: OfficialLetter): Record<string, string> {
  const form = letter.annexes[0]?.parts[0]?.table as Form;
  const join = (lines: readonly RichText[]) => lines.map(plainText).join('\n');
  return Object.fromEntries(
    form.rows
      .flat()
      .map(({ label, text, signature = [] }) => [label, join([...text.map((line) => line.text), ...signature])]),
  );
}

describe('the kinds', () => {
  it('are those of the regulation', () => {
    const kinds: ApplicationKind[] = Object.keys(APPLICATION_KINDS) as ApplicationKind[];
    expect(Object.keys(wordings).sort()).toEqual([...kinds].sort());
  });

  it.each([
    ['supplementary-report', 1, '聊城大学关于补报硕士学位授予信息的请示', '妥否，请批示。'],
    ['supplementary-report', 3, '聊城大学关于补报硕士学位授予信息的请示', '妥否，请批示。'],
    ['change-request', 1, '聊城大学关于更改张㛃硕士学位授予信息的请示', '妥否，请批示。'],
    ['change-request', 3, '聊城大学关于更改张㛃等3人硕士学位授予信息的请示', '妥否，请批示。'],
    ['deletion-request', 1, '聊城大学关于删除张㛃硕士学位授予信息的请示', '妥否，请批示。'],
    ['deletion-request', 3, '聊城大学关于删除张㛃等3人硕士学位授予信息的请示', '妥否，请批示。'],
    ['revocation-report', 1, '聊城大学关于撤销张㛃硕士学位的报告', '特此报告。'],
    ['revocation-report', 3, '聊城大学关于撤销张㛃等3人学位的报告', '特此报告。'],
  ] as const)('%s for %i: title and end', (kind, count, title, end) => {
    const letter = letterOf(kind, count);
    expect(plainText(letter.titlePieces)).toBe(title);
    expect(letter.closing).toBe(end);
  });

  it('a 请示 has one addressee and no copies, the 报告 two and the national centre', () => {
    for (const kind of KINDS) {
      const { addressees, copies } = letterOf(kind, 1);
      const report = kind === 'revocation-report';
      expect(addressees).toHaveLength(report ? 2 : 1);
      expect(copies).toEqual(report ? ['教育部学位与研究生教育发展中心'] : []);
    }
  });

  it.each(KINDS)('%s: one person is named in the letter, more stand in a list of all of them', (kind) => {
    const one = letterOf(kind, 1);
    expect(one.annexes.map(({ label }) => label)).toEqual(['附件1']);
    for (const fact of ['张㛃', '2110170123', '1044732025001000']) expect(textOf(one)).toContain(fact);
    expect(textOf(one)).not.toMatch(/见附件|列于附件/);
    const many = letterOf(kind, 7);
    expect(many.annexes.map(({ label }) => label)).toEqual(['附件1', '附件2']);
    expect(textOf(many)).toContain('附件2');
    expect(many.annexes[1]?.title).toContain('（7人）');
    for (const part of many.annexes[1]?.parts ?? []) {
      if (part.table.kind !== 'list') throw new Error('no list');
      const names = new Set(part.table.rows.map((row) => row[1]));
      expect(names).toEqual(new Set(people(7).map(({ name }) => name)));
      for (const row of part.table.rows) expect(row).toHaveLength(part.table.columns.length);
    }
  });

  it.each(KINDS)('%s: 附件 lists the annexes and then the evidence, each where its number says', (kind) => {
    for (const count of [1, 3]) {
      const letter = letterOf(kind, count);
      const files = samples[kind](count).evidence.map(({ title }) => title);
      expect(letter.attachments).toEqual([...letter.annexes.map(({ title }) => title), ...files]);
      const { 证明材料: materials = '' } = sheetOf(letter);
      files.forEach((title, index) => {
        expect(materials).toContain(`附件${letter.annexes.length + index + 1}：${title}`);
      });
    }
  });
});

describe('what is not there', () => {
  it.each(KINDS)('%s: leaves no trace of an empty field of a person', (kind) => {
    const data = samples[kind](1);
    const bare = data.people.map((person) => ({ ...person, studentNumber: '', discipline: '', certificateNumber: '' }));
    const text = textOf((wordings[kind] as (data: unknown) => OfficialLetter)({ ...data, people: bare }));
    expect(text).not.toMatch(/，，|学号[，）。]|学科专业[，）。]|证书编号[，）。]/);
  });

  it('one attachment alone has no number, on the letter and over the annex', () => {
    const letter = wordings['deletion-request'](deletion(1, { evidence: [] }));
    expect(letter.attachments).toEqual(['学位授予信息删除申请表']);
    expect(letter.annexes.map(({ label }) => label)).toEqual(['附件']);
  });

  it('neither contact nor signer', () => {
    const { contact: _, ...rest } = deletion(1);
    const letter = wordings['deletion-request'](rest);
    expect('contact' in letter || 'signer' in letter).toBe(false);
  });
});

describe('Article 11(6): the supplementary report', () => {
  it.each([
    ['第十二次', '我校召开学位评定委员会第十二次会议，'],
    ['2027年第5次会议（延期毕业本科生）', '我校召开学位评定委员会2027年第5次会议（延期毕业本科生），'],
    ['聊城大学学位评定委员会2027年第5次会议', '我校召开聊城大学学位评定委员会2027年第5次会议，'],
  ])('names the meeting once, however the officer wrote it: %s', (meeting, expected) => {
    const data = sample(1);
    const letter = wordings['supplementary-report']({ ...data, resolution: { ...data.resolution, meeting } });
    expect(textOf(letter)).toContain(expected);
  });

  it("keeps an officer's paragraphs, and gives each an end mark", () => {
    const letter = wordings['supplementary-report'](sample(2, { reason: ' 一\r\n\r\n二。\n　三；' }));
    expect(textOf(letter)).toContain('\n一。\n二。\n三；\n');
  });
});

describe('Article 15: change and deletion', () => {
  it('sets before, after and evidence of one person in the text, of several in the list', () => {
    const one = wordings['change-request'](change(1));
    const table = one.body.find((part) => 'kind' in part);
    if (table === undefined || !('kind' in table)) throw new Error('no table');
    expect(table.columns.map(({ heading }) => heading)).toEqual(['序号', '信息项', '备案内容', '更改后内容', '依据']);
    expect(table.rows[0]).toEqual(['1', '姓名', '章㛃', '张㛃', '公安机关出具的姓名证明（附件2）']);
    const many = wordings['change-request'](change(3));
    expect(many.body.some((part) => 'kind' in part)).toBe(false);
    const list = many.annexes[1]?.parts[0]?.table;
    expect(list?.rows).toHaveLength(5);
    expect(list?.rows[0]).toEqual(['1', '张㛃', '1044732025001000', '姓名', '章㛃', '张㛃', '附件3']);
    expect(many.annexes[1]?.parts[0]?.note).toBe('（共3人5项，以下空白）');
  });

  it('says of an empty field that it is empty', () => {
    const [person] = change(1).people;
    const changes = [{ label: '导师', before: '', after: '李䶮', evidence: [] }];
    const letter = wordings['change-request'](change(1, { people: person ? [{ ...person, changes }] : [] }));
    expect(textOf(letter)).toContain('（空）');
  });

  it.each([
    [['2026-01-20', '2026-01-20'], '已于2026年1月20日备案'],
    [['2026-01-20', '2026-01-21'], '均已备案'],
    [[null, null], '已经上报，尚未备案'],
    [[null, '2026-01-20', '2026-01-20'], '已备案2人，已经上报、尚未备案1人'],
  ])('says whether the records %j were filed', (dates, expected) => {
    const listed = change(dates.length).people.map((person, index) => ({ ...person, filedOn: dates[index] ?? null }));
    expect(textOf(wordings['change-request'](change(dates.length, { people: listed })))).toContain(expected);
  });

  it('a deletion touches no degree and is no revocation', () => {
    for (const count of [1, 3]) {
      const text = textOf(wordings['deletion-request'](deletion(count)));
      expect(text).toContain('不影响任何已依法授予的学位，不属于撤销学位的情形');
      expect(text).toContain('2026年3月2日的核查中发现');
      expect(text).toContain('原始记录由我校留存备查');
    }
    expect(textOf(wordings['deletion-request'](deletion(1)))).toContain('因重复上报被错误报送，已于2026年1月20日备案');
  });
});

describe('Article 16 and 学位法 arts 10, 37, 39: the revocation report', () => {
  const report = (more: Parameters<typeof revocation>[1] = {}, count = 1) =>
    textOf(wordings['revocation-report'](revocation(count, more)));

  it.each([
    [1, '一'],
    [2, '二'],
    [3, '三'],
  ] as const)('names ground %i as the law numbers it', (ground, item) => {
    expect(report({ ground })).toContain(`《中华人民共和国学位法》第三十七条第（${item}）项`);
  });

  it('tells notice, hearing, votes, effect, service, certificate and the limit of ten days', () => {
    const text = report();
    for (const part of [
      '2026年2月20日，我校向本人书面告知',
      '2026年3月2日，我校听取了本人的陈述和申辩，陈述申辩理由不成立，不予采纳。',
      '应到25人，实到21人。经投票表决，同意19票、反对1票、弃权1票',
      '作出撤销其硕士学位的决议（聊大学位〔2026〕5号），决议自2026年3月10日起生效',
      '撤销学位决定书已于2026年3月13日送达，并告知申请复核等救济权利。',
      '学位证书已收回并注销。',
      '决议生效之日起10日内书面报告，最迟为2026年3月20日',
      '本报告在规定期限内报送。',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('says that somebody waived being heard', () => {
    const data = revocation(1);
    const listed = data.people.map((person) => ({ ...person, hearingOn: null, hearingResult: '' }));
    expect(report({ people: listed })).toContain('本人放弃陈述和申辩。');
    expect(report({}, 10)).toContain('其中8人已听取陈述和申辩，2人放弃陈述和申辩');
  });

  it.each([
    ['too few came', { present: 16, yes: 16, no: 0, abstain: 0 }],
    ['half of all is not more than half', { members: 24, present: 21, yes: 12, no: 8, abstain: 1 }],
    ['the votes do not add up', { yes: 19, no: 2, abstain: 1 }],
  ])('claims no lawful majority when %s', (_, votes) => {
    const resolution = { ...revocation(1).resolution, ...votes };
    expect(report()).toContain('第十条的规定');
    expect(report({ resolution })).not.toContain('第十条的规定');
  });

  it('never says that it is in time when its date says that it is late', () => {
    expect(report({ date: '2026-03-20' })).toContain('本报告在规定期限内报送。');
    const late = report({ date: '2026-03-23' });
    expect(late).toContain('本报告已逾期3日。');
    expect(late).not.toContain('规定期限内');
  });

  it('gives the reason of a late report, and none to one in time', () => {
    const lateReason = '当事人下落不明，公告送达期满后方能报送。';
    expect(report({ date: '2026-03-23', lateReason })).toContain(`本报告已逾期3日，原因如下：${lateReason}`);
    expect(report({ date: '2026-03-20', lateReason })).not.toContain('原因如下');
  });
});

describe('R12.1: the approval sheet', () => {
  it('shows who gave which opinion, and where the sealed step stands in the log', () => {
    const sheet = sheetOf(letterOf('change-request', 1));
    expect(sheet.校核人意见).toBe(
      '经与授予学位的决议及学籍学历信息核对，内容一致。\n研究生处　刘㛃　2026年3月13日\n（原始记录日志第1013项：B87D6BC4 EC63B99E）',
    );
    expect(sheet.学位评定委员会办公室意见).toContain('（以本件电子印章为准）');
    expect(sheet.省学位委员会办公室意见).toBe('（盖章）\n年　　月　　日');
    expect(sheetOf(letterOf('revocation-report', 1)).省学位委员会办公室确认).toBe('（盖章）\n年　　月　　日');
  });

  it('leaves the boxes of steps still to come empty', () => {
    const data = sample(1);
    const opinions = data.sheet.opinions.slice(0, 1);
    const sheet = sheetOf(wordings['supplementary-report']({ ...data, sheet: { ...data.sheet, opinions } }));
    expect(sheet.经办人意见).toContain('王立新');
    for (const role of ['校核人意见', '部门负责人意见', '学位评定委员会办公室意见'])
      expect(sheet[role]).toBe('（签名）\n年　　月　　日');
  });

  it('lists every file with its digest, and says so when there is none', () => {
    const sheet = sheetOf(wordings['deletion-request'](deletion(1, { evidence: evidence('甲', '乙') })));
    expect(sheet.证明材料).toContain('附件2：甲（PDF文件）\nmaterial-1.pdf，SHA-256：DBCC094B 2F20BB87…');
    expect(sheet.证明材料).toContain('附件3：乙（JPEG图像）');
    expect(sheetOf(wordings['deletion-request'](deletion(1, { evidence: [] }))).证明材料).toBe('无。');
  });

  it('puts the old beside the new for one person', () => {
    const sheet = sheetOf(letterOf('change-request', 1));
    expect(sheet.原备案信息).toContain('姓名：章㛃');
    expect(sheet.拟更改为).toContain('姓名：张㛃');
    expect(sheetOf(letterOf('change-request', 3)).原备案信息).toBe('见附件2');
  });
});
