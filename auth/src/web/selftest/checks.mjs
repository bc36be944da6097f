// The steps that need no login, and the one that plays another site.
import { bearer, framed, json, skip, tell } from './page.mjs';

const { publicUrl, root } = document.body.dataset;

export function checkAddress() {
  const { origin, protocol, hostname, port } = location;
  if (origin === publicUrl)
    return tell('address', 'ok', `You see ${origin}, and so do all addresses that the server writes.`);
  const portName = protocol === 'https:' ? 'HTTPS_PORT' : 'HTTP_PORT';
  const wanted = [
    `VIRTUAL_HOST=${hostname}`,
    `VIRTUAL_HOST_PROTO=${protocol.slice(0, -1)}`,
    ...(port ? [`${portName}=${port}`] : []),
  ];
  return tell(
    'address',
    'bad',
    `You are at ${origin}, but all addresses that the server writes begin with ${publicUrl}, so viewers go there. ` +
      `If people are to use ${origin}, set ${wanted.join(', ')} and start the server again; if not, open this page at ${publicUrl}/auth/selftest.`,
  );
}

export function checkEncryption() {
  if (location.protocol === 'https:') return tell('encryption', 'ok', 'The connection is encrypted (https).');
  if (window.isSecureContext)
    return tell('encryption', 'ok', 'Plain http, which browsers accept on this very machine. Other people need https.');
  return tell(
    'encryption',
    'bad',
    'Plain http: passwords can be read on the way, and viewers on other sites cannot log in, because browsers keep no cookie for them. Put a web server with a certificate in front and set VIRTUAL_HOST_PROTO=https.',
  );
}

export async function checkHeaders() {
  const attributes = '; path=/auth/selftest; SameSite=Strict';
  document.cookie = `vitrine_selftest=1${attributes}`;
  const heard = await json('/auth/selftest/echo', { method: 'POST', ...bearer('selftest') }).catch(() => undefined);
  document.cookie = `vitrine_selftest=${attributes}; max-age=0`;
  if (!heard)
    return tell('headers', 'bad', 'A POST to /auth/ is not answered: something in front of the server stops it.');
  const lost = [
    !heard.authorization && 'Authorization',
    !heard.cookie && 'Cookie',
    heard.origin !== location.origin && 'Origin',
  ].filter(Boolean);
  if (lost.length === 0)
    return tell('headers', 'ok', 'Authorization, Cookie and Origin arrive as your browser sends them.');
  return tell(
    'headers',
    'bad',
    `${lost.join(' and ')} did not arrive: a proxy in front of the server takes it away. Make it hand these headers on.`,
  );
}

/** The first image that a login opens, with its services of both versions. */
export async function findImage() {
  const folders = [root];
  for (let asked = 0; folders.length > 0 && asked < 40; asked += 1) {
    const { items = [] } = await json(folders.shift() ?? '').catch(() => ({}));
    const isCanvas = (/** @type {{type: string}} */ { type }) => type === 'Canvas';
    for (const item of items) if (!isCanvas(item)) folders.push(item.id);
    for (const canvas of items.filter(isCanvas)) {
      const [two, three] = canvas.items[0].items[0].body.service;
      const [cookie, probe] = [two.service?.[0], three.service?.[0]];
      if (!cookie?.profile.endsWith('/login')) continue;
      const { status: now, substitute } = await json(probe.id).catch(() => ({}));
      if (now === 401 && !substitute) return { id: two['@id'], cookie, probe, access: probe.service[0] };
    }
  }
  return undefined;
}

/**
 * `tile` and `info` as a page of another site gets them, and our cookie in its frame.
 * @param {string} tile address
 * @param {string} info address
 */
export async function checkOtherSites(tile, info) {
  const answer = await framed('/auth/selftest/elsewhere', 'elsewhere', (parts, frame) => {
    if (parts.ready) frame.postMessage({ tile, info }, '*');
    delete parts.ready;
    return 'cookieArrived' in parts && 'shown' in parts;
  });
  const why = answer?.judgedSameSite
    ? 'It cannot be tried in this browser, which goes by the site in the address bar, and there it is this one. Viewers on this site work. On another site try the viewer itself: many such browsers (Safari) keep our cookie from it.'
    : window.isSecureContext
      ? 'This browser keeps our cookie from pages of other sites (it blocks third-party cookies). Viewers on this site work. On other sites it depends on the viewer and the browser: see docs/browsers.md of Vitrine.'
      : 'Without https, browsers do not send our cookie from pages of other sites.';
  const good = {
    readable: 'A page without our origin asked first (OPTIONS) and got the description.',
    framed: 'It arrives.',
    shown: 'The picture was shown in a page of another site.',
  };
  if (!answer) {
    skip('The frame that plays another site did not answer.', 'readable', 'framed', 'shown');
    return;
  }
  if (answer.readable) tell('readable', 'ok', good.readable);
  else
    tell(
      'readable',
      'bad',
      'The browser did not let them: a proxy removes Access-Control-Allow-Origin, or answers OPTIONS by itself.',
    );
  for (const { id, works } of /** @type {const} */ ([
    { id: 'framed', works: answer.cookieArrived && !answer.judgedSameSite },
    { id: 'shown', works: answer.shown && !answer.judgedSameSite },
  ]))
    tell(id, works ? 'ok' : 'warn', works ? good[id] : why);
}
