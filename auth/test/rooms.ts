// Checks the table of rooms itself (.dependency-cruiser.mjs) of the service whose folder it is started in: every folder
// stands in it, every import it allows is used.
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { cruise } from 'dependency-cruiser';

type Rooms = Readonly<Record<string, readonly string[]>>;
const { rooms, roomsToCome } = (await import(resolve('.dependency-cruiser.mjs'))) as {
  rooms: Rooms;
  roomsToCome: Rooms;
};

const { output } = await cruise(['src'], { exclude: String.raw`\.test\.ts$`, tsPreCompilationDeps: true });
if (typeof output === 'string') throw new Error(output);
const imports = output.modules.flatMap(({ source, dependencies }) =>
  dependencies.map(({ resolved }) => ({ source, resolved })),
);

function isUsed(room: string, other: string): boolean {
  const [from, to] = [`src/${room}/`, `src/${other}/`];
  return imports.some(({ source, resolved }) => source.startsWith(from) && resolved.startsWith(to));
}

const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
const isThere = (room: string): boolean => existsSync(`src/${room}`);
const allowed = Object.entries(rooms).flatMap(([room, others]) => others.map((other) => ({ room, other })));
const wrong = [
  ...folders.filter(({ name }) => !(name in rooms)).map(({ name }) => `src/${name}/ has no row`),
  ...Object.keys(rooms).flatMap((room) => (isThere(room) ? [] : [`there is no src/${room}/`])),
  ...Object.keys(roomsToCome).flatMap((room) => (isThere(room) ? [`src/${room}/ is no room to come any more`] : [])),
  ...allowed.flatMap(({ room, other }) => (isUsed(room, other) ? [] : [`${room}/ does not import ${other}/`])),
];
for (const line of wrong) console.error(`.dependency-cruiser.mjs: ${line}`);
process.exitCode = wrong.length === 0 ? 0 : 1;
