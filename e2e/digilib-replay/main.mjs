// The replay as a process, configured by the files that Tomcat and the real digilib read.
import { accessSync, constants, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { digilib } from './server.mjs';
import { connector, settings } from './settings.mjs';

const { CATALINA_BASE: base = '', CATALINA_TMPDIR: temp = '' } = process.env;

// Tomcat does not start without these, and digilib not without its libraries.
for (const folder of [temp, join(base, 'work'), join(base, 'logs')]) accessSync(folder, constants.W_OK);
for (const file of ['catalina.properties', 'web.xml']) accessSync(join(base, 'conf', file), constants.R_OK);
readdirSync(join(base, 'webapps/digilib/WEB-INF/lib'));

const parameters = settings(base);
const { 'basedir-list': root = '', 'iiif-prefix': prefix = '' } = parameters;
const workers = Number(parameters['worker-threads']);
const places = workers + Number(parameters['max-waiting-threads']);
const server = digilib({ root, prefix, workers, places, log: console.error });
server.listen(Number(connector(base)['port']), () => {
  console.log(`digilib replay: ${root}, ${workers} workers`);
});
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => server.close());
