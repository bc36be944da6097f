import { resolve } from 'node:path';
import ts from 'typescript';
import tseslint from 'typescript-eslint';

const root = resolve(import.meta.dirname, '..');

/** The services that are written in TypeScript, each with its own tsconfig.json. */
const services = ['auth', 'pyramids'];

/** What holds for all code. */
const strict = [
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.strictTypeChecked,
  {
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // Numbers are safe to put in a message; everything else is not.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
];

/** Refuses a text in strings, templates and regular expressions; not in the names of imported files. `pattern`: without `/`. */
const refuse = (pattern, message) =>
  [
    `:not(ImportDeclaration) > Literal[value=/${pattern}/]`,
    `Literal[regex.pattern=/${pattern}/]`,
    `TemplateElement[value.raw=/${pattern}/]`,
  ].map((selector) => ({ selector, message }));
const addressesOfThisServer = refuse(
  String.raw`\x2fiiif\x5c?\x2f`,
  'Addresses of this server stand in iiif/addresses.ts.',
);
const addressesOfIiif = refuse(String.raw`iiif\x5c?\.io`, 'What IIIF gave a meaning to stands in iiif/vocabulary.ts.');

/** All of our .mjs, with types in JSDoc: the directories that ../tsconfig.json lists. */
const mjs = tseslint.config({
  files: ts.readConfigFile(`${root}/tsconfig.json`, ts.sys.readFile).config.include,
  basePath: root,
  extends: strict,
  languageOptions: { parserOptions: { project: 'tsconfig.json', tsconfigRootDir: root } },
  rules: {
    // What JSON.parse and a page's evaluate() give is `any`; that a document has the shape wanted is what is tested.
    '@typescript-eslint/no-unsafe-argument': 'off',
    '@typescript-eslint/no-unsafe-assignment': 'off',
    '@typescript-eslint/no-unsafe-call': 'off',
    '@typescript-eslint/no-unsafe-member-access': 'off',
    '@typescript-eslint/no-unsafe-return': 'off',
    // `test` and `t.test` of node:test return promises that the runner waits for.
    '@typescript-eslint/no-floating-promises': [
      'error',
      { allowForKnownSafeCalls: [{ from: 'package', name: ['test', 'describe', 'suite'], package: 'node:test' }] },
    ],
  },
});

export default tseslint.config(
  { ignores: ['node_modules/', 'coverage/'] },
  {
    files: services.map((service) => `${service}/**/*.ts`),
    basePath: root,
    extends: strict,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
  },
  // vitest's matchers are `any`.
  { files: ['**/*.test.ts'], basePath: root, rules: { '@typescript-eslint/no-unsafe-assignment': 'off' } },
  {
    // Only the room that describes the variables reads them.
    files: services.map((service) => `${service}/src/**/*.ts`),
    ignores: services.flatMap((service) =>
      ['config/**', 'main.ts', 'cli/main.ts'].map((file) => `${service}/src/${file}`),
    ),
    basePath: root,
    rules: {
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Read it in config/.' }],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', ...addressesOfThisServer, ...addressesOfIiif] },
  },
  // iipsrv has a `/iiif/` of its own.
  {
    files: ['src/iiif/addresses.ts', 'src/images/servers/imageServers.ts'],
    rules: { 'no-restricted-syntax': ['error', ...addressesOfIiif] },
  },
  { files: ['src/iiif/vocabulary.ts'], rules: { 'no-restricted-syntax': ['error', ...addressesOfThisServer] } },
  mjs,
);
