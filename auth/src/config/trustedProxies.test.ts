import { expect, it } from 'vitest';
import { examples } from '../../../test-support/examples.mjs';
import { trustedProxies } from './trustedProxies.ts';

it.each(examples('networks'))('TRUSTED_PROXIES: %s: %s', (kind, text) => {
  const { data } = trustedProxies.kind.safeParse(text);
  expect(data).toStrictEqual(kind === 'wrong' ? undefined : [text]);
});
