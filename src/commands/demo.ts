// `demo [--scale n] [--keep] [--database] [--out directory]`: a fresh server, one synthetic year through its public API, and every paper judged.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { judgeArchives } from '../trial/archive-judges.ts';
import { startChildServer } from '../trial/child-server.ts';
import { judgeByCommand } from '../trial/command-judge.ts';
import { judgeUnsealed } from '../trial/export-judges.ts';
import { judgeForgeries } from '../trial/forgeries.ts';
import { type Judgement, judgePapers } from '../trial/judges.ts';
import { StoryBroken } from '../trial/play/story.ts';
import { type PlayedYear, playYear } from '../trial/play-year.ts';

/** Exit code 0 when every planted mistake was found, nothing good was refused and every paper holds; 1 when not; 2 for wrong arguments. */
export async function runDemo(args: string[]): Promise<number> {
  const after = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const scale = Number(after('--scale') ?? 1);
  if (!Number.isFinite(scale) || scale <= 0 || scale > 10) {
    console.error('--scale 应为 0 到 10 之间的数。--scale must be a number above 0, at most 10.');
    return 2;
  }
  const databaseUrl = args.includes('--database') ? process.env.DATABASE_URL : undefined;
  if (args.includes('--database') && !databaseUrl) {
    console.error('--database 需要设置 DATABASE_URL。--database needs DATABASE_URL.');
    return 2;
  }
  const out = resolve(after('--out') ?? 'out');
  await mkdir(out, { recursive: true });
  const directory = await mkdtemp(join(out, 'server-'));
  console.log('正在启动新的服务器… Starting a fresh server');
  const server = await startChildServer({ directory, ...(databaseUrl ? { databaseUrl } : {}) });
  let played: PlayedYear;
  try {
    played = await playYear({ endpoint: server.endpoint, say: (line) => console.log(line), out, scale });
  } catch (error) {
    if (!(error instanceof StoryBroken)) throw error;
    console.error(`✗ 学年中断 The year broke off: ${error.message}`);
    return 1;
  } finally {
    await server.stop();
    if (args.includes('--keep')) console.log(`数据保留在 The data stays in ${directory}`);
    else await rm(directory, { recursive: true, force: true });
  }
  // The server and its database are gone: what was brought home must stand by itself.
  showMistakes(played);
  const [papers, people] = [showJudgements(await judge(played, join(out, 'root.pem'))), showEnd(played)];
  console.log(`文件在 Files are in ${out}`);
  return papers && people ? 0 : 1;
}

async function judge({ files, unsealed, archives }: PlayedYear, root: string): Promise<Judgement[]> {
  const sealed = files.filter((file) => /\.(json|pdf)$/.test(file));
  return [
    ...(await judgePapers(files, root)),
    ...(await judgeForgeries(files, root)),
    ...(await judgeUnsealed(unsealed)),
    ...(await judgeArchives(archives, root)),
    ...(await judgeByCommand([...sealed, ...archives], root)),
  ];
}

function showMistakes({ lines }: PlayedYear): void {
  console.log('\n故意的错误 Planted mistakes            应发现 planted  已发现 found');
  for (const { id, code, zh, en, planted, found } of lines) {
    const mark = planted === found ? '✓' : '✗';
    console.log(
      `${mark} ${id.padEnd(24)} ${String(planted).padStart(4)} ${String(found).padStart(4)}  ${code.padEnd(36)} ${zh} · ${en}`,
    );
  }
}

function showJudgements(judgements: readonly Judgement[]): boolean {
  const MARK = { passed: '✓', failed: '✗', skipped: '–' } as const;
  console.log('\n文书与证明包的验证 Papers and proofs');
  const missing = new Set(judgements.filter(({ outcome }) => outcome === 'skipped').map(({ judge }) => judge));
  for (const file of new Set(judgements.map((one) => one.file))) {
    const of = judgements.filter((one) => one.file === file && one.outcome !== 'skipped');
    const judges = [...new Set(of.filter(({ outcome }) => outcome === 'passed').map(({ judge }) => judge))];
    console.log(`${of.some(({ outcome }) => outcome === 'failed') ? MARK.failed : MARK.passed} ${file}`);
    console.log(`    ${judges.join(', ')}`);
    for (const { judge, outcome, says } of of)
      if (outcome === 'failed') console.log(`  ${MARK.failed} ${judge}: ${says}`);
  }
  for (const judge of missing) console.log(`${MARK.skipped} ${judge}: 未安装，已跳过 not found, skipped`);
  return judgements.length > 0 && judgements.every(({ outcome }) => outcome !== 'failed');
}

function showEnd({ lines, filed, missed, wronglyRefused }: PlayedYear): boolean {
  const planted = lines.reduce((sum, line) => sum + line.planted, 0);
  const found = lines.reduce((sum, line) => sum + line.found, 0);
  console.log(
    `\n${lines.length} 种错误，共 ${planted} 处，发现 ${found} 处；备案 ${filed} 人。${lines.length} kinds of mistakes, ${planted} planted, ${found} found; ${filed} people filed.`,
  );
  for (const one of missed) console.log(`✗ 漏过 got through: ${one}`);
  for (const one of wronglyRefused) console.log(`✗ 误拒 wrongly refused: ${one}`);
  return missed.length === 0 && wronglyRefused.length === 0 && planted === found;
}
