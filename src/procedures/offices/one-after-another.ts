// What is done one after another for the same key within this server: six browsers that sign in at once are no six failures.

const queues = new WeakMap<object, Map<string, Promise<unknown>>>();

/** Does `work` when what was asked for before under the same key is over, however it ended. Keys live only while somebody waits. */
export function oneAfterAnother<T>(owner: object, key: string, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(owner) ?? new Map<string, Promise<unknown>>();
  queues.set(owner, queue);
  const mine = (queue.get(key) ?? Promise.resolve()).then(work, work);
  queue.set(key, mine);
  const leave = () => {
    if (queue.get(key) === mine) queue.delete(key);
  };
  mine.then(leave, leave);
  return mine;
}
