import { docker } from './engine.mjs';

const MB = 1e6;
const bases = {
  proxy: 'debian:trixie-slim',
  auth: 'node:24-trixie-slim',
  pyramids: 'node:24-trixie-slim',
  certbot: 'debian:trixie-slim',
};

const sizeOf = async (/** @type {string} */ image) =>
  Number(await docker('image', 'inspect', '--format', '{{.Size}}', image));

/**
 * How much each image adds to the one it is made from: the latter's size is not ours.
 * @param {import('./engine.mjs').Stack} stack
 * @param {import('./containers.mjs').ImageServer} imageServer
 * @returns {Promise<string>} a line for the log
 */
export async function sizes(stack, imageServer) {
  const from = imageServer === 'iipsrv' ? { ...bases, 'image-server': 'debian:trixie-slim' } : bases;
  const lines = [];
  for (const [service, base] of Object.entries(from)) {
    const { Image } = await stack.container(service);
    const known = await sizeOf(base).catch(() => undefined);
    if (known === undefined) continue; // pulled by the builder for itself
    lines.push(`${service}: ${Math.round(((await sizeOf(Image)) - known) / MB)} MB above ${base}`);
  }
  return lines.join(', ');
}
