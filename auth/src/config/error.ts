/** One thing that is wrong: which variable, and a sentence that says what to do. */
export type Problem = { readonly variable: string; readonly text: string };

/** The configuration is wrong. The message lists every problem on a line of its own. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const lines = problems.map(({ variable, text }) => `  ${variable}: ${text}`);
    super(['Vitrine cannot start, its configuration is wrong:', ...lines].join('\n'));
    this.problems = problems;
  }
}
