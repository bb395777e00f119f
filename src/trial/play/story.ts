// What the acts of the year share: who is signed in, which day it is, and how an act must end.
import { civilDateInShanghai } from '../../regulation/deadlines/deadlines.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import type { Answer, Api, Upload, Value } from '../api.ts';
import { TRIAL_PASSWORD } from '../sample-institutions.ts';
import type { Kind, Ledger } from './ledger.ts';

/** The institution whose year it is. */
export const INSTITUTION = '10447';

/** An act that had to succeed and did not: the play ends. */
export class StoryBroken extends Error {
  override readonly name = 'StoryBroken';
}

/** Everything that the acts share. */
export interface Story {
  readonly api: Api;
  readonly ledger: Ledger;
  readonly mistakes: boolean;
  say(line: string): void;
  /** Performs an action as an officer. */
  act(officer: string, name: string, input: object, select?: string): Promise<Answer>;
  /** Performs an action that must succeed, and returns what it gives. @throws {StoryBroken} */
  must(officer: string, name: string, input: object, select?: string): Promise<Value>;
  /** Uploads a file that must be taken; returns its digest. @throws {StoryBroken} */
  upload(officer: string, kind: string, file: Upload): Promise<string>;
  query(officer: string, document: string, variables?: object): Promise<Value>;
  token(officer: string): Promise<string>;
  /** Plants an attempt that must be answered with the code of its kind. Does nothing in a year without mistakes. */
  refused(kind: Kind, attempt: () => Promise<Answer>): Promise<void>;
  /** Moves the register's clock to nine o'clock of a day, unless it is later already. */
  until(day: string): Promise<void>;
}

const nothing = 'simulated';
/** Seconds after which an act gets a line of its own. */
const WORTH_TELLING = 3;

/** Opens a story on a client. */
export async function openStory(
  api: Api,
  ledger: Ledger,
  mistakes: boolean,
  say: (line: string) => void,
): Promise<Story> {
  const tokens = new Map<string, Promise<string>>();
  const token = (officer: string): Promise<string> => {
    const known = tokens.get(officer) ?? signIn(api, officer);
    tokens.set(officer, known);
    return known;
  };
  let today = '';
  const act: Story['act'] = async (officer, name, input, select = nothing) => {
    const as = await token(officer);
    const began = performance.now();
    const answer = await api.act(as, name, input, select);
    const seconds = (performance.now() - began) / 1000;
    if (seconds > WORTH_TELLING) say(`  ${name} by ${officer}: ${seconds.toFixed(1)} s`);
    return answer;
  };
  const must: Story['must'] = async (officer, name, input, select) => {
    const answer = await act(officer, name, input, select);
    if (!answer.ok) throw new StoryBroken(`${officer} ${name}: ${instead(answer)}`);
    return answer.value;
  };
  return {
    ...{ api, ledger, mistakes, say, act, must, token },
    async upload(officer, kind, file) {
      const answer = await api.upload(await token(officer), kind, INSTITUTION, file);
      if (!answer.ok) throw new StoryBroken(`${officer} uploadFile ${file.name}: ${instead(answer)}`);
      return answer.value.digest as string;
    },
    query: async (officer, document, variables) => api.query(await token(officer), document, variables),
    async refused(kind, attempt) {
      if (!mistakes) return;
      ledger.plant(kind);
      const answer = await attempt();
      if (answer.codes.includes(kind.code)) ledger.find(kind.id);
      else ledger.miss(kind.id, `${kind.code} ≠ ${instead(answer)}`);
    },
    async until(day) {
      if (day <= today) return;
      await must('xuewei.guan', 'advanceTrialClock', { to: `${day}T09:00:00+08:00` }, 'now');
      today = day;
    },
  };
}

async function signIn(api: Api, loginName: string): Promise<string> {
  const answer = await api.act(null, 'signIn', { loginName, password: TRIAL_PASSWORD }, 'token');
  if (!answer.ok) throw new StoryBroken(`signIn ${loginName}: ${instead(answer)}`);
  return answer.value.token as string;
}

/** What an answer says, in one line. */
export function instead(answer: Answer): string {
  const told = answer.violations.slice(0, 5).map(({ code, path, found, expected }) => {
    return `${code} ${path}${found === null ? '' : ` ${found}`}${expected === null ? '' : ` → ${expected}`}`;
  });
  return [answer.type, ...(told.length > 0 ? told : answer.codes), String(answer.value.message ?? '')].join(' | ');
}

/** The day of the register's clock. */
export async function dayOfRegister(api: Api): Promise<string> {
  const data = await api.query(await signIn(api, 'xuewei.guan'), '{ me { now } }');
  return civilDateInShanghai((data.me as { now: string }).now);
}

/** The officers of the office that owns a category: collector, checker, head. */
export function officersOf(category: Category): { collector: string; checker: string; head: string } {
  const office = category.endsWith('master') ? 'yanjiu' : category === 'adult-education-bachelor' ? 'jixu' : 'jiaowu';
  return { collector: `${office}.cai`, checker: `${office}.he`, head: `${office}.zhang` };
}

/** A word of the vocabulary as the API writes it. */
export function upper(word: string): string {
  return word.toUpperCase().replaceAll('-', '_');
}
