import { docker } from '../engine.mjs';

/**
 * Sees to it that there is an image with a program that does nothing and ends well; makes one where it cannot be pulled.
 * @param {string} name
 * @param {string} other an image that has /bin/true
 * @returns {Promise<() => Promise<void>>} takes it away again, if it was not there before
 */
export async function standIn(name, other) {
  const remove = async () => {
    await docker('image', 'rm', '--force', name);
  };
  const there = (/** @type {Promise<string>} */ command) =>
    command.then(
      () => true,
      () => false,
    );
  if (await there(docker('image', 'inspect', name))) return async () => {};
  if (await there(docker('pull', '--quiet', name))) return remove;
  const container = (await docker('create', other)).trim();
  const program = ['--change', 'ENTRYPOINT ["/bin/true"]', '--change', 'CMD []'];
  await docker('commit', ...program, container, name);
  await docker('rm', container);
  return remove;
}
