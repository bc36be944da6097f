// A health check that says nothing about the service would be worse than none: what hangs has to be seen. Three checks
// have to time out, half a minute; other tests run meanwhile.
import assert from 'node:assert/strict';
import { until } from '../../test-support/until.mjs';
import { docker } from './engine.mjs';

/** @typedef {import('./engine.mjs').Stack} Stack */

/**
 * To all processes of a name but the container's first, which takes no such signal from within.
 * @param {string} name
 * @param {'STOP' | 'CONT'} what
 */
const signal = (name, what) => {
  const one = `[ "$(cat $p/comm)" = ${name} ] && [ $p != /proc/1 ] && kill -${what} "\${p#/proc/}" && n=1`;
  return ['sh', '-c', `n=0; for p in /proc/[0-9]*; do ${one}; done 2>/dev/null; [ $n = 1 ]`];
};

/**
 * Makes something hang, waits for Docker to see it, and lets it go on.
 * @param {Stack} stack
 * @param {string} service
 * @param {() => Promise<void>} hang
 * @param {() => Promise<void>} goOn
 */
async function isSeen(stack, service, hang, goOn) {
  const { Config } = await stack.container(service);
  const { Interval, Timeout, Retries } = Config.Healthcheck; // nanoseconds
  const limit = ((Interval + Timeout) / 1e9) * (Retries + 1);
  const is = (/** @type {string} */ wanted) => async () =>
    (await stack.container(service)).State.Health.Status === wanted;
  // Docker counts no failure while it waits for the first success.
  await until(`${service} is healthy`, is('healthy'));
  await hang();
  try {
    await until(`${service} is unhealthy`, is('unhealthy'), limit);
  } finally {
    await goOn();
  }
  await until(`${service} is healthy again`, is('healthy'), limit);
}

/**
 * @param {Stack} stack that is running
 * @param {import('./containers.mjs').ImageServer} imageServer
 * @returns {import('./checklist.mjs').Check}
 */
export function health(stack, imageServer) {
  /** @type {(service: string, name: string, what: 'STOP' | 'CONT') => () => Promise<void>} */
  const send = (service, name, what) => async () => {
    assert.equal((await stack.inside(service, signal(name, what))).status, 0, `${what} to ${name}`);
  };
  /**
   * To a container's first process, from outside.
   * @type {(service: string, what: 'STOP' | 'CONT') => () => Promise<void>}
   */
  const sendFirst = (service, what) => async () => {
    await docker('kill', '--signal', what, (await stack.container(service)).Id);
  };
  const [hang, goOn] = {
    iipsrv: [send('image-server', 'iipsrv.fcgi', 'STOP'), send('image-server', 'iipsrv.fcgi', 'CONT')],
    digilib: [sendFirst('image-server', 'STOP'), sendFirst('image-server', 'CONT')],
  }[imageServer];
  return {
    title: 'an nginx, a service of pyramids and an image server that hang are seen, and so is their recovery',
    async run() {
      await Promise.all([
        isSeen(stack, 'proxy', send('proxy', 'nginx', 'STOP'), send('proxy', 'nginx', 'CONT')),
        isSeen(stack, 'pyramids', sendFirst('pyramids', 'STOP'), sendFirst('pyramids', 'CONT')),
        isSeen(stack, 'image-server', hang, goOn),
      ]);
    },
  };
}
