import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { makeRule } from '../access/rules.ts';
import { AccessFileOnDisk } from './accessFileOnDisk.ts';
import { remarksOnRoles, SaidRemarks } from './remarks.ts';

const ruleOf = (folder: string, ...roles: string[]) =>
  makeRule({ name: `access.yml: ${folder}`, where: [folder], grants: [{ who: { roles } }] });
const RULES = [ruleOf('maps', 'staff', 'seminar2027'), ruleOf('archive', 'king')];

it('a role that is not there is said once, with the one that was probably meant, and when it is there', () => {
  const lines: string[] = [];
  const log = {
    warn: (_: object, message: string) => void lines.push(message),
    info: (_: object, message: string) => void lines.push(message),
  };
  const said = new SaidRemarks(log, (role) => `the role "${role}" is there again`);
  const named = () => new Set(['staff', 'seminar2027', 'king']);
  const there = ['staff', 'seminar 2027'];
  said.say(remarksOnRoles(RULES, there), named);
  said.say(remarksOnRoles(RULES, there), named);
  expect(lines).toEqual([
    'there is no role "seminar2027", so nobody has it; was "seminar 2027" meant?',
    'there is no role "king", so nobody has it',
  ]);
  expect(said.all.map(({ rule }) => rule)).toEqual(['access.yml: maps', 'access.yml: archive']);
  said.say(remarksOnRoles(RULES, [...there, 'king']), named);
  expect(lines.at(-1)).toBe('the role "king" is there again');
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-remarks-'));
  return () => {
    rmSync(folder, { recursive: true });
  };
});

it('a file that is called nearly access.yml is pointed out', async () => {
  const look = () => new AccessFileOnDisk(join(folder, 'access.yml'), 'access.yml').look();
  expect(await look()).toEqual({ kind: 'none', instead: undefined });
  writeFileSync(join(folder, 'Access.yml'), 'folders: {}');
  expect(await look()).toEqual({ kind: 'none', instead: 'Access.yml' });
});
