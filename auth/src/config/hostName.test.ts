import { expect, it } from 'vitest';
import { examples } from '../../../test-support/examples.mjs';
import { hostName } from './hostName.ts';

it.each(examples('hosts'))('VIRTUAL_HOST: %s: %s', (kind, text) => {
  const { data } = hostName.safeParse(text);
  expect(data).toBe(kind === 'wrong' ? undefined : text.toLowerCase());
});
