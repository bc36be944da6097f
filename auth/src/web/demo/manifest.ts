import type { Gate } from '../../gate/gate.ts';
import { formatIdentifier } from '../../iiif/identifier.ts';
import * as presentation2 from '../../iiif/presentation2/documents.ts';
import * as presentation3 from '../../iiif/presentation3/documents.ts';
import type { DocumentSettings } from '../routes/info.ts';
import type { Demonstration } from './demonstrations.ts';

const WRITERS = { 2: presentation2, 3: presentation3 } as const;
export const CONTEXTS = { 2: presentation2.CONTEXT, 3: presentation3.CONTEXT } as const;

/** Manifests are made for nobody in particular. */
const NOBODY = { cookie: undefined, authorization: undefined, address: '', destination: undefined };

/**
 * The manifest of a demonstration, Presentation API 2.1 or 3.0, at the address `id`; nothing if the images of one of its
 * folders are not below `IMAGE_DIR`, or cannot be read now.
 */
export async function demoManifest(
  gate: Gate,
  { folders, title }: Demonstration,
  version: 2 | 3,
  id: string,
  { publicUrl, institution, texts }: DocumentSettings,
): Promise<object | undefined> {
  const found = await Promise.all(folders.map((path) => gate.manifest(formatIdentifier(path), version, NOBODY)));
  const images = found.map((verdict) =>
    verdict.kind === 'folder' && verdict.contents.kind === 'manifest'
      ? verdict.contents.images.map((image) => ({ ...image, way: verdict.wayTo(image) }))
      : [],
  );
  if (images.some((ofFolder) => ofFolder.length === 0)) return undefined;
  const input = { publicUrl, path: folders[0] ?? [], label: title, attribution: institution, texts, id };
  return WRITERS[version].manifest({ ...input, images: images.flat() });
}
