import * as kind from './kinds.ts';
import type { Variable } from './variable.ts';

/** What keeps images for readers where robots come in swarms; the proxy is told by these alone. */
export const readerVariables = {
  RENDERING_BUDGET: {
    group: 'readers',
    kind: kind.integer(1, 1_000_000),
    description:
      'How much the image server draws of large images in a minute for one network of visitors who are not logged in, and for one user. A full image of 25 million pixels is 100 tiles. More is answered with 429; tiles and small pictures never are.',
    default: '3000',
    example: '500',
    unit: 'tiles of 512 x 512',
  },
  ROBOTS: {
    group: 'readers',
    kind: kind.choice('pages', 'all', 'none'),
    description:
      'What `/robots.txt` allows: manifests and pages but not the images themselves (`pages`), everything but the login and the panel (`all`), or nothing (`none`). Robots that mean well obey it.',
    default: 'pages',
    example: 'none',
  },
  ROBOTS_TAG: {
    group: 'readers',
    kind: kind.robotsTag,
    description: 'What the header `X-Robots-Tag` says with every image and document.',
    otherwise: 'no such header',
    example: 'noindex, noimageai',
  },
  TDM_RESERVATION: {
    group: 'readers',
    kind: kind.choice('1', '0'),
    description:
      'Whether text and data mining of the images is reserved (`1`) or not (`0`), by the TDM Reservation Protocol: in headers, and in `/.well-known/tdmrep.json`.',
    otherwise: 'nothing is said',
    example: '1',
  },
  TDM_POLICY: {
    group: 'readers',
    kind: kind.httpsAddress,
    description: 'The address of the policy that says on which terms mining is allowed, where it is reserved.',
    otherwise: 'no policy is named',
    example: 'https://library.example.org/tdm-policy.json',
  },
} as const satisfies Record<string, Variable>;
