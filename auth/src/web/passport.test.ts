import { request, response } from 'express';
import { Strategy } from 'passport';
import { expect, it } from 'vitest';
import type { LoginResult } from '../identity/loginResult.ts';
import { askStrategy } from './passport.ts';

/** A strategy that does one thing, as those of libraries do: with the methods that passport gives it for each request. */
function strategyThat(act: (strategy: { success: Act; fail: Act; error: Act; pass: () => void }) => void): Strategy {
  return Object.assign(new Strategy(), {
    authenticate(this: Parameters<typeof act>[0]) {
      act(this);
    },
  });
}
type Act = (value?: unknown) => void;

const ask = (strategy: Strategy): Promise<LoginResult> => askStrategy(strategy, request, response);

it('answers the result that a strategy succeeds with, whatever it is', async () => {
  const result = { kind: 'throttled', retryAfter: 7 };
  const strategy = strategyThat((one) => {
    one.success({ result });
  });
  expect(await ask(strategy)).toBe(result);
});

it('calls a strategy that fails by itself wrong', async () => {
  const strategy = strategyThat((one) => {
    one.fail('no such entry');
  });
  expect(await ask(strategy)).toEqual({ kind: 'wrong' });
});

it.each([
  ['an error', new Error('the directory does not answer'), 'the directory does not answer'],
  ['anything else', 'timeout', 'passport failed'],
])('rejects with %s that stops a strategy', async (_, thrown, message) => {
  const strategy = strategyThat((one) => {
    one.error(thrown);
  });
  await expect(ask(strategy)).rejects.toThrow(message);
});

it('gives each of two requests that one strategy is asked for at once the answer to its own', async () => {
  const waiting: Act[] = [];
  const strategy = strategyThat((one) => {
    waiting.push((result) => {
      one.success({ result });
    });
  });
  const answers = [ask(strategy), ask(strategy)];
  for (const [index, succeed] of waiting.entries()) succeed(`result ${index}`);
  expect(await Promise.all(answers)).toEqual(['result 0', 'result 1']);
});
