import { expect, it } from 'vitest';
import { makeRule } from '../access/rules.ts';
import { networkWarnings } from './networkWarnings.ts';

const ruleFor = (...networks: string[]) =>
  makeRule({ name: 'panel: theses', where: ['theses'], grants: [{ who: { networks } }] });
const NOTHING = { requests: 0, addresses: [] };

it.each([
  ['10.1.0.0/16', '10.1.0.7', true],
  ['10.1.2.3', '10.1.0.0/16', true],
  ['10.1.0.0/16', '10.2.0.0/16', false],
  ['2001:db8::/32', '2001:db8::1', true],
  ['0.0.0.0/0', '192.0.2.7', true],
  ['2001:db8::/32', '10.1.0.1', false],
])('a range %s and a proxy %s: %s', (network, proxy, warned) => {
  const found = networkWarnings([ruleFor('203.0.113.0/24', network)], [proxy], NOTHING);
  expect(found).toEqual(warned ? [{ kind: 'proxyInRange', rule: 'panel: theses', network, proxy }] : []);
});

it('an address like that of a gateway, from which somebody came', () => {
  const seen = { requests: 3, addresses: ['172.18.0.1', '198.51.100.7'] };
  const [found] = networkWarnings([ruleFor('172.16.0.0/12')], [], seen);
  expect(found).toMatchObject({ kind: 'proxyInRange', proxy: '172.18.0.1' });
  expect(networkWarnings([ruleFor('172.16.0.0/12')], [], { requests: 3, addresses: ['172.18.0.9'] })).toEqual([]);
});

it('all requests from one address', () => {
  const from = (requests: number, ...addresses: string[]) =>
    networkWarnings([ruleFor('10.1.0.0/16')], [], { requests, addresses });
  expect(from(100, '192.0.2.7')).toEqual([{ kind: 'oneAddress', address: '192.0.2.7', requests: 100 }]);
  expect([from(99, '192.0.2.7'), from(100, '192.0.2.7', '192.0.2.8')]).toEqual([[], []]);
});

it('nothing where no rule is about networks', () => {
  const users = makeRule({ where: [], grants: [{ who: { users: true } }] });
  expect(networkWarnings([users], ['0.0.0.0/0'], { requests: 1000, addresses: ['172.18.0.1'] })).toEqual([]);
});
