import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { folderRule, type FolderRule } from './folderRule.ts';
import type { Rule } from './rules.ts';
import { RuleTree } from './ruleTree.ts';
import { anonymous, type Subject } from './subject.ts';

const folder = (name: string, access: FolderRule['access'], tier?: number): Rule =>
  folderRule({ where: name.split('/'), access, networks: ['10.1.0.0/16'], tier });

const rules = new RuleTree([
  folder('a', 'login'),
  folder('a/open', 'open'),
  folder('agree', 'clickthrough'),
  folder('kiosk', 'kiosk'),
  folder('room', 'external'),
  folder('never', 'denied'),
  folder('tiered', 'login', 600),
]);
const user: Subject = { ...anonymous, kind: 'user', id: 'u', email: 'u@example.org', active: true, roles: [] };
const answer = (subject: Subject, path: string) => decide(subject, { kind: 'image', path: path.split('/') }, rules, 0);

describe('folders with a pattern', () => {
  it.each<[string, Subject, string]>([
    ['a/1.tif', user, 'allowed'],
    ['a/open/1.tif', anonymous, 'allowed'],
    ['agree/1.tif', { ...anonymous, agreed: true }, 'allowed'],
    ['kiosk/1.tif', { ...anonymous, atKiosk: true, address: '10.1.0.1' }, 'allowed'],
    ['room/1.tif', { ...anonymous, address: '10.1.0.1' }, 'allowed'],
    ['never/1.tif', user, 'forbidden'],
    ['never/1.tif', anonymous, 'forbidden'],
    ['a/1.tif', { ...user, active: false }, 'forbidden'],
  ])('%s', (path, subject, kind) => {
    expect(answer(subject, path).kind).toBe(kind);
  });

  it.each<[string, Subject, string]>([
    ['a/1.tif', anonymous, 'login'],
    ['agree/1.tif', user, 'clickthrough'],
    ['kiosk/1.tif', { ...anonymous, address: '10.1.0.1' }, 'kiosk'],
    ['kiosk/1.tif', { ...anonymous, atKiosk: true, address: '10.2.0.1' }, 'kiosk'],
    ['room/1.tif', { ...anonymous, address: '10.2.0.1' }, 'external'],
    ['room/1.tif', { ...anonymous, address: '10.1.0.1', forAnotherSite: true }, 'external'],
  ])('%s offers its way to who has not gone it', (path, subject, pattern) => {
    expect(answer(subject, path)).toMatchObject({ kind: 'locked', pattern });
  });

  it('says where nothing but the place opened it', () => {
    const there = { address: '10.1.0.1', atKiosk: true };
    expect(answer({ ...anonymous, ...there }, 'room/1.tif')).toMatchObject({ kind: 'allowed', byPlace: true });
    expect(answer({ ...user, ...there }, 'room/1.tif')).toMatchObject({ kind: 'allowed', byPlace: true });
    for (const path of ['kiosk/1.tif', 'a/open/1.tif']) {
      expect(answer({ ...anonymous, ...there, forAnotherSite: true }, path)).not.toHaveProperty('byPlace');
      expect(answer({ ...anonymous, ...there, forAnotherSite: true }, path).kind).toBe('allowed');
    }
  });

  it('offers a smaller image meanwhile', () => {
    expect(answer(anonymous, 'tiered/1.tif')).toMatchObject({ kind: 'locked', pattern: 'login', tier: 600 });
  });

  it('means a folder in whichever way its accents are stored', () => {
    const denied = new RuleTree([folder('Caf\u00e9', 'denied')]);
    for (const name of ['Caf\u00e9', 'Cafe\u0301']) {
      expect(decide(user, { kind: 'image', path: [name, '1.tif'] }, denied, 0).kind).toBe('forbidden');
    }
  });

  it('does not take a folder for another whose name begins alike', () => {
    expect(answer(anonymous, 'roomy/1.tif')).toMatchObject({ kind: 'locked', rule: 'no rule allows it' });
  });
});
