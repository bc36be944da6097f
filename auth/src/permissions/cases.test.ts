// The worked cases of docs/access-rules.md: whatever stands there is so.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RuleTree } from '../access/ruleTree.ts';
import { readAccessFile } from './accessFile.ts';
import { readAccessTest, unmetOf, type Expectation } from './accessTest.ts';

const text = readFileSync(join(import.meta.dirname, '../../../docs/access-rules.md'), 'utf8');
const blocksIn = (part: string) => [...part.matchAll(/```yaml\n(.*?)```/gs)].map(([, block = '']) => block);
const [before = '', after = ''] = text.split('## Worked cases');
const cases = after.split('\n### ').slice(1);

const asked = (expectations: readonly Expectation[]) =>
  expectations.map((expectation) => {
    const { what } = expectation;
    return { expectation, place: { kind: 'image' as const, path: what === '.' ? [] : what.split('/') } };
  });

function treeOf(block: string): RuleTree {
  const file = readAccessFile(block, 'access.yml');
  if (file.kind === 'wrong') throw new Error(JSON.stringify(file.faults));
  return new RuleTree(file.rules);
}

it('there are cases, and the examples before them can be read', () => {
  expect(cases.length).toBeGreaterThanOrEqual(12);
  expect(blocksIn(before).map((block) => treeOf(block).rules.length)).toEqual([3, 1, 1, 1]);
});

describe.each(cases.map((part) => [part.split('\n')[0] ?? '', blocksIn(part)] as const))('%s', (_, blocks) => {
  it('is as it is written', () => {
    const [rules = '', expected = '', ...more] = blocks;
    expect(more).toEqual([]);
    const test = readAccessTest(expected);
    if (test.kind === 'wrong') throw new Error(JSON.stringify(test.faults));
    expect(unmetOf(asked(test.expectations), treeOf(rules), Date.UTC(2026, 0, 1))).toEqual([]);
    // Each of them says something: the rules of nobody do not meet them all.
    expect(unmetOf(asked(test.expectations), new RuleTree([]), Date.UTC(2026, 0, 1))).not.toEqual([]);
  });
});
