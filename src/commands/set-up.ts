// `set-up <file.json>`: adds institutions, offices and officers; new officers get a random first password, printed once.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type SetUp, setUp } from '../procedures/offices/set-up.ts';
import { type KnownPlaces, type SetUpProblem, setUpProblems } from '../procedures/offices/set-up-problems.ts';
import { knownPlaces } from '../store/offices/offices.ts';
import { withDatabase } from './database.ts';

const NOWHERE: KnownPlaces = { offices: new Map(), institutions: new Set() };

/** Exit code 0 when everything of the file is in the database, 2 when the file is wrong: then nothing of it is. */
export async function setUpFromFile(args: string[]): Promise<number> {
  const [file] = args;
  if (!file) {
    console.error('用法：set-up <文件.json>，格式见 docs/set-up.example.json。');
    console.error('Usage: set-up <file.json> (shape: docs/set-up.example.json)');
    return 2;
  }
  let description: unknown;
  try {
    description = JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''));
  } catch (error) {
    console.error(`无法读取 ${file}，或其内容不是 JSON。`);
    console.error(`Cannot read ${file} as JSON: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
  // What the database cannot mend is said without opening it.
  const alone = setUpProblems(description, NOWHERE);
  if (alone.length > 0 && !alone.some((problem) => problem.reference)) return refuse(file, alone);

  return withDatabase(async (db) => {
    const problems = setUpProblems(description, await knownPlaces(db));
    if (problems.length > 0) return refuse(file, problems);
    const passwords = new Map<string, string>();
    const { added, unchanged } = await setUp(db, description as SetUp, (loginName) => {
      const password = randomBytes(12).toString('base64url');
      passwords.set(loginName, password);
      return password;
    });
    for (const loginName of added) console.log(`${loginName}\t${passwords.get(loginName)}`);
    if (unchanged.length > 0) {
      console.error(`以下人员已存在，未作任何更改（包括口令）：${unchanged.join('、')}。`);
      console.error(
        `These officers were there already and are unchanged, passwords included: ${unchanged.join(', ')}.`,
      );
    }
    return 0;
  });
}

function refuse(file: string, problems: readonly SetUpProblem[]): number {
  console.error(`${file} 有 ${problems.length} 处问题，未写入任何内容。`);
  console.error(`${file} has ${problems.length} problem(s); nothing of it was kept.`);
  for (const { zh, en } of problems) console.error(`- ${zh}\n  ${en}`);
  return 2;
}
