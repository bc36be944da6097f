import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Refused } from '../identity/errors.ts';
import { readablePassword } from '../identity/firstAdministrator.ts';
import { type Terminal, UsageError } from './command.ts';
import { say } from './print.ts';

export const passwordOptions = {
  'password-stdin': { type: 'boolean' },
  generate: { type: 'boolean' },
} as const;

export const passwordSynopsis = '[--password-stdin | --generate]';

type Wish = { readonly 'password-stdin'?: boolean | undefined; readonly generate?: boolean | undefined };

export type NewPassword = {
  readonly password: string;
  /** Says a password that was made up; to be called once it is in force. */
  readonly announce: () => void;
};

/**
 * The new password: made up, the first line of standard input, or typed twice by whoever sits there.
 * @throws UsageError where nobody is there to type; Refused where the two differ
 */
export async function newPassword(wish: Wish, terminal: Terminal): Promise<NewPassword> {
  if (wish.generate && wish['password-stdin']) throw new UsageError('Give --generate or --password-stdin, not both.');
  if (wish.generate) {
    const password = readablePassword();
    const announce = () => {
      say(terminal, 'The password, shown this once:');
      terminal.stdout.write(`${password}\n`);
    };
    return { password, announce };
  }
  const password = wish['password-stdin'] ? await firstLine(terminal) : await typed(terminal);
  return { password, announce: () => undefined };
}

async function firstLine({ stdin }: Terminal): Promise<string> {
  const [line = ''] = (await text(stdin)).split(/\r?\n/, 1);
  return line;
}

async function typed({ stdin, stderr }: Terminal): Promise<string> {
  if (!stdin.isTTY) throw new UsageError('Nobody is here to type a password: --password-stdin or --generate');
  // Readline would show what is typed on its output, so it gets none.
  const nowhere = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const reader = createInterface({ input: stdin, output: nowhere, terminal: true });
  // Ctrl-C and the end of input close the reader, which ends the lines.
  const lines = reader[Symbol.asyncIterator]();
  const ask = async (prompt: string): Promise<string> => {
    stderr.write(prompt);
    const line = await lines.next();
    stderr.write('\n');
    if (line.done) throw new Refused('password', 'Nothing was changed.');
    return line.value;
  };
  try {
    const first = await ask('Password: ');
    if ((await ask('Again: ')) !== first) throw new Refused('password', 'The two are not the same.');
    return first;
  } finally {
    reader.close();
  }
}
