import { vitrine } from './vitrine.ts';

const { argv, env, stdin, stdout, stderr } = process;
// Whoever reads may have seen enough: `vitrine rules list | head`.
for (const stream of [stdout, stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
process.exitCode = await vitrine(argv.slice(2), { env, stdin, stdout, stderr });
