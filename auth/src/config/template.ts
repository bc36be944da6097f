import { names, variables } from './schema.ts';
import { groups, type Variable } from './variable.ts';

const head = [
  'Vitrine: what can be configured. Everything has a default: change only what you need to.',
  'Copy this file (cp .env.template .env), take the # away in front of a NAME=, write your value, and start again.',
  'docs/configuration.md says more. Made from auth/src/config/schema.ts by "npm run docs" in auth/: change it there.',
];

/** The text of `.env.template`. Every line is a comment, so that a mere copy changes nothing. */
export function template(): string {
  const lines = head.flatMap(comment);
  for (const [group, title] of Object.entries(groups)) {
    lines.push('', '', `# ---- ${title} ----`);
    for (const name of names) {
      const variable: Variable = variables[name];
      if (variable.group !== group) continue;
      lines.push('', ...explain(variable).flatMap(comment), `#${name}=${variable.default || variable.example}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function explain({ description, kind, unit, otherwise }: Variable): string[] {
  const form = `Value: ${kind.description ?? 'text'}${unit === undefined ? '' : `, in ${unit}`}.`.replaceAll('`', '');
  return [description, otherwise === undefined ? form : `${form} If unset: ${otherwise}.`];
}

/** @returns the text as comment lines of at most 100 characters, broken between words */
function comment(text: string): string[] {
  return text.match(/\S.{0,97}(?=\s|$)/g)?.map((line) => `# ${line}`) ?? [];
}
