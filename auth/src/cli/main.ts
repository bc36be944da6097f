import { vitrine } from './vitrine.ts';

const { argv, env, stdin, stdout, stderr } = process;
process.exitCode = await vitrine(argv.slice(2), { env, stdin, stdout, stderr });
