/** One pattern of the demonstration. */
export type Demonstration = {
  /** As in its address. */
  readonly name: string;
  readonly title: string;
  /** Paths of the folders whose images its manifest shows, one after the other. */
  readonly folders: readonly (readonly string[])[];
  readonly about: string;
  /** What a viewer does, step by step, by the Authentication API 1.0 and the Authorization Flow API 2.0. */
  readonly auth1: readonly string[];
  readonly auth2: readonly string[];
};

const demo = (...folders: string[]) => folders.map((folder) => ['demo', ...folder.split('/')]);

export const demonstrations: readonly Demonstration[] = [
  {
    name: 'open',
    title: 'Open',
    folders: demo('open'),
    about: 'Everybody sees it. There is nothing to ask and nothing to show but the picture.',
    auth1: ['info.json is 200 and has no service: show the image.'],
    auth2: ['info.json has no probe service: show the image.'],
  },
  {
    name: 'login',
    title: 'Login',
    folders: demo('login'),
    about: 'Who has an account sees it, after a login in a tab of its own.',
    auth1: [
      'info.json is 401, with the whole description and a service of the profile login.',
      'Show header, description and confirmLabel. On the click open the service in a tab, with origin in its query.',
      'When the tab has closed, load the token service in a hidden frame, with messageId and origin in its query.',
      'Ask for info.json with the token: 200. Show the image; the browser sends the cookie with its tiles.',
    ],
    auth2: [
      'info.json is 200 and has a probe service. The probe says status 401.',
      'Show heading, note and confirmLabel of the active access service. On the click open it in a tab, with origin in its query.',
      'When the tab has closed, load the token service in a hidden frame, with messageId and origin in its query.',
      'Ask the probe with the token: status 200, show the image; or status 302, show the image service in location.',
      'The token goes to the probe alone: never to info.json, never to an image.',
    ],
  },
  {
    name: 'clickthrough',
    title: 'Click-through',
    folders: demo('clickthrough'),
    about: 'Who agrees to the terms sees it. No account is needed.',
    auth1: [
      'info.json is 401, with a service of the profile clickthrough.',
      'Show the terms yourself: header, description, confirmLabel. On the click open the service; it closes itself at once.',
      'Then the token service and info.json with the token, as after a login.',
    ],
    auth2: [
      'The probe says status 401. To a viewer this is an active access service like any other.',
      'The tab shows the terms and a button, because the browser wants to see a gesture there before it shares the cookie.',
      'Then the token service and the probe with the token, as after a login.',
    ],
  },
  {
    name: 'kiosk',
    title: 'Kiosk',
    folders: demo('kiosk'),
    about:
      'Who stands at a certain computer sees it, here: this machine and private networks. Nobody is asked anything.',
    auth1: [
      'info.json is 401, with a service of the profile kiosk.',
      'Open the service in a tab without asking; it closes itself. Browsers may want a click of the reader before.',
      'Then the token service and info.json with the token. From elsewhere there is no token: show failureHeader.',
    ],
    auth2: [
      'The probe says status 401; the access service has the profile kiosk.',
      'Open it in a tab without asking; it closes itself.',
      'Then the token service and the probe with the token. From elsewhere: the error profile of the token service.',
    ],
  },
  {
    name: 'external',
    title: 'External',
    folders: demo('external'),
    about:
      'Who is in a certain network sees it, here: this machine and private networks. There is no tab at all. A viewer on another web site has no part in it, unless AUTH_TRUSTED_ORIGINS names that site: it is what kiosk is for.',
    auth1: [
      'From the network, info.json is 200 at once. From elsewhere it is 401, with a service of the profile external and without @id.',
      'Go straight to the token service. It has a token for the network, and missingCredentials for everybody else and for other sites.',
    ],
    auth2: [
      'The access service has the profile external and no id. From the network the probe says status 200 at once.',
      'Else go straight to the token service: missingAspect outside of the network, and for other sites.',
    ],
  },
  {
    name: 'tiered',
    title: 'Tiered',
    folders: demo('tiered'),
    about: 'Everybody sees a small one, 450 pixels wide; who logs in sees all of it.',
    auth1: [
      'info.json is 302 to the description of the smaller image, whose @id is its own. Show it.',
      'That description has the login service of the full image: offer it, and go through the login.',
      'Ask for the first info.json with the token: 200 and the full image.',
    ],
    auth2: [
      'The probe says status 401 and names the smaller image in substitute. Show it, and offer the access service.',
      'After the login the probe says status 200, without a substitute. Show the full image.',
    ],
  },
  {
    name: 'two',
    title: 'Two services',
    folders: demo('two/terms', 'two/login'),
    about: 'One manifest, two canvases: the first under terms, the second for those who log in.',
    auth1: [
      'Look at the services of each image by itself: what opens the first does not open the second.',
      'Both have the same token service. A token is for what the browser has shown so far: fetch a new one after each tab.',
    ],
    auth2: [
      'Each image has a probe of its own. Ask it again for each canvas, with a new token after each access service.',
      'The first stays open while the reader logs in for the second.',
    ],
  },
  {
    name: 'denied',
    title: 'Always denied',
    folders: demo('denied'),
    about: 'Nobody sees it, whoever logs in. A viewer says so and stops asking.',
    auth1: [
      'info.json is 401, with and without a token. This version has no other word for it, so a login is offered.',
      'After the login info.json is still 401: show failureHeader and failureDescription, and do not begin again by yourself.',
    ],
    auth2: [
      'The probe says status 403, with and without a token, and why in heading and note. Show them.',
      'A 403 does not forbid trying the access services. After them it is still 403: stop.',
    ],
  },
  {
    name: 'expired',
    title: 'Expired session',
    folders: demo('expired'),
    about:
      'Open it and log in. Then press the button below: the session ends on the server while the browser keeps its cookie.',
    auth1: [
      'After the end, info.json is 401 with the old token, and tiles are 401.',
      'The token service says invalidCredentials. Offer the login again.',
    ],
    auth2: [
      'After the end, the probe says status 401 with the old token, and tiles are 401.',
      'The token service says expiredAspect, with heading and note. Show them and offer the access service again.',
    ],
  },
];
