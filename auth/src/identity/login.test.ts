import { expect, it } from 'vitest';
import { Devices } from './devices.ts';
import { Login } from './login.ts';
import type { Passwords } from './passwords.ts';
import { Throttle } from './throttle.ts';
import type { UserRepository } from './userRepository.ts';

const EMAIL = 'reader@example.org';
const PLACES = 60; // in the queue

it('a browser that has logged in before finds room in a queue that strangers have filled, each from their own network', async () => {
  const now = new Date();
  const devices = new Devices('a secret', () => now);
  const compared: (() => void)[] = [];
  const passwords: Pick<Passwords, 'matches'> = {
    matches: () =>
      new Promise((resolve) =>
        compared.push(() => {
          resolve(false);
        }),
      ),
  };
  const users: Pick<UserRepository, 'findByEmail'> = { findByEmail: () => Promise.resolve(undefined) };
  const login = new Login(users as UserRepository, passwords as Passwords, new Throttle(), devices);
  const attempt = (email: string, address: string, deviceCookies: readonly string[] = []) =>
    login.attempt({ email, password: 'a guess', address, deviceCookies }, now).then(({ kind }) => kind);

  const strangers = Array.from({ length: PLACES }, (_, number) =>
    attempt(`nobody${number}@example.org`, `2001:db8:0:${number.toString(16)}::1`),
  );
  await expect.poll(() => compared.length).toBe(2); // two are compared, and the others wait
  expect(await attempt(EMAIL, '2001:db8:0:ffff::1')).toBe('throttled');
  const owner = attempt(EMAIL, '2001:db8:0:ffff::1', [devices.issue(EMAIL)]);
  const all = Promise.all([...strangers, owner]);
  let answers: string[] | undefined;
  void all.then((kinds) => (answers = kinds));
  await expect
    .poll(
      () => (
        compared.splice(0).forEach((end) => {
          end();
        }),
        answers
      ),
      { interval: 1 },
    )
    .toBeDefined();
  expect(answers?.at(-1)).toBe('wrong'); // compared, and not sent away
  expect(answers?.filter((kind) => kind === 'throttled')).toHaveLength(1);
});
