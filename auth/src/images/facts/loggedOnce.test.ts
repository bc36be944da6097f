import { expect, it } from 'vitest';
import { LoggedOnce } from './loggedOnce.ts';

it('says a thing about a file once, and another thing about it too', () => {
  const lines: string[] = [];
  const logged = new LoggedOnce({ warn: (_fields, message) => lines.push(message) });
  for (const message of ['a is just being written', 'a is just being written', 'a has no tiles', 'a has no tiles']) {
    logged.once('a', message);
  }
  expect(lines).toEqual(['a is just being written', 'a has no tiles']);
});
