// Rows that nobody put in order come in any: with TEST_ROWS=backwards they come the other way round, so that who relies on an order that he
// did not ask for is found out.
import pg from 'pg';

interface Answer {
  rows: unknown[];
}

type Query = (asked: unknown, ...more: unknown[]) => unknown;

/** Turns round the rows of every SELECT without ORDER BY, on every connection of this process. */
export function turnRowsRound(): void {
  const prototype = pg.Client.prototype as unknown as { query: Query & { turned?: true } };
  if (prototype.query.turned) return;
  const query = prototype.query;
  const turned: Query & { turned?: true } = function (this: unknown, asked, ...more) {
    const text = typeof asked === 'string' ? asked : String((asked as { text?: unknown }).text ?? '');
    if (!/^\s*(select|with)\b/i.test(text) || /\border by\b/i.test(text)) return query.call(this, asked, ...more);
    const callback = more.at(-1);
    if (typeof callback === 'function') {
      const hear = (error: unknown, answer?: Answer) => callback(error, backwards(answer));
      return query.call(this, asked, ...more.slice(0, -1), hear);
    }
    const answer = query.call(this, asked, ...more);
    return answer instanceof Promise ? answer.then(backwards) : answer;
  };
  turned.turned = true;
  prototype.query = turned;
}

function backwards<T extends Answer | undefined>(answer: T): T {
  if (Array.isArray(answer?.rows)) answer.rows.reverse();
  return answer;
}
