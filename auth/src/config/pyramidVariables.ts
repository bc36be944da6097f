import * as kind from './kinds.ts';
import type { Variable } from './variable.ts';

/** What the service pyramids is told; pyramids/src/config reads it by the same rules. */
export const pyramidVariables = {
  PYRAMID_QUALITY: {
    group: 'speed',
    kind: kind.integer(1, 100),
    description:
      'Quality of the JPEG that an image is kept in for showing it. What has been made already stays as it is, until it is made anew: docs/operations/backup-and-upgrade.md says how.',
    default: '87',
    example: '92',
  },
  PDF_DPI: {
    group: 'images',
    kind: kind.integer(36, 1200),
    description:
      'How finely the pages of a PDF are drawn. After a change they are made anew, each when somebody looks at it or when nothing else is to do.',
    default: '200',
    example: '300',
    unit: 'dots per inch',
  },
  MAX_PIXELS: {
    group: 'images',
    kind: kind.integer(1_000_000, 10_000_000_000),
    description:
      'The largest image that is made ready for showing, width times height. A larger one is not served, and is named. Those that are in a fit form already may be larger.',
    default: '1000000000',
    example: '4000000000',
    unit: 'square pixels',
  },
  PYRAMIDS_SIZE: {
    group: 'speed',
    kind: kind.pyramidsSize,
    description:
      'How much disk may be used for images in the form in which they are shown. When it is full, those that nobody has looked at for longest go first; they are made again when somebody does. The same is done with what is beyond it when it is made smaller. With `0` none is made, and only images that are in a fit form already are shown, and JPEG 2000 that the image server renders right.',
    otherwise: 'all but a tenth of the disk that the volume is on',
    example: '200g',
  },
} as const satisfies Record<string, Variable>;
