import { type Name, names, variables } from './schema.ts';
import { groups, type Variable } from './variable.ts';

const introduction = `# Configuration

<!-- Made from auth/src/config/schema.ts by "npm run docs" in auth/: change it there. -->

Vitrine runs without any configuration: on this computer only, with sample images. To change something:

1. Copy the template: \`cp .env.template .env\`
2. In \`.env\`, take away the \`#\` in front of the variable and write your value after the \`=\`.
3. Start again: \`docker compose up -d\`, or \`./serve\`.

Most servers need five of them: \`VIRTUAL_HOST\`, \`VIRTUAL_HOST_PROTO\`, \`LETSENCRYPT_EMAIL\`, \`IMAGE_DIR\` and
\`AUTH_ADMIN_USERID\`.

If a value is wrong, Vitrine does not start. The log (\`docker compose logs auth\`) then names every wrong variable and
says what to do. An empty value counts as unset.
To see what is in force: \`docker compose exec auth vitrine config show\`. It never shows a secret.`;

const secretsNote = `Secrets need no care: Vitrine makes its own on the first start and keeps them in \`DATA_DIR\`, the volume that you back
up anyway. Whoever can read them can log in as anybody.

Each secret can also be read from a file, as Docker secrets are: put \`_FILE\` behind its name and give the path at which
the service sees the file, for example \`AUTH_SECRET_KEY_FILE=/run/secrets/auth_secret_key\`. One line break at the end
of the file does not count. Set the variable or its file, not both. Secrets are:
`;

/** The text of `docs/configuration.md`. */
export function markdown(): string {
  const sections = Object.entries(groups).map(([group, title]) => {
    const rows = names.filter((name) => variables[name].group === group).map(row);
    const note = group === 'secrets' ? [`${secretsNote}${secrets()}.`] : [];
    const table = ['| Variable | What it is | Value | If unset |', '| --- | --- | --- | --- |', ...rows].join('\n');
    return [`## ${title}`, ...note, table].join('\n\n');
  });
  return `${[introduction, ...sections].join('\n\n')}\n`;
}

function row(name: Name): string {
  const variable: Variable = variables[name];
  const unset = variable.default ? `\`${variable.default}\`` : variable.otherwise;
  return `| ${[`\`${name}\``, variable.description, value(variable), unset ?? 'none'].join(' | ')} |`;
}

function value({ kind, unit, secret, example }: Variable): string {
  const form = `${kind.description ?? 'text'}${unit === undefined ? '' : `, in ${unit}`}`;
  // An example of a secret would be taken for one.
  return secret ? form : `${form}; for example \`${example}\``;
}

function secrets(): string {
  const all = names.filter((name) => 'secret' in variables[name]).map((name) => `\`${name}\``);
  return `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`;
}
