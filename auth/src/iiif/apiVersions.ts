import type { Way } from './accessTexts.ts';
import { imagesPath, manifestsPath, type VersionNumber } from './addresses.ts';
import { cookieService } from './auth1/services.ts';
import { probeService } from './auth2/services.ts';
import type { CollectionInput, ManifestInput, OwnAccess } from './folder.ts';
import { imageInfo as imageInfo2 } from './image2/info.ts';
import { sizes2 } from './image2/size.ts';
import { imageInfo as imageInfo3 } from './image3/info.ts';
import { sizes3 } from './image3/size.ts';
import type { ImageInfoInput } from './imageInfo.ts';
import type { SizeGrammar } from './imageRequest.ts';
import * as presentation2 from './presentation2/documents.ts';
import * as presentation3 from './presentation3/documents.ts';
import type { Texts } from './texts.ts';
import { IMAGE_2_CONTEXT, IMAGE_3_CONTEXT, PRESENTATION_2_CONTEXT, PRESENTATION_3_CONTEXT } from './vocabulary.ts';
import type { Written } from './written.ts';

/** A version of the Image and the Presentation API, with the authorization that its clients know. */
export type ApiVersion = {
  readonly version: VersionNumber;
  /** Authentication API 1.0, or Authorization Flow API 2.0. */
  readonly authorization: 1 | 2;
  readonly image: {
    /** Where images are, up to their identifiers. */
    readonly prefix: string;
    readonly context: string;
    readonly sizes: SizeGrammar;
    readonly info: (input: ImageInfoInput) => object;
    /** The service that an info.json names where the image is not open. `identifier`: as it stands in addresses. */
    readonly service: (publicUrl: string, identifier: string, texts: Texts, way: Way) => object;
  };
  readonly presentation: {
    /** Where manifests and collections are, up to their identifiers. */
    readonly prefix: string;
    readonly context: string;
    readonly manifest: (input: ManifestInput) => Written;
    readonly collection: (input: CollectionInput) => Written;
    /** What stands in a document that is itself to be opened. */
    readonly ownService: (input: OwnAccess) => { service?: object[] };
  };
};

export const API: Readonly<Record<VersionNumber, ApiVersion>> = {
  2: {
    version: 2,
    authorization: 1,
    image: {
      prefix: imagesPath(2),
      context: IMAGE_2_CONTEXT,
      sizes: sizes2,
      info: imageInfo2,
      service: (publicUrl, _identifier, texts, way) => cookieService(publicUrl, texts, way),
    },
    presentation: { prefix: manifestsPath(2), context: PRESENTATION_2_CONTEXT, ...presentation2 },
  },
  3: {
    version: 3,
    authorization: 2,
    image: {
      prefix: imagesPath(3),
      context: IMAGE_3_CONTEXT,
      sizes: sizes3,
      info: imageInfo3,
      service: probeService,
    },
    presentation: { prefix: manifestsPath(3), context: PRESENTATION_3_CONTEXT, ...presentation3 },
  },
};

/** Every version that is served. */
export const API_VERSIONS: readonly ApiVersion[] = [API[2], API[3]];
