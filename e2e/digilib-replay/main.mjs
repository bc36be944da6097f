// The replay as a process, configured by the variables that the real image understands.
import { digilib } from './server.mjs';

const {
  BASEDIR_LIST,
  IIIF_PREFIX = 'IIIF',
  WORKER_THREADS = '2',
  MAX_WAITING_THREADS = '20',
  PORT = '8080',
} = process.env;
if (!BASEDIR_LIST) {
  console.error('BASEDIR_LIST is not set: the folder of images');
  process.exit(1);
}

const places = Number(WORKER_THREADS) + Number(MAX_WAITING_THREADS);
const server = digilib({ root: BASEDIR_LIST, prefix: IIIF_PREFIX, places });
server.listen(Number(PORT), () => console.log(`digilib replay: ${BASEDIR_LIST} on port ${server.address().port}`));
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}
