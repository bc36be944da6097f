import { showConfig } from '../config/mask.ts';
import { command } from './command.ts';
import { printList } from './print.ts';

const show = command({
  name: 'config show',
  synopsis: '[--json]',
  says: 'Lists every variable, its value and where it comes from. Secrets are masked.',
  options: { json: { type: 'boolean' } },
  words: [0, 0],
  run({ json }, _words, terminal) {
    const variables = showConfig(terminal.env).map(([name, value, origin]) => ({ name, value, origin }));
    printList(terminal, variables, {
      json,
      headings: ['VARIABLE', 'VALUE', 'FROM'],
      row: ({ name, value, origin }) => [name, value, origin],
    });
    return Promise.resolve();
  },
});

export const configCommands = [show];
