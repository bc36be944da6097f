import { folderRule, type FolderRule } from './folderRule.ts';

/** This machine and networks that are not the internet: where the kiosk and the network of the demonstration are. */
const networks = ['127.0.0.0/8', '::1', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'];
/** Pixels: a level of the demonstration's images, so that the tier has as many. */
const TIER = 450;

const FOLDERS: readonly (readonly [path: string, access: FolderRule['access'], tier?: number])[] = [
  ['open', 'open'],
  ['login', 'login'],
  ['clickthrough', 'clickthrough'],
  ['kiosk', 'kiosk'],
  ['external', 'external'],
  ['tiered', 'login', TIER],
  ['two/terms', 'clickthrough'],
  ['two/login', 'login'],
  ['denied', 'denied'],
  ['expired', 'login'],
];

/** The rules of `DEMO=true`: a folder for each way to see an image. */
export const DEMO_RULES = FOLDERS.map(([path, access, tier]) =>
  folderRule({ name: `demo: ${path}`, where: ['demo', ...path.split('/')], access, tier, networks }),
);
