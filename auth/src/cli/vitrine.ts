import { ConfigError } from '../config/error.ts';
import { Refused } from '../identity/errors.ts';
import { StoreUnavailable } from '../shared/errors.ts';
import { type Command, type Terminal, UsageError } from './command.ts';
import { configCommands } from './configCommands.ts';
import { keyCommands } from './keyCommands.ts';
import { requestCommands } from './requestCommands.ts';
import { shareCommands } from './shareCommands.ts';
import { mailCommands } from './mailCommands.ts';
import { say } from './print.ts';
import { pictureCommands } from './pictureCommands.ts';
import { roleCommands } from './roleCommands.ts';
import { ruleChanges } from './ruleChanges.ts';
import { ruleCommands } from './ruleCommands.ts';
import { sessionCommands } from './sessionCommands.ts';
import { userCommands } from './userCommands.ts';
import { userInvite } from './userInvite.ts';
import { userImport } from './userImport.ts';

const commands: readonly Command[] = [
  ...userCommands,
  userImport,
  userInvite,
  ...roleCommands,
  ...sessionCommands,
  ...pictureCommands,
  ...ruleCommands,
  ...ruleChanges,
  ...keyCommands,
  ...shareCommands,
  ...requestCommands,
  ...mailCommands,
  ...configCommands,
];

/**
 * The command line: `vitrine <noun> <verb> …`, and `vitrine explain …`.
 * @returns the exit code: 0 done, 1 refused or failed, 2 not a command line of ours
 */
export async function vitrine(args: readonly string[], terminal: Terminal): Promise<number> {
  const [noun = '', verb = ''] = args;
  const asked = commands.find(({ name }) => name === `${noun} ${verb}` || name === noun);
  const near = asked ? [asked] : commands.filter(({ name }) => name.startsWith(`${noun} `));
  const listed = near.length > 0 ? near : commands;
  if (args.includes('--help')) {
    terminal.stdout.write(help(listed));
    return 0;
  }
  if (!asked) {
    if (verb !== '') say(terminal, `vitrine: there is no command ${noun} ${verb}\n`);
    terminal.stderr.write(help(listed));
    return 2;
  }
  try {
    await asked.run(args.slice(asked.name.split(' ').length), terminal);
    return 0;
  } catch (error) {
    return complain(error, asked, terminal);
  }
}

function complain(error: unknown, { name, synopsis }: Command, terminal: Terminal): number {
  if (error instanceof UsageError) {
    say(terminal, `vitrine: ${error.message}\nusage: vitrine ${name} ${synopsis}`);
    return 2;
  }
  if (error instanceof ConfigError) say(terminal, error.message);
  else if (error instanceof Refused) say(terminal, `vitrine: ${error.message}`);
  else if (error instanceof StoreUnavailable) say(terminal, `vitrine: ${error.message} ${String(error.cause)}`);
  else throw error;
  return 1;
}

function help(of: readonly Command[]): string {
  const lines = of.map(({ name, synopsis, says }) => `  vitrine ${name} ${synopsis}\n      ${says}\n`);
  return `usage:\n\n${lines.join('\n')}`;
}
