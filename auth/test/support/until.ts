import { setTimeout as wait } from 'node:timers/promises';

/**
 * Asks again and again until the answer is true.
 * @param what said in the error when it is still false after `limit` milliseconds
 */
export async function until(ask: () => boolean | Promise<boolean>, what: string, limit = 10_000): Promise<void> {
  const deadline = Date.now() + limit;
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error(`Not within ${limit} ms: ${what}`);
    await wait(20);
  }
}
