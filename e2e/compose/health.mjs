// A health check that says nothing about the service would be worse than none: what hangs has to be seen.
import assert from 'node:assert/strict';
import { chmod } from 'node:fs/promises';
import { until } from '../support/until.mjs';
import { inContainer } from './engine.mjs';

/** To all processes of a name but the container's first, which takes no such signal from within. */
const signal = (name, what) => {
  const one = `[ "$(cat $p/comm)" = ${name} ] && [ $p != /proc/1 ] && kill -${what} "\${p#/proc/}" && n=1`;
  return ['sh', '-c', `n=0; for p in /proc/[0-9]*; do ${one}; done 2>/dev/null; [ $n = 1 ]`];
};

/** Makes something hang, waits for Docker to see it, and lets it go on. */
async function isSeen(stack, service, hang, goOn) {
  const { Config } = await stack.container(service);
  const { Interval, Timeout, Retries } = Config.Healthcheck; // nanoseconds
  const limit = ((Interval + Timeout) / 1e9) * (Retries + 1);
  const is = (wanted) => async () => (await stack.container(service)).State.Health.Status === wanted;
  // Docker counts no failure while it waits for the first success.
  await until(`${service} is healthy`, is('healthy'), 60);
  await hang();
  try {
    await until(`${service} is unhealthy`, is('unhealthy'), limit);
  } finally {
    await goOn();
  }
  await until(`${service} is healthy again`, is('healthy'), limit);
}

/**
 * @param {import('./engine.mjs').Stack} stack that is running
 * @param {'digilib' | 'iipsrv'} imageServer
 * @param {string} images the folder that is its IMAGE_DIR
 */
export function health(stack, imageServer, images) {
  const send = (service, name, what) => async () => {
    const { Id } = await stack.container(service);
    assert.equal((await inContainer(Id, signal(name, what))).status, 0, `${what} to ${name}`);
  };
  const ofImageServer = {
    iipsrv: [send('image-server', 'iipsrv.fcgi', 'STOP'), send('image-server', 'iipsrv.fcgi', 'CONT')],
    // It is one process, and the container's first: it loses sight of the images instead.
    digilib: [() => chmod(images, 0o711), () => chmod(images, 0o755)],
  }[imageServer];
  return {
    title: 'an nginx that hangs and an image server that renders nothing are seen, and so is their recovery',
    async run() {
      const proxy = [send('proxy', 'nginx', 'STOP'), send('proxy', 'nginx', 'CONT')];
      await Promise.all([isSeen(stack, 'proxy', ...proxy), isSeen(stack, 'image-server', ...ofImageServer)]);
    },
  };
}
